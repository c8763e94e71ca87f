import { constraintName, type ConstraintKind } from '../../sqlalchemy/naming';
import type { OperationOf } from '../operation';
import { isFinalName, names, optional, type OperationCall } from './call';

/** As written; by the naming convention of the models where the draft leaves it to that. `op.f("…")` is final. */
export function nameOf(
  call: OperationCall,
  kind: ConstraintKind,
  on: { readonly schema: string | null; readonly table: string },
  columns: readonly string[],
  references?: OperationOf<'create_foreign_key'>['constraint']['references'],
  parameter = 'constraint_name',
): string | null {
  const written = call.arguments.named.get(parameter);
  const given = optional(call, parameter);
  const result = constraintName(
    call.context.convention,
    kind,
    {
      schema: on.schema,
      table: on.table,
      columns: columns.map((name) => ({ name, key: name })),
      given,
      ...(references === undefined ? {} : { referredTable: references.name, referredColumns: references.columns }),
    },
    written !== undefined && isFinalName(written),
  );
  return 'name' in result ? result.name : given;
}

export function namesOf(call: OperationCall, parameter: string): readonly string[] {
  return call.arguments.named.has(parameter) ? names(call, parameter) : [];
}
