import type { ColumnType } from '../schema/schema';
import { call, keyword, list, pythonString, type Code } from './python-layout';

/** A piece of Python and the import lines that it needs beyond `op` and `sa`. */
export interface Rendered {
  readonly code: Code;
  readonly imports: readonly string[];
}

const postgresqlImport = 'from sqlalchemy.dialects import postgresql';

/**
 * The SQLAlchemy type that compiles to this PostgreSQL type, as Alembic would write it; null where there is none
 * (then the operation is written as SQL). Enum types never create themselves: the draft creates them by hand.
 */
export function renderType(type: ColumnType, labelsOf: LabelsOf): Rendered | null {
  if (type.kind === 'unknown') return null;
  if (type.dimensions > 0) {
    const item = renderType({ ...type, dimensions: 0 }, labelsOf);
    if (item === null) return null;
    return { code: call('postgresql.ARRAY', [item.code, ...(type.dimensions > 1 ? [`dimensions=${type.dimensions}`] : [])]), imports: [postgresqlImport, ...item.imports] };
  }
  if (type.kind === 'enum') {
    const labels = labelsOf(type) ?? type.labels ?? [];
    const schema = type.schema === null ? [] : [keyword('schema', pythonString(type.schema))];
    return {
      code: call('postgresql.ENUM', [...labels.map(pythonString), keyword('name', pythonString(type.name)), ...schema, 'create_type=False']),
      imports: [postgresqlImport],
    };
  }
  if (type.kind === 'named') return renderNamed(type.name, type.args);
  return renderBuiltin(type.name, type.args);
}

/** The labels of an enum type at this point of the draft; undefined: not known. */
export type LabelsOf = (type: { readonly schema: string | null; readonly name: string }) => readonly string[] | undefined;

function core(code: Code): Rendered {
  return { code, imports: [] };
}

function dialect(name: string, items: readonly Code[] = []): Rendered {
  return { code: call(`postgresql.${name}`, items), imports: [postgresqlImport] };
}

const plainCore: Readonly<Record<string, string>> = {
  smallint: 'sa.SmallInteger()',
  integer: 'sa.Integer()',
  bigint: 'sa.BigInteger()',
  boolean: 'sa.Boolean()',
  text: 'sa.Text()',
  date: 'sa.Date()',
  real: 'sa.REAL()',
  'double precision': 'sa.Float()',
  bytea: 'sa.LargeBinary()',
};

const plainDialect: Readonly<Record<string, string>> = {
  jsonb: 'JSONB',
  json: 'JSON',
  inet: 'INET',
  cidr: 'CIDR',
  macaddr: 'MACADDR',
  macaddr8: 'MACADDR8',
  money: 'MONEY',
  oid: 'OID',
  regclass: 'REGCLASS',
  tsvector: 'TSVECTOR',
  tsquery: 'TSQUERY',
  int4range: 'INT4RANGE',
  int8range: 'INT8RANGE',
  numrange: 'NUMRANGE',
  daterange: 'DATERANGE',
  tsrange: 'TSRANGE',
  tstzrange: 'TSTZRANGE',
  int4multirange: 'INT4MULTIRANGE',
  int8multirange: 'INT8MULTIRANGE',
  nummultirange: 'NUMMULTIRANGE',
  datemultirange: 'DATEMULTIRANGE',
  tsmultirange: 'TSMULTIRANGE',
  tstzmultirange: 'TSTZMULTIRANGE',
};

function renderBuiltin(name: string, args: readonly string[]): Rendered | null {
  const plain = plainCore[name];
  if (plain !== undefined) return core(plain);
  const own = plainDialect[name];
  if (own !== undefined) return dialect(own);
  const [first, second] = args;
  const length = first === undefined ? [] : [`length=${first}`];
  switch (name) {
    case 'character varying':
      return core(call('sa.String', length));
    case 'character':
      return core(call('sa.CHAR', length));
    case 'numeric':
      return core(call('sa.Numeric', [...(first === undefined ? [] : [`precision=${first}`]), ...(second === undefined ? [] : [`scale=${second}`])]));
    case 'uuid':
      return dialect('UUID', ['as_uuid=True']);
    case 'timestamp with time zone':
      return first === undefined ? core('sa.DateTime(timezone=True)') : dialect('TIMESTAMP', ['timezone=True', `precision=${first}`]);
    case 'timestamp without time zone':
      return first === undefined ? core('sa.DateTime()') : dialect('TIMESTAMP', [`precision=${first}`]);
    case 'time with time zone':
      return first === undefined ? core('sa.Time(timezone=True)') : dialect('TIME', ['timezone=True', `precision=${first}`]);
    case 'time without time zone':
      return first === undefined ? core('sa.Time()') : dialect('TIME', [`precision=${first}`]);
    case 'interval':
      if (first === undefined) return core('sa.Interval()');
      if (/^\d+$/.test(first)) return dialect('INTERVAL', [`precision=${first}`]);
      return dialect('INTERVAL', [keyword('fields', pythonString(first)), ...(second === undefined ? [] : [`precision=${second}`])]);
    case 'bit':
      return dialect('BIT', first === undefined ? [] : [first]);
    case 'bit varying':
      return dialect('BIT', [...(first === undefined ? [] : [first]), 'varying=True']);
    default:
      return null;
  }
}

/** Types of extensions whose SQLAlchemy classes everybody uses. */
function renderNamed(name: string, args: readonly string[]): Rendered | null {
  switch (name) {
    case 'citext':
      return dialect('CITEXT');
    case 'hstore':
      return dialect('HSTORE');
    case 'vector':
      return { code: call('pgvector.sqlalchemy.Vector', [...args]), imports: ['import pgvector.sqlalchemy'] };
    case 'halfvec':
      return { code: call('pgvector.sqlalchemy.HALFVEC', [...args]), imports: ['import pgvector.sqlalchemy'] };
    case 'geometry':
    case 'geography': {
      const [kind, srid] = args;
      const items = [...(kind === undefined ? [] : [keyword('geometry_type', pythonString(kind.toUpperCase()))]), ...(srid === undefined ? [] : [`srid=${srid}`]), 'spatial_index=False'];
      return { code: call(name === 'geometry' ? 'geoalchemy2.Geometry' : 'geoalchemy2.Geography', items), imports: ['import geoalchemy2'] };
    }
    default:
      return null;
  }
}

/** `["a", "b"]` */
export function nameList(names: readonly string[]): Code {
  return list(names.map(pythonString));
}
