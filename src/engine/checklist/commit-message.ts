import type { Operation } from '../operations/operation';
import { tableOfOperation } from '../operations/operation-table';
import { displayName } from '../schema/schema';
import { typeKey } from '../schema/types';
import { describeOperation } from '../render/describe-operation';

export interface CommitSubject {
  /** Of the revision, or the name of the SQL file. */
  readonly message: string;
  readonly id: string;
  /** What it stands on; empty: it is the first, or a file of SQL. */
  readonly parents: readonly string[];
  readonly upgrade: readonly Operation[];
}

/** So long a first line may be before tools cut it. */
const longestSubject = 72;

/**
 * A commit message that says what a migration changes: its own message as the subject, a line for each change below it, grouped by table,
 * and which revision it is. `Migration: curate contacts`.
 */
export function commitMessage({ message, id, parents, upgrade }: CommitSubject): string {
  const words = message.replace(/\s+/g, ' ').trim();
  const subject = shortened(words === '' ? `Migration ${id}` : `Migration: ${words}`);
  const lines = upgrade.flatMap((operation) => sentenceOf(operation));
  const shown = lines.length <= 40 ? lines : [...lines.slice(0, 40), `and ${lines.length - 40} more changes`];
  const stands = parents.length === 0 ? `Revision ${id}` : `Revision ${id}, on ${parents.join(' and ')}`;
  return `${[subject, '', ...(shown.length === 0 ? [] : [...new Set(shown)].map((line) => `- ${line}`)), ...(shown.length === 0 ? [] : ['']), stands].join('\n')}\n`;
}

function shortened(subject: string): string {
  return subject.length <= longestSubject ? subject : `${subject.slice(0, longestSubject - 1).trimEnd()}…`;
}

/** One line for a change, for people who read the log; none for what changes no schema. */
function sentenceOf(operation: Operation): readonly string[] {
  const table = tableOfOperation(operation);
  const on = table === null ? '' : displayName(table);
  switch (operation.kind) {
    case 'execute':
      return operation.effect === 'data' && operation.writes !== undefined && operation.writes.length > 0 ? [`fill ${[...new Set(operation.writes.map((write) => `${displayName(write)}.${write.column}`))].join(', ')}`] : [];
    case 'unknown':
      return [];
    case 'create_table':
      return [`create table ${on}`];
    case 'drop_table':
      return [`drop table ${on}`];
    case 'rename_table':
      return [`rename table ${on} to ${operation.newName}`];
    case 'add_column':
      return [`add ${on}.${operation.column.name}`];
    case 'drop_column':
      return [`drop ${on}.${operation.column}`];
    case 'alter_column': {
      const column = `${on}.${operation.column}`;
      const parts = [
        ...(operation.newName === undefined ? [] : [`rename ${column} to ${operation.newName}`]),
        ...(operation.type === undefined ? [] : [`${column} becomes ${typeKey(operation.type)}`]),
        ...(operation.nullable === undefined || operation.type !== undefined ? [] : [`${column} ${operation.nullable ? 'may be null' : 'is not null'}`]),
        ...(operation.default === undefined || operation.type !== undefined || operation.newName !== undefined ? [] : [operation.default === null ? `${column} loses its default` : `${column} defaults to ${operation.default.sql}`]),
      ];
      return parts;
    }
    case 'create_enum':
      return [`create type ${displayName(operation.enum)} (${operation.enum.labels.join(', ')})`];
    case 'drop_enum':
      return [`drop type ${displayName(operation)}`];
    case 'add_enum_value':
      return [`add ${operation.label} to ${displayName(operation)}`];
    default: {
      const words = describeOperation(operation);
      return words === null ? [] : [words.replace(/^[a-z_]+/, (kind) => kind.replaceAll('_', ' '))];
    }
  }
}
