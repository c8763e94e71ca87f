import type { Column } from '../schema/schema';
import { bareConstant } from '../sql/types';
import { escapeBinds, renderDefault, withoutParentheses } from './expressions';
import { call, keyword, pythonString, type Code } from './python-layout';
import { renderType, type LabelsOf, type Rendered } from './types';

/**
 * `sa.Column("name", sa.Text(), server_default=…, nullable=False)`. Null where no SQLAlchemy type says it.
 * `inPrimaryKey` tells SQLAlchemy's autoincrement rule what to expect: an integer key becomes SERIAL by itself.
 */
export function renderColumn(column: Column, labelsOf: LabelsOf, inPrimaryKey: boolean): Rendered | null {
  const type = renderType(column.type, labelsOf);
  if (type === null) return null;
  const typeCode = column.collation === null ? type.code : withCollation(type.code, column.collation);
  const items: Code[] = [pythonString(column.name), typeCode];
  if (column.identity !== null) items.push(call('sa.Identity', [`always=${column.identity.always ? 'True' : 'False'}`, ...Object.entries(column.identity.options).map(([key, value]) => `${key}=${pythonText(value)}`)]));
  if (column.generated !== null) items.push(call('sa.Computed', [pythonString(escapeBinds(withoutParentheses(column.generated.expression.sql))), `persisted=${column.generated.stored ? 'True' : 'False'}`]));
  if (inPrimaryKey && isInteger(column) && column.identity === null) items.push(`autoincrement=${column.serial ? 'True' : 'False'}`);
  if (column.default !== null) items.push(keyword('server_default', renderDefault({ sql: bareConstant(column.default.sql, column.type) })));
  items.push(`nullable=${column.nullable ? 'True' : 'False'}`);
  if (column.comment !== null) items.push(keyword('comment', pythonString(column.comment)));
  return { code: call('sa.Column', items), imports: type.imports };
}

/** Alembic can only make a SERIAL column inside CREATE TABLE, as part of the primary key. */
export function isInteger(column: Column): boolean {
  return column.type.kind === 'builtin' && column.type.dimensions === 0 && ['smallint', 'integer', 'bigint'].includes(column.type.name);
}

/** `sa.String(length=20)` with `collation="C"` among its arguments; of an array, its item's. */
export function withCollation(code: Code, collation: string): Code {
  if (typeof code !== 'string' && code.open === 'postgresql.ARRAY(') return { ...code, items: code.items.map((inner, index) => (index === 0 ? withCollation(inner, collation) : inner)) };
  const item = keyword('collation', pythonString(collation));
  if (typeof code !== 'string') return { ...code, items: [...code.items, item] };
  const bare = /^(.*)\((.*)\)$/s.exec(code);
  if (bare === null) return code;
  return call(bare[1] ?? '', [...(bare[2] === '' ? [] : [bare[2] ?? '']), item]);
}

/** Identity and sequence options: numbers as they are, `cycle` as Python's truth. */
function pythonText(value: string): string {
  if (value === 'true') return 'True';
  if (value === 'false') return 'False';
  return /^-?\d+$/.test(value) ? value : pythonString(value);
}
