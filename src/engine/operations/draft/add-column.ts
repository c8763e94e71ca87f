import type { CallValue, Located } from '../../python/values';
import { isColumnCall } from '../../sqlalchemy/column';
import type { CheckConstraint, Table } from '../../schema/schema';
import { message } from '../../text/problem';
import { constraintsOf, createIndex } from '../reverse';
import type { InlineConstraints, OperationBody } from '../operation';
import { flagOf, onlyIfTrue, tableOf, Unreadable, type OperationCall, type ReadCall } from './call';
import { columnPlaces, tableWith, withColumn } from './tables';

/** `op.add_column`: the constraints and the index that the column brings follow it; its enum type does not come by itself. */
export function readAddColumn(call: OperationCall): ReadCall {
  const on = tableOf(call);
  const name = { schema: on.schema, name: on.table };
  const value = call.arguments.named.get('column');
  if (value === undefined || !isColumnCall(value)) throw new Unreadable(value?.kind === 'unknown' ? value.reason : message('The column cannot be read.'), [name]);
  const table = tableWith(call, name, [value], [], new Map());
  const [column] = table.columns;
  if (column === undefined) throw new Unreadable(message('The column cannot be read.'), [name]);
  const inline = inlineOf(call, table, value);
  const alone = <T extends object>(constraint: T): { readonly inline?: true } => (inline?.foreignKey === constraint || inline?.checks?.includes(constraint as CheckConstraint) === true ? { inline: true } : {});
  return {
    operations: [
      { kind: 'add_column', ...on, column, ...onlyIfTrue('ifNotExists', flagOf(call, 'if_not_exists')), ...(inline === null ? {} : { inline }) },
      ...constraintsOf(table).flatMap((operation): readonly OperationBody[] => {
        // Alembic makes no key of `primary_key=True` alone.
        if (operation.kind === 'create_primary_key') return inline?.primaryKey === true ? [{ ...operation, inline: true }] : [];
        return [{ ...operation, ...alone(operation.constraint) } as OperationBody];
      }),
      ...table.indexes.map((index): OperationBody => ({ ...createIndex(table, index) })),
    ],
    places: Object.fromEntries(columnPlaces('column', value)),
  };
}

/** What Alembic writes into ADD COLUMN itself. Source: Alembic, `ddl/base.py`, `add_column`. */
function inlineOf(call: OperationCall, table: Table, column: CallValue & Located): InlineConstraints | null {
  const [foreignKey] = table.foreignKeys;
  const references = flagOf(call, 'inline_references') === true && table.foreignKeys.length === 1 && foreignKey !== undefined;
  const key = flagOf(call, 'inline_primary_key') === true && table.primaryKey !== null;
  const checks = table.checks.filter((check) => withColumn(check, [column], table).inColumn !== undefined);
  if (!references && !key && checks.length === 0) return null;
  return { ...(key ? { primaryKey: true } : {}), ...(references ? { foreignKey } : {}), ...(checks.length === 0 ? {} : { checks }) };
}
