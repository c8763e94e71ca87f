import type { CheckConstraint, Column, ForeignKey, Index, PrimaryKey, Table, UniqueConstraint } from './schema';

/** A column with everything left out at its usual value; readers spread over it. */
export const plainColumn: Omit<Column, 'name' | 'type'> = {
  nullable: true,
  default: null,
  identity: null,
  generated: null,
  serial: false,
  collation: null,
  comment: null,
  renamedFrom: null,
  modelDefault: null,
};

/** A table with everything left out at its usual value; readers spread over it. */
export const plainTable: Omit<Table, 'name' | 'schema'> = {
  columns: [],
  primaryKey: null,
  foreignKeys: [],
  uniques: [],
  checks: [],
  excludes: [],
  indexes: [],
  comment: null,
  policies: [],
  rowLevelSecurity: false,
  partitionBy: null,
  partitionOf: null,
  owner: null,
  extension: null,
  renamedFrom: null,
};

export const plainIndex: Omit<Index, 'name' | 'elements'> = {
  unique: false,
  method: 'btree',
  include: [],
  where: null,
  nullsNotDistinct: false,
  options: {},
  comment: null,
  valid: true,
};

export const plainForeignKey: Omit<ForeignKey, 'name' | 'columns' | 'references'> = {
  onDelete: 'NO ACTION',
  onUpdate: 'NO ACTION',
  match: 'SIMPLE',
  deferrable: false,
  initiallyDeferred: false,
  notValid: false,
  comment: null,
};

export const plainUnique: Omit<UniqueConstraint, 'name' | 'columns'> = {
  include: [],
  nullsNotDistinct: false,
  deferrable: false,
  initiallyDeferred: false,
  comment: null,
};

export const plainPrimaryKey: Omit<PrimaryKey, 'name' | 'columns'> = {
  include: [],
  deferrable: false,
  initiallyDeferred: false,
  comment: null,
};

export const plainCheck: Omit<CheckConstraint, 'name' | 'expression'> = { noInherit: false, notValid: false, comment: null };
