import { parsePython } from '../python/parse';
import type { Call, Expression } from '../python/expression-syntax';
import type { ClassDefinition, Statement } from '../python/syntax';
import type { TextRange } from '../text/text';

/** A class, or a `Table(…)` call: what declares columns, or an enum's members. */
export interface Owner {
  /** The class, or the variable that the table is assigned to. */
  readonly name: string;
  /** As `__tablename__` or the first argument of `Table(…)` has it, where it is a plain string. */
  readonly tableName: string | null;
  readonly range: TextRange;
  /** What names the table: the statement of `__tablename__`, the argument, else the class's own name. */
  readonly naming: TextRange;
  readonly declarations: readonly Declaration[];
}

/** One attribute of a class that may be a column or a member, or one `Column(…)` of a `Table(…)`. */
export interface Declaration {
  /** The column that it would make: the name that is written in the call, else the attribute's. Null: not known. */
  readonly column: string | null;
  /** The attribute's name; null in a `Table(…)`. */
  readonly attribute: string | null;
  /** The string that it is assigned, as an enum's member has it. */
  readonly value: string | null;
  readonly range: TextRange;
}

/**
 * What a model file declares, by its syntax alone: the text may be one of long ago, whose imports are not there any more.
 * Of broken code, what can be read.
 */
export function readDeclarations(text: string): readonly Owner[] {
  return ownersIn(parsePython('', text).value.body);
}

function ownersIn(body: readonly Statement[]): readonly Owner[] {
  return body.flatMap((statement): readonly Owner[] => {
    switch (statement.kind) {
      case 'class':
        return [classOwner(statement), ...ownersIn(statement.body)];
      case 'assign': {
        const table = statement.value === null ? null : tableOwner(statement.value, nameIn(statement.targets[0]) ?? '');
        return table === null ? [] : [table];
      }
      case 'if':
        return [...statement.branches.flatMap((branch) => ownersIn(branch.body)), ...ownersIn(statement.otherwise)];
      case 'try':
        return [...ownersIn(statement.body), ...statement.handlers.flatMap((handler) => ownersIn(handler.body)), ...ownersIn(statement.otherwise)];
      case 'function':
      case 'with':
        return ownersIn(statement.body);
      default:
        return [];
    }
  });
}

function classOwner(definition: ClassDefinition): Owner {
  const named = definition.body.find((statement) => statement.kind === 'assign' && nameIn(statement.targets[0]) === '__tablename__');
  const tableName = named?.kind === 'assign' ? stringIn(named.value) : null;
  return { name: definition.name, tableName, range: definition.range, naming: named?.range ?? definition.nameRange, declarations: definition.body.flatMap(declarationsIn) };
}

function declarationsIn(statement: Statement): readonly Declaration[] {
  // `@declared_attr def owner_id(cls)`
  if (statement.kind === 'function') return [{ column: statement.name, attribute: statement.name, value: null, range: statement.range }];
  if (statement.kind !== 'assign') return [];
  const attribute = nameIn(statement.targets[0]);
  if (attribute === null || /^__.*__$/.test(attribute)) return [];
  const { value, range } = statement;
  const written = value?.kind === 'call' && /^(Column|mapped_column)$/.test(calledName(value)) ? stringIn(value.args[0] ?? null) : null;
  return [{ column: written ?? attribute, attribute, value: stringIn(value), range }];
}

function tableOwner(value: Expression, name: string): Owner | null {
  if (value.kind !== 'call' || calledName(value) !== 'Table') return null;
  const [first] = value.args;
  const columns = value.args.filter((argument): argument is Call => argument.kind === 'call' && calledName(argument) === 'Column');
  const declarations = columns.map((column) => ({ column: stringIn(column.args[0] ?? null), attribute: null, value: null, range: column.range }));
  return { name, tableName: stringIn(first ?? null), range: value.range, naming: first?.range ?? value.range, declarations };
}

function calledName({ callee }: Call): string {
  return callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
}

function nameIn(target: Expression | undefined): string | null {
  return target?.kind === 'name' ? target.name : null;
}

function stringIn(value: Expression | null): string | null {
  return value?.kind === 'string' && !value.bytes ? value.value : null;
}
