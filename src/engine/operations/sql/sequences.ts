import type { AlterSeqStmt, CreateSeqStmt, DropStmt, Node } from 'libpg-query';
import type { Sequence } from '../../schema/schema';
import type { OperationBody } from '../operation';
import { cascade, ifExists, namespace, nodeName, rangeName, strings, type Source } from './tree';
import { constantText, readTypeName } from './types';

export function createSequence(source: Source, statement: CreateSeqStmt): readonly OperationBody[] {
  if (statement.sequence?.relpersistence === 't') return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  const { options, type, ownedBy } = read(statement.options);
  const written = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== ''));
  const sequence: Sequence = { ...rangeName(statement.sequence), type: type ?? 'bigint', options: written, ownedBy: ownedBy ?? null, extension: null };
  return [{ kind: 'create_sequence', sequence, ...(statement.if_not_exists === true ? { ifNotExists: true } : {}) }];
}

/** RESTART moves where it stands, which is none of its structure. */
export function alterSequence(source: Source, statement: AlterSeqStmt): readonly OperationBody[] {
  const { options, type, ownedBy } = read(statement.options);
  if (Object.keys(options).length === 0 && type === null && ownedBy === undefined) return [{ kind: 'execute', sql: source.statement.text, effect: 'none' }];
  return [{ kind: 'alter_sequence', ...rangeName(statement.sequence), type: type ?? '', options: { from: {}, to: options }, partly: true, ...(ownedBy === undefined ? {} : { ownedBy }) }];
}

export function dropSequences(statement: DropStmt): readonly OperationBody[] {
  return (statement.objects ?? []).map((node) => ({ kind: 'drop_sequence', ...nodeName(node), ...ifExists(statement.missing_ok), ...cascade(statement.behavior) }));
}

/** The options that `Schema` keeps, as text; empty where one is taken back (`NO MAXVALUE`). */
export function sequenceChanges(nodes: readonly Node[] | undefined): Readonly<Record<string, string>> {
  return read(nodes).options;
}

function read(nodes: readonly Node[] | undefined): { readonly options: Readonly<Record<string, string>>; readonly type: string | null; readonly ownedBy: Sequence['ownedBy'] | undefined } {
  const options: Record<string, string> = {};
  let type: string | null = null;
  let ownedBy: Sequence['ownedBy'] | undefined;
  for (const node of nodes ?? []) {
    if (!('DefElem' in node)) continue;
    const { defname = '', arg } = node.DefElem;
    if (defname === 'as' && arg !== undefined && 'TypeName' in arg) {
      const read = readTypeName(arg.TypeName).type;
      type = read.kind === 'builtin' ? read.name : null;
    } else if (defname === 'owned_by' && arg !== undefined && 'List' in arg) {
      const parts = strings(arg.List.items);
      ownedBy = parts.length < 2 ? null : { schema: namespace(parts.at(-3)), name: parts.at(-2) ?? '', column: parts.at(-1) ?? '' };
    } else if (['start', 'increment', 'minvalue', 'maxvalue', 'cache', 'cycle'].includes(defname)) {
      const text = arg === undefined ? '' : constantText(arg);
      if (text !== null) options[defname] = defname === 'cycle' && text === 'false' ? '' : text;
    }
  }
  return { options, type, ownedBy };
}
