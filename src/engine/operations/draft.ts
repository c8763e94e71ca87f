import type { Module } from '../python/syntax';
import type { Operation } from './operation';

/** An Alembic revision script as operations. */
export interface Draft {
  readonly path: string;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  /** It raises (`raise NotImplementedError`), or there is none, at which Alembic raises: that the way back is closed is a decision. */
  readonly downgradeRaises: boolean;
  /**
   * It asks the database what there is (`inspector.has_table(…)`): what it does hangs on the schema that it meets, which
   * `readDraft` takes as `before`. False: the operations are the same with any schema.
   */
  readonly asksSchema: boolean;
  /** The file as read, for editing it. */
  readonly module: Module;
}
