import type { DropStmt, IndexStmt, Node } from 'libpg-query';
import { plainIndex } from '../../schema/plain';
import type { IndexElement } from '../../schema/schema';
import { isWord, type PlacedToken } from '../../sql/split';
import type { OperationBody } from '../operation';
import { behind, only, cutAtCommas, nodeName, parenthesised, rangeName, strings, textOf, type Source } from './tree';
import { constantText } from './types';

export function createIndex(source: Source, statement: IndexStmt): readonly OperationBody[] {
  const table = rangeName(statement.relation);
  // The elements are the first parentheses behind ON: neither the names before nor the method hold any.
  const on = source.tokens.findIndex((token) => isWord(token, 'on'));
  const list = parenthesised(source, on);
  const elements = readElements(source, statement.indexParams ?? [], cutAtCommas(list?.inner ?? []));
  const where = statement.whereClause === undefined || list === null ? null : behind(source.tokens.slice(list.close + 1), 'where');
  return [
    {
      kind: 'create_index',
      schema: table.schema,
      table: table.name,
      ...only(statement.relation),
      index: {
        ...plainIndex,
        name: statement.idxname ?? null,
        unique: statement.unique ?? false,
        method: statement.accessMethod ?? 'btree',
        elements,
        include: (statement.indexIncludingParams ?? []).flatMap((node) => ('IndexElem' in node ? [node.IndexElem.name ?? ''] : [])),
        where: where === null ? null : { sql: textOf(source, where) },
        nullsNotDistinct: statement.nulls_not_distinct ?? false,
        options: storageOptions(statement.options),
      },
      ...(statement.concurrent === true ? { concurrently: true } : {}),
      ...(statement.if_not_exists === true ? { ifNotExists: true } : {}),
    },
  ];
}

export function dropIndexes(statement: DropStmt): readonly OperationBody[] {
  return (statement.objects ?? []).map((node) => {
    const { schema, name } = nodeName(node);
    return {
      kind: 'drop_index',
      schema,
      name,
      table: null,
      ...(statement.concurrent === true ? { concurrently: true } : {}),
      ...(statement.missing_ok === true ? { ifExists: true } : {}),
    };
  });
}

/** `nodes` are the IndexElems of the tree, `parts` the tokens of each, in the same order. */
export function readElements(source: Source, nodes: readonly Node[], parts: readonly (readonly PlacedToken[])[]): readonly IndexElement[] {
  return nodes.flatMap((node, index) => {
    if (!('IndexElem' in node)) return [];
    const element = node.IndexElem;
    const descending = element.ordering === 'SORTBY_DESC';
    return [
      {
        column: element.name ?? null,
        expression: element.name === undefined ? { sql: expressionText(source, parts[index] ?? []) } : null,
        collation: strings(element.collation).at(-1) ?? null,
        operatorClass: strings(element.opclass).at(-1) ?? null,
        descending,
        nullsFirst: element.nulls_ordering === 'SORTBY_NULLS_FIRST' || (element.nulls_ordering !== 'SORTBY_NULLS_LAST' && descending),
      },
    ];
  });
}

/** An expression of an index is in parentheses or a function call: it ends with its last closing parenthesis. */
function expressionText(source: Source, tokens: readonly PlacedToken[]): string {
  const first = tokens[0];
  if (first === undefined) return '';
  // What may follow: COLLATE x, an operator class with options, ASC, DESC, NULLS FIRST. None comes before the first group closes.
  const close = tokens.findIndex((token, index) => index > 0 && token.text === ')' && token.depth === first.depth);
  const expression = close === -1 ? tokens : tokens.slice(0, close + 1);
  return first.text === '(' ? textOf(source, expression.slice(1, -1)) : textOf(source, expression);
}

/** `WITH (fillfactor = 70)`; a name alone is `true`. */
export function storageOptions(nodes: readonly Node[] | undefined): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (const node of nodes ?? []) {
    if (!('DefElem' in node)) continue;
    const text = node.DefElem.arg === undefined ? 'true' : constantText(node.DefElem.arg);
    if (text !== null) options[node.DefElem.defname ?? ''] = text;
  }
  return options;
}
