import type { Call, Expression } from '../../python/expression-syntax';
import type { Module, Statement } from '../../python/syntax';
import { undefinedNames, type UndefinedName } from '../../python/undefined-names';
import type { Place } from '../../text/text';

/** What is wrong with the names in a script, whatever they do. */
export interface ScriptNames {
  readonly path: string;
  readonly undefined: readonly UndefinedName[];
  /** Calls of `op.something` and `batch_op.something`, each with its name. */
  readonly calls: readonly OperationCallName[];
}

export interface OperationCallName {
  readonly name: string;
  readonly inBatch: boolean;
  readonly direction: 'upgrade' | 'downgrade' | null;
  /** The name alone. */
  readonly at: Place;
  readonly call: Call;
  /** The call is a statement of its own. */
  readonly statement: Statement | null;
}

export function scriptNames(module: Module): ScriptNames {
  const aliases = new Set(module.body.flatMap((statement) => (statement.kind === 'importFrom' && statement.module === 'alembic' ? statement.names.filter(({ name }) => name === 'op').map(({ name, alias }) => alias ?? name) : [])));
  const calls: OperationCallName[] = [];
  for (const { statement, direction, batches } of statementsOf(module.body, null, new Set())) {
    if (statement.kind !== 'expression' && statement.kind !== 'assign') continue;
    const call = statement.value;
    if (call?.kind !== 'call' || call.callee.kind !== 'attribute' || call.callee.object.kind !== 'name') continue;
    const { name, nameRange, object } = call.callee;
    const inBatch = batches.has(object.name);
    if (!inBatch && !aliases.has(object.name)) continue;
    calls.push({ name, inBatch, direction, at: { path: module.path, range: nameRange }, call, statement: statement.kind === 'expression' ? statement : null });
  }
  return { path: module.path, undefined: undefinedNames(module, ['upgrade', 'downgrade']), calls };
}

interface Found {
  readonly statement: Statement;
  readonly direction: 'upgrade' | 'downgrade' | null;
  readonly batches: ReadonlySet<string>;
}

function statementsOf(statements: readonly Statement[], direction: Found['direction'], batches: ReadonlySet<string>): readonly Found[] {
  return statements.flatMap((statement): readonly Found[] => {
    const inside = (body: readonly Statement[], own = batches): readonly Found[] => statementsOf(body, direction, own);
    const here: Found = { statement, direction, batches };
    switch (statement.kind) {
      case 'function':
        return statementsOf(statement.body, statement.name === 'upgrade' || statement.name === 'downgrade' ? statement.name : direction, batches);
      case 'if':
        return [here, ...statement.branches.flatMap(({ body }) => inside(body)), ...inside(statement.otherwise)];
      case 'for':
      case 'while':
        return [here, ...inside(statement.body), ...inside(statement.otherwise)];
      case 'try':
        return [here, ...inside(statement.body), ...inside(statement.otherwise), ...inside(statement.finally)];
      case 'with':
        return [here, ...inside(statement.body, new Set([...batches, ...statement.items.flatMap(({ context, target }) => (isBatch(context) && target?.kind === 'name' ? [target.name] : []))]))];
      default:
        return [here];
    }
  });
}

function isBatch(context: Expression): boolean {
  return context.kind === 'call' && context.callee.kind === 'attribute' && context.callee.name === 'batch_alter_table';
}
