import { diffSchemas } from '../diff/diff';
import { tableRenameCandidates, type TableRenameCandidate } from '../diff/renames';
import { applyOperation } from '../operations/apply';
import type { Operation, OperationOf } from '../operations/operation';
import { reverseSteps, stepsOf } from '../operations/steps';
import { findTable } from '../schema/lookup';
import { displayName, findEnum, sameName, type QualifiedName, type Schema, type Table } from '../schema/schema';
import { formatMessage, message } from '../text/problem';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { isCopiedAway, isEmptiedBefore } from './support/losses';
import { placeOf } from './support/places';

/** A table is dropped and one of nearly the same columns made: its rows would be lost. */
export const destructiveTableRename: Rule = {
  meta: { title: 'A table is dropped and one of nearly the same columns made where a rename would keep its rows.', severity: 'error' },
  *check(pass) {
    const drops = pass.upgrade.filter((step): step is Drop => step.operation.kind === 'drop_table');
    const creates = pass.upgrade.filter((step): step is Create => step.operation.kind === 'create_table');
    const gone = drops.filter((step) => !isCopiedAway(pass, step, step.operation, null) && !isEmptiedBefore(pass, step, step.operation)).flatMap(({ operation }) => findTable(pass.before, operation) ?? []);
    const come = creates.flatMap(({ operation }) => (findTable(pass.before, operation.table) === undefined ? (findTable(pass.after, operation.table) ?? []) : []));
    const taken: QualifiedName[] = [];
    for (const candidate of tableRenameCandidates(gone, come)) {
      const drop = drops.find(({ operation }) => sameName(operation, candidate.from));
      const create = creates.find(({ operation }) => sameName(operation.table, candidate.to));
      if (drop === undefined || create === undefined || taken.some((name) => sameName(name, candidate.from) || sameName(name, candidate.to))) continue;
      taken.push(candidate.from, candidate.to);
      yield finding(pass, candidate, drop, create);
    }
  },
};

type Drop = Step & { readonly operation: OperationOf<'drop_table'> & Operation };
type Create = Step & { readonly operation: OperationOf<'create_table'> & Operation };

function finding(pass: Pass, candidate: TableRenameCandidate, drop: Drop, create: Create): Finding {
  const args = { from: displayName(candidate.from), to: displayName(candidate.to), evidence: candidate.evidence.map(formatMessage).join(' ') };
  const created = placeOf(create.operation, 'table_name');
  return {
    message: candidate.strong
      ? message('{from} is dropped and {to} made: every row of {from} is lost. It looks like a rename. {evidence} Rename the table instead.', args)
      : message('{from} is dropped, with its rows, and {to} made. Is {to} the new name of {from}? {evidence} If so, rename the table instead.', args),
    at: placeOf(drop.operation, 'table_name') ?? { path: '', range: { start: 0, end: 0 } },
    severity: candidate.strong ? 'error' : 'info',
    related: created === null ? [] : [{ at: created, message: message('{to} is made here.', args) }],
    fixes: fixes(pass, candidate, create),
    data: { from: args.from, to: args.to },
  };
}

/** The rename and what is still different, where the new table is made; all else that is done to either table goes, in both directions. */
function fixes(pass: Pass, { from, to }: TableRenameCandidate, create: Create): readonly Fix[] {
  const [old, now] = [findTable(pass.before, from), findTable(pass.after, to)];
  if (old === undefined || now === undefined || from.schema !== to.schema || makesType(pass, create, now)) return [];
  const rename: Operation = { kind: 'rename_table', schema: from.schema, name: from.name, newName: to.name };
  const renamed = applyOperation(pass.before, rename);
  const operations = [rename, ...diffSchemas(renamed, withTable(renamed, now)).operations];
  const undone = reverseSteps(stepsOf(pass.before, operations));
  const others = (steps: readonly Step[], stands: Operation): readonly Operation[] => steps.flatMap(({ operation }) => (operation !== stands && operation.source?.range.start !== stands.source?.range.start && (isAbout(operation, from) || isAbout(operation, to)) ? [operation] : []));
  const back = pass.downgrade.map(({ operation }) => operation).find((operation) => operation.kind === 'create_table' && sameName(operation.table, from)) ?? pass.downgrade.map(({ operation }) => operation).find((operation) => operation.kind === 'drop_table' && sameName(operation, to));
  const edits = pass.editing.combine([
    pass.editing.replace(create.operation, operations),
    ...others(pass.upgrade, create.operation).map((operation) => pass.editing.replace(operation, [])),
    ...(back === undefined
      ? [pass.downgradeRaises ? [] : pass.editing.append('downgrade', undone)]
      : [pass.editing.replace(back, undone), ...others(pass.downgrade, back).map((operation) => pass.editing.replace(operation, []))]),
  ]);
  return edits === null ? [] : [{ title: `Rename "${from.name}" to "${to.name}", keeping its rows`, edits, safety: 'review' }];
}

/** SQLAlchemy would have made an enum type with the table. */
function makesType(pass: Pass, create: Create, table: Table): boolean {
  return table.columns.some(({ type }) => type.kind === 'enum' && findEnum(pass.before, type) === undefined && findEnum(create.before, type) === undefined) || pass.upgrade.some(({ operation }) => operation.kind === 'create_enum' && operation.implicit === true && operation.source?.range.start === create.operation.source?.range.start);
}

function withTable(schema: Schema, table: Table): Schema {
  const old = findTable(schema, table);
  return { ...schema, tables: schema.tables.map((other) => (other === old ? { ...table, policies: other.policies, ...(other.triggers === undefined ? {} : { triggers: other.triggers }), rowLevelSecurity: other.rowLevelSecurity, owner: other.owner, comment: table.comment ?? other.comment } : other)) };
}

function isAbout(operation: Operation, name: QualifiedName): boolean {
  if (operation.kind === 'create_table') return sameName(operation.table, name);
  if (operation.kind === 'drop_table') return sameName(operation, name);
  return 'table' in operation && operation.table === name.name && 'schema' in operation && operation.schema === name.schema;
}
