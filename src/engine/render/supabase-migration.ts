import { applyOperation } from '../operations/apply';
import type { Operation } from '../operations/operation';
import { findTable } from '../schema/lookup';
import type { QualifiedName, Schema } from '../schema/schema';
import { quoteName } from '../sql/identifiers';
import { inParagraphs } from './body';
import { wrapComment } from './comments';
import { operationSql } from './operation-sql';

export interface SupabaseMigration {
  /** What it does, in a line. */
  readonly message: string;
  readonly operations: readonly Operation[];
  /** The schema that it starts from. */
  readonly before: Schema;
}

/**
 * The text of a SQL migration for Supabase's CLI: the upgrade's statements with its notes as comments, in the Alembic
 * form's order and paragraphs. It has no way back, and all of it runs in one transaction. New tables of `public` get row
 * level security, since the project's API serves them to everybody until then (Supabase documentation, "Row Level
 * Security").
 */
export function renderSupabaseMigration({ message, operations, before }: SupabaseMigration): string {
  let schema = before;
  let explained = false;
  const lines = inParagraphs(operations, (operation) => {
    const own = [...noteLines(operation), ...operationSql(operation, schema).map((sql) => `${sql};`)];
    const served = newlyServed(operation, schema);
    schema = applyOperation(schema, operation);
    if (served === null) return own;
    const why = explained ? [] : wrapComment(whyRowLevelSecurity, width, '--');
    explained = true;
    return [...own, ...why, `ALTER TABLE ${quoteName(served)} ENABLE ROW LEVEL SECURITY;`];
  });
  return `${[...wrapComment(message, width, '--'), '', ...lines].join('\n')}\n`;
}

const width = 88;

const whyRowLevelSecurity =
  'The API serves tables of public to anyone with the public key until row level security is on. Without policies, which are yours to write, only the owner and service_role see the rows.';

/** The table that the API has from this operation on; null: none. It has those of `public`, unless the project says otherwise. */
function newlyServed(operation: Operation, schema: Schema): QualifiedName | null {
  if (operation.kind === 'create_table') return (operation.table.schema ?? schema.defaultSchema) === 'public' && !operation.table.rowLevelSecurity ? operation.table : null;
  if (operation.kind !== 'set_table_schema' || operation.newSchema !== 'public' || findTable(schema, operation)?.rowLevelSecurity === true) return null;
  return { schema: schema.defaultSchema === 'public' ? null : 'public', name: operation.name };
}

/** What the person who reads the migration should know of an operation, as comments. */
export function noteLines({ note, suggestion }: Operation): readonly string[] {
  const comment = note === undefined ? [] : wrapComment(note, width, '--');
  return suggestion === undefined ? comment : [...comment, `-- ${suggestion};`];
}
