import type { ColumnType } from '../schema/schema';
import type { Arguments } from './type-arguments';

/**
 * SQLAlchemy's type classes as PostgreSQL names them (`format_type`), as `PGTypeCompiler` compiles them. Null: not one of
 * SQLAlchemy's own types, or one that PostgreSQL does not have (`NVARCHAR`, `BLOB`, `DATETIME`).
 */
export function builtinType(name: string, args: Arguments): ColumnType | null {
  const short = name.slice(name.indexOf('.') + 1);
  if (!name.startsWith('sa.') && !name.startsWith('pg.')) return null;
  switch (short) {
    case 'String':
    case 'VARCHAR':
    case 'Unicode':
    case 'AutoString':
      return builtin('character varying', args.number(0, 'length'));
    case 'Text':
    case 'TEXT':
    case 'UnicodeText':
      return builtin('text');
    case 'CHAR':
    case 'NCHAR':
      return builtin('character', args.number(0, 'length') ?? '1');
    case 'Numeric':
    case 'NUMERIC':
    case 'DECIMAL': {
      const precision = args.number(0, 'precision');
      const scale = args.number(1, 'scale');
      return precision === undefined ? builtin('numeric') : builtin('numeric', precision, scale ?? '0');
    }
    case 'Float':
    case 'FLOAT': {
      const precision = args.number(0, 'precision');
      return builtin(precision !== undefined && Number(precision) <= 24 ? 'real' : 'double precision');
    }
    case 'DateTime':
    case 'TIMESTAMP': {
      const zone = args.isTrue(0, 'timezone') ? 'with' : 'without';
      return builtin(`timestamp ${zone} time zone`, short === 'TIMESTAMP' && name.startsWith('pg.') ? args.number(1, 'precision') : undefined);
    }
    case 'Time':
    case 'TIME': {
      const zone = args.isTrue(0, 'timezone') ? 'with' : 'without';
      return builtin(`time ${zone} time zone`, short === 'TIME' && name.startsWith('pg.') ? args.number(1, 'precision') : undefined);
    }
    case 'Interval':
      return builtin('interval', args.number(1, 'second_precision'));
    case 'INTERVAL': {
      const fields = args.string(1, 'fields')?.toLowerCase().replace(/_/g, ' ');
      const precision = args.number(0, 'precision');
      return { kind: 'builtin', name: 'interval', args: [...(fields === undefined ? [] : [fields]), ...(precision === undefined ? [] : [precision])], dimensions: 0 };
    }
    case 'BIT':
      return args.isTrue(1, 'varying') ? builtin('bit varying', args.number(0, 'length')) : builtin('bit', args.number(0, 'length') ?? '1');
    case 'HSTORE':
    case 'CITEXT':
      return { kind: 'named', schema: null, name: short.toLowerCase(), args: [], dimensions: 0 };
    default: {
      const fixed = fixedTypes[short];
      return fixed === undefined ? null : builtin(fixed);
    }
  }
}

const fixedTypes: Readonly<Record<string, string>> = {
  Integer: 'integer',
  INTEGER: 'integer',
  INT: 'integer',
  SmallInteger: 'smallint',
  SMALLINT: 'smallint',
  BigInteger: 'bigint',
  BIGINT: 'bigint',
  REAL: 'real',
  Double: 'double precision',
  DOUBLE_PRECISION: 'double precision',
  Boolean: 'boolean',
  BOOLEAN: 'boolean',
  Date: 'date',
  DATE: 'date',
  LargeBinary: 'bytea',
  BYTEA: 'bytea',
  PickleType: 'bytea',
  JSON: 'json',
  JSONB: 'jsonb',
  JSONPATH: 'jsonpath',
  Uuid: 'uuid',
  UUID: 'uuid',
  CIDR: 'cidr',
  INET: 'inet',
  MACADDR: 'macaddr',
  MACADDR8: 'macaddr8',
  MONEY: 'money',
  OID: 'oid',
  REGCLASS: 'regclass',
  REGCONFIG: 'regconfig',
  TSQUERY: 'tsquery',
  TSVECTOR: 'tsvector',
  INT4RANGE: 'int4range',
  INT8RANGE: 'int8range',
  NUMRANGE: 'numrange',
  DATERANGE: 'daterange',
  TSRANGE: 'tsrange',
  TSTZRANGE: 'tstzrange',
  INT4MULTIRANGE: 'int4multirange',
  INT8MULTIRANGE: 'int8multirange',
  NUMMULTIRANGE: 'nummultirange',
  DATEMULTIRANGE: 'datemultirange',
  TSMULTIRANGE: 'tsmultirange',
  TSTZMULTIRANGE: 'tstzmultirange',
};

function builtin(name: string, ...args: (string | undefined)[]): ColumnType {
  return { kind: 'builtin', name, args: args.filter((argument): argument is string => argument !== undefined), dimensions: 0 };
}

/** Types of other libraries with a fixed definition, as SQL. */
export const plainTypes: Readonly<Record<string, string>> = {
  'utils.EmailType': 'varchar(255)',
  'utils.UUIDType': 'uuid',
  'utils.URLType': 'text',
  'utils.JSONType': 'json',
  'utils.LtreeType': 'ltree',
  'utils.TSVectorType': 'tsvector',
  'utils.ArrowType': 'timestamp without time zone',
  'utils.PhoneNumberType': 'varchar(20)',
  'utils.CountryType': 'varchar(2)',
  'utils.CurrencyType': 'varchar(3)',
  'utils.ColorType': 'varchar(20)',
  'utils.IPAddressType': 'varchar(50)',
  'utils.LocaleType': 'varchar(10)',
  'utils.TimezoneType': 'varchar(50)',
  'utils.ScalarListType': 'text',
  'utils.WeekDaysType': 'bit(7)',
  'utils.IntRangeType': 'int4range',
  'utils.Int8RangeType': 'int8range',
  'utils.NumericRangeType': 'numrange',
  'utils.DateRangeType': 'daterange',
  'utils.DateTimeRangeType': 'tsrange',
  'citext.CIText': 'citext',
  'fastapi_users_db_sqlalchemy.generics.GUID': 'uuid',
  'fastapi_users_db_sqlalchemy.GUID': 'uuid',
  'fastapi_users.db.sqlalchemy.GUID': 'uuid',
  'fastapi_users_db_sqlalchemy.generics.TIMESTAMPAware': 'timestamp with time zone',
  'sqlalchemy_json.MutableJson': 'json',
  'sqlalchemy_json.NestedMutableJson': 'json',
};

/** Types of extensions, with their arguments as PostgreSQL's type modifiers. */
export const extensionTypes: Readonly<Record<string, (args: Arguments) => ColumnType>> = {
  'pgvector.Vector': (args) => named('vector', args.number(0, 'dim')),
  'pgvector.VECTOR': (args) => named('vector', args.number(0, 'dim')),
  'pgvector.HalfVector': (args) => named('halfvec', args.number(0, 'dim')),
  'pgvector.HALFVEC': (args) => named('halfvec', args.number(0, 'dim')),
  'pgvector.SPARSEVEC': (args) => named('sparsevec', args.number(0, 'dim')),
  'pgvector.BIT': (args) => builtin('bit', args.number(0, 'length') ?? '1'),
  'geoalchemy2.Geometry': (args) => spatial('geometry', args),
  'geoalchemy2.Geography': (args) => spatial('geography', args),
  'geoalchemy2.Raster': () => named('raster'),
};

/** GeoAlchemy always writes type and SRID: `geometry(POINT,4326)`. */
function spatial(name: string, args: Arguments): ColumnType {
  return named(name, args.string(0, 'geometry_type') ?? 'GEOMETRY', args.number(1, 'srid') ?? '-1');
}

function named(name: string, ...args: (string | undefined)[]): ColumnType {
  return { kind: 'named', schema: null, name, args: args.filter((argument): argument is string => argument !== undefined), dimensions: 0 };
}

const aliases: Readonly<Record<string, string>> = {
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  decimal: 'numeric',
  timestamptz: 'timestamp with time zone',
  timestamp: 'timestamp without time zone',
  timetz: 'time with time zone',
  time: 'time without time zone',
  varbit: 'bit varying',
};

const builtinNames = new Set([...Object.values(fixedTypes), ...Object.values(aliases), 'text', 'character varying', 'numeric', 'interval', 'bit', 'xml', 'name', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle']);

/** A type written as SQL (`get_col_spec`): `VECTOR(3)`, `varchar(10)[]`, `timestamp with time zone`. */
export function parseTypeText(written: string): ColumnType {
  const match = /^\s*([^()[\]]+?)\s*(?:\(([^)]*)\))?\s*((?:with(?:out)?\s+time\s+zone)?)\s*((?:\[\d*\])*)\s*$/i.exec(written);
  if (match === null) return { kind: 'named', schema: null, name: written, args: [], dimensions: 0 };
  const words = `${match[1] ?? ''} ${match[3] ?? ''}`.trim().toLowerCase().replace(/\s+/g, ' ');
  const args = (match[2] ?? '').split(',').map((argument) => argument.trim()).filter((argument) => argument !== '');
  const dimensions = (match[4] ?? '').split('[').length - 1;
  const name = aliases[words] ?? words;
  if (builtinNames.has(name)) return { kind: 'builtin', name, args, dimensions };
  const dot = name.indexOf('.');
  return { kind: 'named', schema: dot < 0 ? null : name.slice(0, dot).replace(/"/g, ''), name: name.slice(dot + 1).replace(/"/g, ''), args, dimensions };
}
