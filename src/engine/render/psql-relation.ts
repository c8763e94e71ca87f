import { renderPsqlTable } from './psql-table';

/** What a catalog says of a table or a view, in the words that PostgreSQL's own functions print. */
export interface RelationDescription {
  readonly kind: 'table' | 'partitioned table' | 'view' | 'materialized view' | 'foreign table';
  readonly schema: string;
  readonly name: string;
  readonly unlogged: boolean;
  readonly columns: readonly DescribedColumn[];
  /** `FOR VALUES FROM (1) TO (10)`, `DEFAULT` */
  readonly partitionOf: { readonly parent: string; readonly bound: string; readonly detaching: boolean } | null;
  /** `RANGE (created_at)` */
  readonly partitionKey: string | null;
  readonly indexes: readonly DescribedIndex[];
  readonly checks: readonly Named[];
  /** `table`: of a partition, the parent that has the key; null: the table itself. */
  readonly foreignKeys: readonly (Named & { readonly table: string | null })[];
  readonly referencedBy: readonly (Named & { readonly table: string })[];
  readonly rowSecurity: boolean;
  readonly forcedRowSecurity: boolean;
  readonly policies: readonly DescribedPolicy[];
  readonly statistics: readonly DescribedStatistics[];
  readonly rules: readonly Fired[];
  /** `columns`, `where`: as far as the publication says only some. */
  readonly publications: readonly { readonly name: string; readonly columns: string | null; readonly where: string | null }[];
  readonly triggers: readonly DescribedTrigger[];
  readonly foreign: { readonly server: string; readonly options: string } | null;
  readonly inherits: readonly string[];
  readonly children: number;
  /** `OF type` */
  readonly ofType: string | null;
  /** Null: the database's own. */
  readonly tablespace: string | null;
}

export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  /** Where it is not the type's own. */
  readonly collation: string | null;
  readonly notNull: boolean;
  /** The default, or what it is generated from. */
  readonly expression: string | null;
  readonly identity: 'always' | 'by default' | null;
  readonly generated: 'stored' | 'virtual' | null;
  /** Of a foreign table: `(column_name 'x')`. */
  readonly options: string;
}

interface Named {
  readonly name: string;
  /** As `pg_get_constraintdef` prints it. */
  readonly definition: string;
}

export interface DescribedIndex {
  readonly name: string;
  /** `pg_get_indexdef` */
  readonly definition: string;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly clustered: boolean;
  readonly valid: boolean;
  readonly replicaIdentity: boolean;
  /** The constraint that it stands for; `whole`: its definition says it all (EXCLUDE, WITHOUT OVERLAPS). */
  readonly constraint: { readonly type: string; readonly definition: string; readonly deferrable: boolean; readonly deferred: boolean; readonly whole: boolean } | null;
  readonly tablespace: string | null;
}

export interface DescribedPolicy {
  readonly name: string;
  readonly permissive: boolean;
  /** Null: of all commands. */
  readonly command: string | null;
  /** Null: PUBLIC. */
  readonly roles: string | null;
  readonly using: string | null;
  readonly check: string | null;
}

export interface DescribedStatistics {
  readonly schema: string;
  readonly name: string;
  readonly table: string;
  readonly columns: string;
  readonly ndistinct: boolean;
  readonly dependencies: boolean;
  readonly mcv: boolean;
  readonly target: number | null;
}

/** `enabled`: O as usual, D never, A always, R on replicas only. */
export interface Fired {
  readonly definition: string;
  readonly enabled: string;
}

export interface DescribedTrigger extends Fired {
  readonly internal: boolean;
  /** Of a partition: the parent that it comes from. */
  readonly parent: string | null;
}

/** What psql's `\d` shows of a table or a view. Source: PostgreSQL's src/bin/psql/describe.c; held against psql itself. */
export function renderRelation(relation: RelationDescription): string {
  const { kind, columns } = relation;
  const isForeign = kind === 'foreign table';
  const headers = ['Column', 'Type', 'Collation', 'Nullable', 'Default', ...(isForeign ? ['FDW options'] : [])];
  const rows = columns.map((column) => [column.name, column.type, column.collation ?? '', column.notNull ? 'not null' : '', defaultOf(column), ...(isForeign ? [column.options] : [])]);
  return renderPsqlTable({ title: titleOf(relation), headers, rows, footers: footersOf(relation).flatMap((line) => line.split('\n')) });
}

function titleOf({ kind, unlogged, schema, name }: RelationDescription): string {
  const words = unlogged && kind !== 'materialized view' ? `unlogged ${kind}` : kind;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} "${schema}.${name}"`;
}

function defaultOf({ expression, identity, generated }: DescribedColumn): string {
  if (identity !== null) return `generated ${identity} as identity`;
  if (generated !== null) return `generated always as (${expression ?? ''})${generated === 'stored' ? ' stored' : ''}`;
  return expression ?? '';
}

function footersOf(relation: RelationDescription): readonly string[] {
  const { partitionOf, partitionKey } = relation;
  return [
    ...(partitionOf === null ? [] : [`Partition of: ${partitionOf.parent} ${partitionOf.bound}${partitionOf.detaching ? ' DETACH PENDING' : ''}`]),
    ...(partitionKey === null ? [] : [`Partition key: ${partitionKey}`]),
    ...section('Indexes:', relation.indexes.map(indexLine)),
    ...section('Check constraints:', relation.checks.map(({ name, definition }) => `"${name}" ${definition}`)),
    ...section('Foreign-key constraints:', relation.foreignKeys.map(({ name, definition, table }) => `${table === null ? '' : `TABLE "${table}" CONSTRAINT `}"${name}" ${definition}`)),
    ...section('Referenced by:', relation.referencedBy.map(({ name, definition, table }) => `TABLE "${table}" CONSTRAINT "${name}" ${definition}`)),
    ...policyLines(relation),
    ...section('Statistics objects:', relation.statistics.map(statisticsLine)),
    ...firedSections(relation.rules, ruleHeadings, ({ definition }) => definition),
    ...section('Publications:', relation.publications.map(({ name, columns, where }) => `"${name}"${columns === null ? '' : ` (${columns})`}${where === null ? '' : ` WHERE ${where}`}`)),
    ...triggerSections(relation.triggers),
    ...(relation.foreign === null ? [] : [`Server: ${relation.foreign.server}`, ...(relation.foreign.options === '' ? [] : [`FDW options: (${relation.foreign.options})`])]),
    ...relation.inherits.map((parent, at) => `${at === 0 ? 'Inherits: ' : '          '}${parent}${at < relation.inherits.length - 1 ? ',' : ''}`),
    ...childrenLine(relation),
    ...(relation.ofType === null ? [] : [`Typed table of type: ${relation.ofType}`]),
    ...(relation.tablespace === null ? [] : [`Tablespace: "${relation.tablespace}"`]),
  ];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `    ${line}`)];
}

function indexLine({ name, definition, primary, unique, clustered, valid, replicaIdentity, constraint, tablespace }: DescribedIndex): string {
  const marks = `${clustered ? ' CLUSTER' : ''}${valid ? '' : ' INVALID'}${replicaIdentity ? ' REPLICA IDENTITY' : ''}${tablespace === null ? '' : `, tablespace "${tablespace}"`}`;
  if (constraint?.whole === true) return `"${name}" ${constraint.definition}${marks}`;
  const kind = primary ? ' PRIMARY KEY,' : unique ? (constraint?.type === 'u' ? ' UNIQUE CONSTRAINT,' : ' UNIQUE,') : '';
  const using = definition.indexOf(' USING ');
  const deferral = `${constraint?.deferrable === true ? ' DEFERRABLE' : ''}${constraint?.deferred === true ? ' INITIALLY DEFERRED' : ''}`;
  return `"${name}"${kind} ${using < 0 ? definition : definition.slice(using + 7)}${deferral}${marks}`;
}

function policyLines({ policies, rowSecurity, forcedRowSecurity }: RelationDescription): readonly string[] {
  const lines = policies.map(({ name, permissive, command, roles, using, check }) =>
    [
      `    POLICY "${name}"${permissive ? '' : ' AS RESTRICTIVE'}${command === null ? '' : ` FOR ${command}`}`,
      ...(roles === null ? [] : [`      TO ${roles}`]),
      ...(using === null ? [] : [`      USING (${using})`]),
      ...(check === null ? [] : [`      WITH CHECK (${check})`]),
    ].join('\n'),
  );
  if (!rowSecurity) return lines.length === 0 ? [] : ['Policies (row security disabled):', ...lines];
  if (lines.length === 0) return [forcedRowSecurity ? 'Policies (forced row security enabled): (none)' : 'Policies (row security enabled): (none)'];
  return [forcedRowSecurity ? 'Policies (forced row security enabled):' : 'Policies:', ...lines];
}

/** Which kinds it gathers is said where it is not all of them. */
function statisticsLine({ schema, name, table, columns, ndistinct, dependencies, mcv, target }: DescribedStatistics): string {
  const kinds = [...(ndistinct ? ['ndistinct'] : []), ...(dependencies ? ['dependencies'] : []), ...(mcv ? ['mcv'] : [])];
  const said = kinds.length === 0 || kinds.length === 3 ? '' : ` (${kinds.join(', ')})`;
  return `"${schema}.${name}"${said} ON ${columns} FROM ${table}${target === null || target === -1 ? '' : `; STATISTICS ${target}`}`;
}

const ruleHeadings: Readonly<Record<string, string>> = { O: 'Rules:', D: 'Disabled rules:', A: 'Rules firing always:', R: 'Rules firing on replica only:' };

function firedSections<T extends Fired>(all: readonly T[], headings: Readonly<Record<string, string>>, line: (one: T) => string): readonly string[] {
  return Object.entries(headings).flatMap(([enabled, heading]) => section(heading, all.filter((one) => one.enabled === enabled).map(line)));
}

function triggerSections(triggers: readonly DescribedTrigger[]): readonly string[] {
  const line = ({ definition, parent }: DescribedTrigger): string => {
    const at = definition.indexOf(' TRIGGER ');
    return `${at < 0 ? definition : definition.slice(at + 9)}${parent === null ? '' : `, ON TABLE ${parent}`}`;
  };
  const of = (enabled: string, internal: boolean | null): readonly string[] => triggers.filter((one) => one.enabled === enabled && (internal === null || one.internal === internal)).map(line);
  return [
    ...section('Triggers:', of('O', null)),
    ...section('Disabled user triggers:', of('D', false)),
    ...section('Disabled internal triggers:', of('D', true)),
    ...section('Triggers firing always:', of('A', null)),
    ...section('Triggers firing on replica only:', of('R', null)),
  ];
}

function childrenLine({ kind, children }: RelationDescription): readonly string[] {
  const isPartitioned = kind === 'partitioned table';
  if (children === 0) return isPartitioned ? ['Number of partitions: 0'] : [];
  return [`Number of ${isPartitioned ? 'partitions' : 'child tables'}: ${children} (Use \\d+ to list them.)`];
}
