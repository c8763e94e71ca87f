import type { Operation } from '../operations/operation';
import { pythonString, type Code } from './python-layout';

/** `with op.batch_alter_table("place") as batch_op:`: its operations run when the block ends, and leave the table out. */
export interface Batch {
  readonly variable: string;
  readonly schema: string | null;
  readonly table: string;
}

/** `op.add_column("place", …)` as `batch_op.add_column(…)` where the batch is about the same table; else as it is. */
export function inBatch(code: Code, operation: Operation, batch: Batch): Code {
  const own = batchable[operation.kind];
  if (typeof code === 'string' || !('table' in operation) || !('schema' in operation) || operation.table !== batch.table || operation.schema !== batch.schema) return code;
  if (own === undefined || !code.open.startsWith(`op.${operation.kind}(`)) return code;
  const items = code.items.filter((item, index) => !(index === own && item === pythonString(batch.table)) && !isNamed(item));
  return { ...code, open: code.open.replace(/^op\./, `${batch.variable}.`), items };
}

/** The operation becomes one of the batch, if there is one. */
export function runsInBatch(operation: Operation, batch: Batch | null): boolean {
  return batch === null || (batchable[operation.kind] !== undefined && 'table' in operation && 'schema' in operation && operation.table === batch.table && operation.schema === batch.schema);
}

/** The operations that a batch has, with the position of the table among their arguments. */
const batchable: Readonly<Partial<Record<Operation['kind'], number>>> = {
  add_column: 0,
  drop_column: 0,
  alter_column: 0,
  create_primary_key: 1,
  create_foreign_key: 1,
  create_unique_constraint: 1,
  create_check_constraint: 1,
  create_exclude_constraint: 1,
  drop_constraint: 1,
  create_index: 1,
  drop_index: 1,
  create_table_comment: 0,
  drop_table_comment: 0,
};

function isNamed(item: Code): boolean {
  return typeof item === 'string' && /^(table_name|schema|source_schema)=/.test(item);
}
