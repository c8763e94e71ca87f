import type { Module } from '../python/syntax';
import type { Operation } from './operation';

/** An Alembic revision script as operations. */
export interface Draft {
  readonly path: string;
  readonly upgrade: readonly Operation[];
  readonly downgrade: readonly Operation[];
  /** It raises (`raise NotImplementedError`): that the way back is closed is a decision. */
  readonly downgradeRaises: boolean;
  /** The file as read, for editing it. */
  readonly module: Module;
}
