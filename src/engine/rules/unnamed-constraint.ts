import { constraintsOf } from '../operations/reverse';
import type { OperationOf } from '../operations/operation';
import { findTable } from '../schema/lookup';
import { displayName, type Schema } from '../schema/schema';
import { message } from '../text/problem';
import type { TextEdit } from '../text/text';
import type { Finding, Fix, Pass, Rule, Step } from './rule';
import { at } from './support/places';
import { createdBy } from './support/table-objects';

/** `drop_constraint(None, …)`, as `--autogenerate` writes it for what the models leave unnamed: Alembic raises when it runs. */
export const unnamedConstraint: Rule = {
  meta: { title: 'A constraint is dropped without a name.', severity: 'error', ofScripts: true },
  *check(pass) {
    for (const direction of ['upgrade', 'downgrade'] as const) {
      const given: string[] = [];
      for (const step of pass[direction]) {
        if (step.operation.kind !== 'drop_constraint' || step.operation.name !== null) continue;
        yield finding(pass, direction, step, step.operation, given);
      }
    }
  },
};

type Drop = OperationOf<'drop_constraint'>;

/** One that may be meant, and the operation of the upgrade that makes it without a name. */
interface Candidate {
  readonly name: string;
  readonly madeBy: Step['operation'] | null;
}

const words = { primary: 'primary key', foreignkey: 'foreign key', unique: 'unique constraint', check: 'check constraint', exclude: 'exclude constraint' } as const;

function finding(pass: Pass, direction: 'upgrade' | 'downgrade', step: Step, drop: Drop, given: string[]): Finding {
  const made = direction === 'downgrade' ? madeInUpgrade(pass, drop).filter(({ name }) => !given.includes(name)) : [];
  const candidates = made.length > 0 ? made.slice(0, 1) : standing(pass, direction, step, drop).filter(({ name }) => !given.includes(name));
  if (candidates.length === 1) given.push(...candidates.map(({ name }) => name));
  const args = { table: displayName({ schema: drop.schema, name: drop.table }), what: drop.type === null ? 'constraint' : words[drop.type], name: candidates[0]?.name ?? '' };
  return {
    message:
      candidates.length === 1
        ? message('This drops a {what} of {table} without its name, and Alembic cannot write that: the {direction} stops with an error. PostgreSQL calls the constraint {name}; say so here.', { ...args, direction })
        : message('This drops a {what} of {table} without its name, and Alembic cannot write that: the {direction} stops with an error. Write the name that the constraint has in the database.', { ...args, direction }),
    at: at(drop, 'constraint_name'),
    fixes: candidates.flatMap((candidate) => fix(pass, drop, candidate, candidates.length === 1)),
    data: { table: args.table, direction },
  };
}

/** What the upgrade makes on the table without a name of the draft's own, as PostgreSQL or the naming convention calls it. */
function madeInUpgrade(pass: Pass, drop: Drop): readonly Candidate[] {
  return pass.upgrade.flatMap(({ operation, before, after }): readonly Candidate[] => {
    const created = createdBy(operation);
    if (created === null || created.object.kind === 'index' || created.operation.table !== drop.table || created.operation.schema !== drop.schema) return [];
    if (drop.type !== null && created.object.kind !== drop.type) return [];
    const known = namesIn(before, drop);
    const name = created.object.object.name ?? namesIn(after, drop).find((candidate) => !known.includes(candidate));
    if (name === undefined || pass.downgrade.some((step) => step.operation.kind === 'drop_constraint' && step.operation.name === name && step.operation.table === drop.table)) return [];
    return [{ name, madeBy: created.object.object.name === null ? operation : null }];
  });
}

/** What stands on the table then, of that kind: where the downgrade makes one of them again, that one. */
function standing(pass: Pass, direction: 'upgrade' | 'downgrade', { before }: Step, drop: Drop): readonly Candidate[] {
  const named = pass[direction].flatMap(({ operation }) => (operation.kind === 'drop_constraint' && operation.table === drop.table && operation.name !== null ? [operation.name] : []));
  const free = namesIn(before, drop).filter((name) => !named.includes(name));
  const again = direction === 'downgrade' ? [] : free.filter((name) => pass.downgrade.some(({ operation }) => createdBy(operation)?.object.object.name === name));
  return (again.length === 0 ? free : again).map((name) => ({ name, madeBy: null }));
}

function namesIn(schema: Schema, { schema: namespace, table: name, type }: Drop): readonly string[] {
  const table = findTable(schema, { schema: namespace, name });
  if (table === undefined) return [];
  const kinds = { create_primary_key: 'primary', create_foreign_key: 'foreignkey', create_unique_constraint: 'unique', create_check_constraint: 'check', create_exclude_constraint: 'exclude' } as const;
  return constraintsOf(table).flatMap(({ kind, constraint }) => (constraint.name !== null && (type === null || kinds[kind] === type) ? [constraint.name] : []));
}

function fix(pass: Pass, drop: Drop, { name, madeBy }: Candidate, isSure: boolean): readonly Fix[] {
  // Where the upgrade writes None, it says the name too: then nothing hangs on how it is made up.
  const inUpgrade: readonly TextEdit[] = madeBy?.source?.editable === true && madeBy.source.arguments.constraint_name !== undefined ? (pass.editing.replaceArgument(madeBy, 'constraint_name', { finalName: name }) ?? []) : [];
  const edits = drop.source?.editable === true ? pass.editing.combine([pass.editing.replaceArgument(drop, 'constraint_name', { finalName: name }), inUpgrade]) : null;
  return edits === null ? [] : [{ title: `Name the constraint "${name}"`, edits, safety: isSure ? 'safe' : 'review' }];
}
