import type { Column, QualifiedName, Schema } from '../../schema/schema';
import { typeKey } from '../../schema/types';
import { message } from '../../text/problem';
import type { Work } from './hazard';
import { withRows } from './relations';
import { knownExtensionTypes } from './type-change';
import { volatilityOf } from './volatility';

/**
 * What ADD COLUMN does with the rows: nothing where they all get the same value, which PostgreSQL then keeps beside the
 * table. Source: PostgreSQL documentation, ALTER TABLE, Notes; `ATExecAddColumn` in tablecmds.c.
 */
export function addColumnWork(before: Schema, table: QualifiedName, column: Column): readonly Work[] {
  const each = (work: Omit<Work, 'table'>): readonly Work[] => withRows(before, table).map((member) => ({ ...work, table: member }));
  if (column.identity !== null || column.serial || column.generated?.stored === true) return each({ kind: 'rewrite' });
  const scan = column.nullable ? [] : each({ kind: 'scan' });
  if (column.generated !== null) return scan;
  if (column.type.kind === 'unknown') return each({ kind: 'rewrite', maybe: column.type.reason });
  if (column.type.kind === 'named' && !knownExtensionTypes.has(column.type.name)) return [...each({ kind: 'rewrite', maybe: message('Only where {type} is a domain with constraints.', { type: typeKey(column.type) }) }), ...scan];
  if (column.default === null || column.default.sql.trim().toLowerCase() === 'null') return scan;
  const volatility = volatilityOf(column.default.sql);
  if (volatility === 'volatile') return each({ kind: 'rewrite' });
  return volatility === 'settled' ? [] : each({ kind: 'rewrite', maybe: message('Only where {function}() is volatile.', { function: volatility.unknown }) });
}
