import type { Expression } from '../python/expression-syntax';
import type { Operation } from '../operations/operation';
import { pythonString } from '../render/python-layout';
import { message } from '../text/problem';
import type { Finding, Pass, Rule, ScriptCall } from './rule';

/** `op.create_type` and other operations that Alembic does not have: the script dies with an AttributeError. */
export const unknownOperation: Rule = {
  meta: { title: 'The script calls an operation that Alembic does not have.', severity: 'error', ofScripts: true },
  *check(pass) {
    for (const call of pass.script.calls) {
      const names = call.inBatch ? batchNames : operationNames;
      if (names.has(call.name)) continue;
      const found = finding(pass, call, names);
      if (found !== null) yield found;
    }
  },
};

function finding(pass: Pass, call: ScriptCall, names: ReadonlySet<string>): Finding | null {
  const prefix = call.inBatch ? 'A batch' : 'Alembic';
  const { at } = call.written();
  const base = { at, data: { operation: call.name } };
  if (call.inBatch && operationNames.has(call.name)) return { ...base, message: message('A batch has no operation {name}: Alembic stops with an AttributeError. Call op.{name} outside of the batch.', { name: call.name }), fixes: [] };
  const meaning = enumOperation(call);
  if (meaning !== null) {
    const edits = call.statement === null || meaning.operation === null ? null : writeInstead(pass, call, meaning.operation);
    return {
      ...base,
      message: message('Alembic has no operation {name}: it stops with an AttributeError. An enum type is {instead}.', { name: call.name, instead: meaning.verb === 'create' ? 'created by sa.Enum(…).create(op.get_bind(), checkfirst=True)' : 'dropped by sa.Enum(name=…).drop(op.get_bind(), checkfirst=True)' }),
      fixes: edits === null ? [] : [{ title: meaning.verb === 'create' ? 'Create the type with sa.Enum' : 'Drop the type with sa.Enum', edits, safety: 'review' }],
    };
  }
  const near = nearest(call.name, names);
  // Projects and extensions of Alembic register operations of their own.
  if (near === null) return null;
  return {
    ...base,
    message: message('{prefix} has no operation {name}: it stops with an AttributeError. Did you mean {near}?', { prefix, name: call.name, near }),
    // Another operation takes other arguments.
    fixes: aliases[call.name] !== undefined ? [] : [{ title: `Write ${near}`, edits: pass.editing.replaceText(at.range, near), safety: 'review' }],
  };
}

/** What the call was meant to do with an enum type, as far as it is written out. */
function enumOperation({ name, written: read }: ScriptCall): { readonly verb: 'create' | 'drop'; readonly operation: Operation | null } | null {
  const match = /^(create|drop|add)_(?:type|enum|enum_type)$/.exec(name);
  if (match === null) return null;
  const { call } = read();
  const verb = match[1] === 'drop' ? 'drop' : 'create';
  const written = [...call.args, ...call.keywords.filter((keyword) => keyword.name !== 'schema').map(({ value }) => value)];
  const inner = written.find((value) => value.kind === 'call');
  const source = inner?.kind === 'call' ? [...inner.args, ...inner.keywords.filter((keyword) => keyword.name !== 'schema').map(({ value }) => value)] : written;
  const named = (inner?.kind === 'call' ? inner : call).keywords.find((keyword) => keyword.name === 'name')?.value;
  const texts = source.flatMap((value) => (value === named ? [] : stringsIn(value)));
  const typeName = named?.kind === 'string' ? named.value : inner?.kind === 'call' ? undefined : texts.shift();
  const schemaKeyword = [...call.keywords, ...(inner?.kind === 'call' ? inner.keywords : [])].find((keyword) => keyword.name === 'schema')?.value;
  if (typeName === undefined || (schemaKeyword !== undefined && schemaKeyword.kind !== 'string')) return { verb, operation: null };
  const schema = schemaKeyword === undefined || schemaKeyword.value === 'public' ? null : schemaKeyword.value;
  if (verb === 'drop') return { verb, operation: { kind: 'drop_enum', schema, name: typeName, checkFirst: true } };
  return { verb, operation: texts.length === 0 ? null : { kind: 'create_enum', enum: { schema, name: typeName, labels: texts, comment: null, extension: null }, checkFirst: true } };
}

function stringsIn(value: Expression): string[] {
  if (value.kind === 'string') return [value.value];
  return value.kind === 'list' || value.kind === 'tuple' ? value.items.flatMap(stringsIn) : [];
}

function writeInstead(pass: Pass, { statement }: ScriptCall, operation: Operation): readonly { readonly range: { readonly start: number; readonly end: number }; readonly newText: string }[] | null {
  if (statement === null) return null;
  if (operation.kind === 'create_enum') {
    const { labels, name, schema } = operation.enum;
    const parts = [...labels.map(pythonString), `name=${pythonString(name)}`, ...(schema === null ? [] : [`schema=${pythonString(schema)}`])];
    return [...pass.editing.addImport('import sqlalchemy as sa'), ...pass.editing.replaceText(statement.range, `sa.Enum(${parts.join(', ')}).create(op.get_bind(), checkfirst=True)`)];
  }
  if (operation.kind !== 'drop_enum') return null;
  const parts = [`name=${pythonString(operation.name)}`, ...(operation.schema === null ? [] : [`schema=${pythonString(operation.schema)}`])];
  return [...pass.editing.addImport('import sqlalchemy as sa'), ...pass.editing.replaceText(statement.range, `sa.Enum(${parts.join(', ')}).drop(op.get_bind(), checkfirst=True)`)];
}

/** The operation that is written nearly so: two letters off, or with its words in another order. */
function nearest(name: string, names: ReadonlySet<string>): string | null {
  const alias = aliases[name];
  if (alias !== undefined && names.has(alias)) return alias;
  const words = (text: string): string => text.split('_').sort().join('_');
  for (const candidate of names) if (words(candidate) === words(name)) return candidate;
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const candidate of names) {
    const distance = editDistance(name, candidate);
    if (distance <= (candidate.length > 8 ? 2 : 1) && (best === null || distance < best.distance)) best = { name: candidate, distance };
  }
  return best?.name ?? null;
}

const aliases: Readonly<Record<string, string>> = {
  rename_column: 'alter_column',
  modify_column: 'alter_column',
  change_column: 'alter_column',
  remove_column: 'drop_column',
  delete_column: 'drop_column',
  delete_table: 'drop_table',
  remove_table: 'drop_table',
  add_table: 'create_table',
  add_index: 'create_index',
  remove_index: 'drop_index',
  add_unique_constraint: 'create_unique_constraint',
  add_foreign_key: 'create_foreign_key',
  add_primary_key: 'create_primary_key',
  add_check_constraint: 'create_check_constraint',
  drop_foreign_key: 'drop_constraint',
  drop_unique_constraint: 'drop_constraint',
  drop_check_constraint: 'drop_constraint',
  drop_primary_key: 'drop_constraint',
  execute_sql: 'execute',
  run_sql: 'execute',
};

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Source: `dir(alembic.op)` of Alembic 1.20, and `BatchOperations`. */
const common = 'add_column alter_column create_check_constraint create_exclude_constraint create_foreign_key create_index create_primary_key create_table_comment create_unique_constraint drop_column drop_constraint drop_index drop_table_comment execute f get_bind get_context implementation_for inline_literal invoke register_operation run_async batch_alter_table context impl migration_context schema_obj'.split(' ');
const batchNames: ReadonlySet<string> = new Set(common);
const operationNames: ReadonlySet<string> = new Set([...common, 'bulk_insert', 'create_table', 'drop_table', 'rename_table']);
