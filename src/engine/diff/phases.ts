import type { Operation } from '../operations/operation';

/**
 * The order in which a draft can run: what stands in the way goes first, what builds on others comes last.
 * Renames come before everything, so that all later operations use the new names.
 */
export const phaseOrder = [
  'dropDependents',
  'dropForeignKeys',
  'dropConstraints',
  'dropIndexes',
  'dropGenerated',
  'createSchemas',
  'createTypes',
  'createSequences',
  'createTables',
  'addColumns',
  'alterColumns',
  'addGenerated',
  'renameObjects',
  'createConstraints',
  'createIndexes',
  'createForeignKeys',
  'dropColumns',
  'dropTables',
  'dropSequences',
  'dropTypes',
  'createDependents',
  'comments',
] as const;

export type Phase = (typeof phaseOrder)[number];

/** Operations collected by phase, each phase in the order of collection. */
export class Phases {
  private readonly collected = new Map<Phase, Operation[]>();

  add(phase: Phase, ...operations: readonly Operation[]): void {
    const list = this.collected.get(phase) ?? [];
    list.push(...operations);
    this.collected.set(phase, list);
  }

  inOrder(): readonly Operation[] {
    return phaseOrder.flatMap((phase) => this.collected.get(phase) ?? []);
  }
}
