import type { Attribute, Call, Expression, Name } from '../../python/expression-syntax';
import { originOf } from '../../python/kept-syntax';
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
  /** The call with the place of its name alone; most are never asked for it. */
  readonly written: () => { readonly call: Call; readonly at: Place };
  /** The call is a statement of its own. */
  readonly statement: Statement | null;
}

export function scriptNames(module: Module): ScriptNames {
  const aliases = new Set(module.body.flatMap((statement) => (statement.kind === 'importFrom' && statement.module === 'alembic' ? statement.names.filter(({ name }) => name === 'op').map(({ name, alias }) => alias ?? name) : [])));
  const calls: OperationCallName[] = [];
  for (const { statement, direction, batches } of statementsOf(module.body, null, new Set())) {
    if (statement.kind !== 'expression' && statement.kind !== 'assign') continue;
    const called = calledIn(statement.kind === 'expression' ? originOf(statement) : statement);
    if (called === null) continue;
    const { name, object } = called.callee;
    const inBatch = batches.has(object.name);
    if (!inBatch && !aliases.has(object.name)) continue;
    const written = (): ReturnType<OperationCallName['written']> => {
      const { call, callee } = calledIn(statement) ?? called;
      return { call, at: { path: module.path, range: callee.nameRange } };
    };
    calls.push({ name, inBatch, direction, written, statement: statement.kind === 'expression' ? statement : null });
  }
  return { path: module.path, undefined: undefinedNames(module, ['upgrade', 'downgrade']), calls };
}

/** `object.name(…)`, by itself or assigned. */
function calledIn({ value: call }: { readonly value: Expression | null }): { readonly call: Call; readonly callee: Attribute & { readonly object: Name } } | null {
  if (call?.kind !== 'call' || call.callee.kind !== 'attribute' || call.callee.object.kind !== 'name') return null;
  return { call, callee: { ...call.callee, object: call.callee.object } };
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
