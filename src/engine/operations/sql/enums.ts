import type { AlterEnumStmt, CreateEnumStmt, DropStmt } from 'libpg-query';
import type { OperationBody } from '../operation';
import { cascade, listName, nodeName, strings } from './tree';

export function createEnum(statement: CreateEnumStmt): readonly OperationBody[] {
  return [
    {
      kind: 'create_enum',
      enum: { ...listName(statement.typeName), labels: strings(statement.vals), comment: null, extension: null },
      checkFirst: false,
    },
  ];
}

/** ADD VALUE and RENAME VALUE. */
export function alterEnum(statement: AlterEnumStmt): readonly OperationBody[] {
  const name = listName(statement.typeName);
  const label = statement.newVal ?? '';
  if (statement.oldVal !== undefined) return [{ kind: 'rename_enum_value', ...name, label: statement.oldVal, newLabel: label }];
  const neighbour = statement.newValNeighbor;
  return [
    {
      kind: 'add_enum_value',
      ...name,
      label,
      position: neighbour === undefined ? null : statement.newValIsAfter === true ? { after: neighbour } : { before: neighbour },
      ...(statement.skipIfNewValExists === true ? { ifNotExists: true } : {}),
    },
  ];
}

/** DROP TYPE: of an enum, as far as the statement can tell. Of another type only the columns are known, which CASCADE drops. */
export function dropTypes(statement: DropStmt): readonly OperationBody[] {
  return (statement.objects ?? []).map((node) => ({ kind: 'drop_enum', ...nodeName(node), checkFirst: statement.missing_ok ?? false, ...cascade(statement.behavior) }));
}
