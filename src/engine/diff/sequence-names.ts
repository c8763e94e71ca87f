import type { Operation } from '../operations/operation';
import { makeObjectName } from '../schema/constraint-names';
import { findTable } from '../schema/lookup';
import { findColumn, type Schema } from '../schema/schema';
import type { OriginOf } from './data';

/**
 * Sequences behind `serial` and identity columns follow a renamed table or column where they have the name that
 * PostgreSQL gave them (`table_column_seq`), as their indexes and constraints do. `renamed`: the schema after the renames.
 */
export function renameSequences(renamed: Schema, originOf: OriginOf): readonly Operation[] {
  return renamed.sequences.flatMap((sequence): readonly Operation[] => {
    const owner = sequence.ownedBy;
    const origin = owner === null ? null : originOf(owner, owner.column);
    if (owner === null || origin === null || sequence.name !== makeObjectName(origin.table.name, origin.column, 'seq')) return [];
    const table = findTable(renamed, owner);
    const column = table === undefined ? undefined : findColumn(table, owner.column);
    const newName = makeObjectName(owner.name, owner.column, 'seq');
    const isTaken = (): boolean => renamed.sequences.some((other) => other.schema === sequence.schema && other.name === newName);
    if (newName === sequence.name || isTaken() || (column?.serial !== true && (column?.identity ?? null) === null)) return [];
    return [{ kind: 'rename_sequence', schema: sequence.schema, name: sequence.name, newName }];
  });
}
