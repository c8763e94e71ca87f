import type { Operation } from '../operations/operation';
import { onlineForm } from '../operations/online';
import { displayName } from '../schema/schema';
import { renderOperation } from './operations';

/** The body of `upgrade()` or `downgrade()`, and the import lines that it needs beyond `op` and `sa`. */
export interface RenderedBody {
  /** Without the function's indentation; empty where there is nothing to do. */
  readonly lines: readonly string[];
  /** Sorted, each once. */
  readonly imports: readonly string[];
}

/**
 * Writes the operations one below the other, with an empty line where they turn to another table or kind of work. The labels of an enum
 * type stand once, where it is created: everywhere else its name says it. What is online stands together in an `autocommit_block()`.
 */
export function renderBody(operations: readonly Operation[]): RenderedBody {
  const lines: string[] = [];
  const imports = new Set<string>();
  let topic = '';
  const write = (operation: Operation, indent: number): void => {
    const rendered = renderOperation(operation, { labelsOf: () => [], indent });
    const next = topicOf(operation);
    if (lines.length > 0 && next !== topic) lines.push('');
    topic = next;
    lines.push(...rendered.lines.map((line) => (line === '' ? '' : `${' '.repeat(indent - 4)}${line}`)));
    rendered.imports.forEach((line) => imports.add(line));
  };
  for (let index = 0; index < operations.length; index++) {
    const operation = operations[index];
    if (operation === undefined) continue;
    if (operation.online !== true) {
      write(operation, 4);
      continue;
    }
    const end = operations.findIndex((other, at) => at > index && other.online !== true);
    const together = operations.slice(index, end < 0 ? undefined : end);
    if (lines.length > 0) lines.push('');
    lines.push(...onlineWords, 'with op.get_context().autocommit_block():');
    const forms = onlineForms(together);
    forms.forEach((statements, at) => {
      // The statements of one operation stand together.
      if (at > 0 && (statements.length > 1 || forms[at - 1]?.length !== 1)) lines.push('');
      for (const statement of statements) {
        topic = topicOf(statement);
        write(statement, 8);
      }
    });
    topic = 'online';
    index += together.length - 1;
  }
  return { lines, imports: [...imports].sort() };
}

const onlineWords = ['# Outside of the transaction, so that the tables stay in use meanwhile. A run', '# that fails can simply be run again.'];

/** The statements of each operation. What is dropped to be made anew is dropped once, right before. */
function onlineForms(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const forms = operations.map(onlineForm);
  const key = ({ note: _note, ...operation }: Operation): string => JSON.stringify(operation);
  const isRepeated = (statement: Operation, at: number): boolean =>
    statement.kind === 'drop_index' && statement.note === undefined && forms.slice(at + 1).some((later) => later.some((other) => key(other) === key(statement)));
  return forms.map((statements, at) => statements.filter((statement) => !isRepeated(statement, at))).filter((statements) => statements.length > 0);
}

/** The lines of each operation, with an empty one where they turn to another table or kind of work. */
export function inParagraphs(operations: readonly Operation[], linesOf: (operation: Operation) => readonly string[]): readonly string[] {
  let topic = '';
  return operations.flatMap((operation, index) => {
    const turns = index > 0 && topicOf(operation) !== topic;
    topic = topicOf(operation);
    return turns ? ['', ...linesOf(operation)] : linesOf(operation);
  });
}

/** What a reader follows: one table's columns, or one kind of work on several tables. */
function topicOf(operation: Operation): string {
  switch (operation.kind) {
    case 'rename_table':
      return 'renames';
    case 'alter_column':
      return operation.newName !== undefined ? 'renames' : operation.comment !== undefined ? 'comments' : tableTopic(operation);
    case 'add_column':
    case 'set_numbering':
    case 'drop_expression':
      return tableTopic(operation);
    case 'execute':
      return operation.writes?.[0] === undefined ? 'sql' : displayName(operation.writes[0]);
    case 'create_table':
      return displayName(operation.table);
    case 'drop_table':
      return displayName(operation);
    case 'create_index':
    case 'drop_index':
      return 'indexes';
    case 'create_foreign_key':
      return 'foreign keys';
    case 'drop_constraint':
      return operation.type === 'foreignkey' ? 'foreign keys' : 'constraints';
    case 'create_primary_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return 'constraints';
    case 'rename_index':
    case 'rename_constraint':
    case 'rename_sequence':
    case 'alter_sequence':
      return 'names';
    case 'create_sequence':
    case 'drop_sequence':
      return 'sequences';
    case 'set_constraint_comment':
    case 'create_table_comment':
    case 'drop_table_comment':
      return 'comments';
    case 'drop_column':
      return 'dropped columns';
    case 'create_view':
    case 'drop_view':
    case 'create_policy':
    case 'drop_policy':
    case 'create_trigger':
    case 'drop_trigger':
      return 'dependents';
    default:
      return 'types';
  }
}

function tableTopic(operation: { readonly schema: string | null; readonly table: string }): string {
  return displayName({ schema: operation.schema, name: operation.table });
}
