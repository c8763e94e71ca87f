import { emptySchema, type Expression, type ForeignKey, type IndexElement, type Table } from '../schema/schema';
import type { AlterColumn, Operation, OperationOf } from '../operations/operation';
import { inBatch, type Batch } from './batch';
import { isInteger, renderColumn, withCollation } from './columns';
import { canSpanLines, escapeBinds, renderDefault, renderText, withoutParentheses } from './expressions';
import { blockCall, call, dict, keyword, layout, list, pythonString, type Code } from './python-layout';
import { operationSql } from './operation-sql';
import { furtherStatements, elementSql } from './sql';
import { wrapComment } from './comments';
import { nameList, renderType, type LabelsOf, type Rendered } from './types';

/** One operation as Python: its lines without indentation, and the import lines that it needs beyond `op` and `sa`. */
export interface RenderedOperation {
  readonly lines: readonly string[];
  readonly imports: readonly string[];
}

export interface RenderOptions {
  /** Spaces before each line of the body; the width that is left decides where lines break. */
  readonly indent?: number;
  /** The labels of enum types at this point of the draft. */
  readonly labelsOf?: LabelsOf;
  /** Inside of this `with op.batch_alter_table(…)`. */
  readonly batch?: Batch;
}

/**
 * Writes an operation as a careful Alembic user would: every name final (`op.f`), every type explicit, SQL only where
 * Alembic has no words for it. Lines are given without the indentation, laid out for it.
 */
export function renderOperation(operation: Operation, options: RenderOptions = {}): RenderedOperation {
  const indent = options.indent ?? 4;
  const call = render(operation, options.labelsOf ?? (() => undefined));
  // What Alembic has no words for does not depend on the schema before it.
  const statements = call === null ? operationSql(operation, emptySchema).map(sql) : [call, ...furtherStatements(operation).map(sql)];
  const imports = statements.flatMap((statement) => statement.imports);
  const lines = statements.flatMap(({ code }) => layout(options.batch === undefined ? code : inBatch(code, operation, options.batch), indent).flatMap((line) => line.slice(indent).split('\n')));
  return { lines: [...noteLines(operation, 88 - indent), ...lines], imports };
}

/** The call of Alembic's operation; null where it has no words for it. */
function render(operation: Operation, labelsOf: LabelsOf): Rendered | null {
  switch (operation.kind) {
    case 'create_table':
      return createTable(operation, labelsOf);
    case 'drop_table':
      return plain(call('op.drop_table', [pythonString(operation.name), ...inSchema(operation.schema), ...flag('if_exists', operation.ifExists)]));
    case 'rename_table':
      return plain(call('op.rename_table', [pythonString(operation.name), pythonString(operation.newName), ...inSchema(operation.schema)]));
    case 'create_table_comment':
      return plain(call('op.create_table_comment', [pythonString(operation.table), pythonString(operation.comment), ...inSchema(operation.schema)]));
    case 'drop_table_comment':
      return plain(call('op.drop_table_comment', [pythonString(operation.table), ...inSchema(operation.schema)]));
    case 'add_column':
      return addColumn(operation, labelsOf);
    case 'drop_column':
      return plain(call('op.drop_column', [pythonString(operation.table), pythonString(operation.column), ...inSchema(operation.schema), ...flag('if_exists', operation.ifExists)]));
    case 'alter_column':
      return alterColumn(operation, labelsOf);
    case 'create_primary_key':
      if (operation.usingIndex !== undefined || operation.constraint.deferrable || hasIncluded(operation.constraint)) return null;
      return plain(call('op.create_primary_key', [finalName(operation.constraint.name), pythonString(operation.table), nameList(operation.constraint.columns), ...inSchema(operation.schema)]));
    case 'create_foreign_key':
      return foreignKey(operation);
    case 'create_unique_constraint':
      if (operation.usingIndex !== undefined || hasIncluded(operation.constraint)) return null;
      return plain(
        call('op.create_unique_constraint', [
          finalName(operation.constraint.name),
          pythonString(operation.table),
          nameList(operation.constraint.columns),
          ...inSchema(operation.schema),
          ...deferral(operation.constraint),
          ...uniqueOptions(operation.constraint),
        ]),
      );
    case 'create_check_constraint':
      if (operation.constraint.noInherit) return null;
      return plain(
        call('op.create_check_constraint', [
          finalName(operation.constraint.name),
          pythonString(operation.table),
          renderText(withoutParentheses(operation.constraint.expression.sql)),
          ...inSchema(operation.schema),
          ...flag('postgresql_not_valid', operation.constraint.notValid),
        ]),
      );
    case 'create_exclude_constraint':
      return excludeConstraint(operation);
    case 'drop_constraint':
      // Alembic knows `if_exists` here since 1.16 only.
      if (operation.ifExists === true && operation.name !== null) return null;
      return plain(
        call('op.drop_constraint', [
          finalName(operation.name),
          pythonString(operation.table),
          ...inSchema(operation.schema),
          ...(operation.type === null || operation.type === 'exclude' ? [] : [keyword('type_', pythonString(operation.type))]),
          ...flag('if_exists', operation.ifExists),
        ]),
      );
    case 'create_index':
      return createIndex(operation);
    case 'drop_index':
      return plain(
        call('op.drop_index', [
          finalName(operation.name),
          ...(operation.table === null ? [] : [keyword('table_name', pythonString(operation.table))]),
          ...inSchema(operation.schema),
          ...flag('postgresql_concurrently', operation.concurrently),
          ...flag('if_exists', operation.ifExists),
        ]),
      );
    case 'create_enum':
      return operation.checkFirst ? createOrDropEnum('create', operation.enum, operation.enum.labels) : null;
    case 'drop_enum':
      return operation.checkFirst ? createOrDropEnum('drop', operation, []) : null;
    case 'execute':
      return sql(operation.sql);
    case 'unknown':
      return plain('pass');
    default:
      return null;
  }
}

function plain(code: Code): Rendered {
  return { code, imports: [] };
}

function sql(text: string): Rendered {
  const escaped = escapeBinds(text);
  // As a string of its own, since black has nothing to break in it.
  return plain(canSpanLines(text) ? blockCall('op.execute', escaped) : call('op.execute', [pythonString(escaped)]));
}

/** Every name is final: `op.f` keeps a naming convention of the metadata from changing it again. */
function finalName(name: string | null): Code {
  return name === null ? 'None' : call('op.f', [pythonString(name)]);
}

function inSchema(schema: string | null, key = 'schema'): readonly Code[] {
  return schema === null ? [] : [keyword(key, pythonString(schema))];
}

function flag(key: string, value: boolean | undefined): readonly Code[] {
  return value === true ? [`${key}=True`] : [];
}

function deferral(constraint: { readonly deferrable: boolean; readonly initiallyDeferred: boolean }): readonly Code[] {
  return [...flag('deferrable', constraint.deferrable), ...(constraint.initiallyDeferred ? ['initially="DEFERRED"'] : [])];
}

function uniqueOptions(constraint: { readonly include: readonly string[]; readonly nullsNotDistinct: boolean }): readonly Code[] {
  return [...included(constraint.include), ...flag('postgresql_nulls_not_distinct', constraint.nullsNotDistinct)];
}

/** Alembic makes the constraint on a table that lacks these columns, and fails with a KeyError; inside of `op.create_table` they are there. */
function hasIncluded(constraint: { readonly include: readonly string[] }): boolean {
  return constraint.include.length > 0;
}

function included(columns: readonly string[]): readonly Code[] {
  return columns.length === 0 ? [] : [keyword('postgresql_include', nameList(columns))];
}

/** The type's own class both creates and drops, and looks first whether there is something to do. */
function createOrDropEnum(verb: 'create' | 'drop', type: { readonly schema: string | null; readonly name: string }, labels: readonly string[]): Rendered {
  const enumCall = call('sa.Enum', [...labels.map(pythonString), keyword('name', pythonString(type.name)), ...inSchema(type.schema)]);
  return plain({ ...enumCall, close: `).${verb}(op.get_bind(), checkfirst=True)` });
}

function createTable(operation: OperationOf<'create_table'>, labelsOf: LabelsOf): Rendered | null {
  const { table } = operation;
  if (table.checks.some((check) => check.noInherit) || table.excludes.length > 0 || table.indexes.length > 0) return null;
  const imports: string[] = [];
  const items: Code[] = [pythonString(table.name)];
  for (const column of table.columns) {
    const rendered = renderColumn(column, labelsOf, table.primaryKey?.columns.includes(column.name) ?? false);
    if (rendered === null || (column.serial && !serialByItself(table, column.name))) return null;
    items.push(rendered.code);
    imports.push(...rendered.imports);
  }
  for (const check of table.checks) items.push(call('sa.CheckConstraint', [pythonString(escapeBinds(withoutParentheses(check.expression.sql))), ...named(check.name)]));
  for (const key of table.foreignKeys) {
    const target = key.references.columns.map((column) => pythonString([key.references.schema, key.references.name, column].filter((part) => part !== null).join('.')));
    items.push(call('sa.ForeignKeyConstraint', [nameList(key.columns), list(target), ...named(key.name), ...foreignKeyOptions(key)]));
  }
  if (table.primaryKey !== null) items.push(call('sa.PrimaryKeyConstraint', [...table.primaryKey.columns.map(pythonString), ...named(table.primaryKey.name), ...deferral(table.primaryKey), ...included(table.primaryKey.include)]));
  for (const unique of table.uniques) items.push(call('sa.UniqueConstraint', [...unique.columns.map(pythonString), ...named(unique.name), ...deferral(unique), ...uniqueOptions(unique)]));
  items.push(...inSchema(table.schema));
  if (table.comment !== null) items.push(keyword('comment', pythonString(table.comment)));
  if (table.partitionBy !== null) items.push(keyword('postgresql_partition_by', pythonString(table.partitionBy)));
  items.push(...flag('if_not_exists', operation.ifNotExists));
  return { code: call('op.create_table', items), imports };
}

/** SQLAlchemy makes SERIAL of the one integer column of a primary key that refers to nothing. */
function serialByItself(table: Table, column: string): boolean {
  return table.primaryKey?.columns.includes(column) === true && table.columns.filter((candidate) => candidate.serial).length === 1;
}

function named(name: string | null): readonly Code[] {
  return name === null ? [] : [keyword('name', finalName(name))];
}

function addColumn(operation: OperationOf<'add_column'>, labelsOf: LabelsOf): Rendered | null {
  const rendered = renderColumn(operation.column, labelsOf, false);
  // op.add_column knows no SERIAL, and no type beyond SQLAlchemy's.
  if (rendered === null || (operation.column.serial && isInteger(operation.column))) return null;
  return { code: call('op.add_column', [pythonString(operation.table), rendered.code, ...inSchema(operation.schema), ...flag('if_not_exists', operation.ifNotExists)]), imports: rendered.imports };
}

function alterColumn(operation: AlterColumn, labelsOf: LabelsOf): Rendered | null {
  const imports: string[] = [];
  const items: Code[] = [pythonString(operation.table), pythonString(operation.column)];
  if (operation.newName !== undefined) items.push(keyword('new_column_name', pythonString(operation.newName)));
  const type = (key: string, value: AlterColumn['type'], collation: string | null = null): void => {
    if (value === undefined) return;
    const rendered = renderType(value, labelsOf);
    if (rendered === null) return;
    items.push(keyword(key, collation === null ? rendered.code : withCollation(rendered.code, collation)));
    imports.push(...rendered.imports);
  };
  if (operation.type !== undefined && renderType(operation.type, labelsOf) === null) return null;
  type('existing_type', operation.existing?.type);
  type('type_', operation.type, operation.collation);
  if (operation.nullable !== undefined) items.push(`nullable=${operation.nullable ? 'True' : 'False'}`);
  else if (operation.existing?.nullable !== undefined) items.push(`existing_nullable=${operation.existing.nullable ? 'True' : 'False'}`);
  if (operation.default !== undefined) items.push(keyword('server_default', optionalDefault(operation.default)));
  else if (operation.existing?.default !== undefined) items.push(keyword('existing_server_default', optionalDefault(operation.existing.default)));
  if (operation.comment !== undefined) items.push(keyword('comment', operation.comment === null ? 'None' : pythonString(operation.comment)));
  if (operation.using !== undefined) items.push(keyword('postgresql_using', pythonString(operation.using)));
  items.push(...inSchema(operation.schema));
  return { code: call('op.alter_column', items), imports };
}

function optionalDefault(value: Expression | null): Code {
  return value === null ? 'None' : renderDefault(value);
}

function foreignKey(operation: OperationOf<'create_foreign_key'>): Rendered {
  const key = operation.constraint;
  return plain(
    call('op.create_foreign_key', [
      finalName(key.name),
      pythonString(operation.table),
      pythonString(key.references.name),
      nameList(key.columns),
      nameList(key.references.columns),
      ...foreignKeyOptions(key),
      ...inSchema(operation.schema, 'source_schema'),
      ...inSchema(key.references.schema, 'referent_schema'),
      ...flag('postgresql_not_valid', key.notValid),
    ]),
  );
}

function foreignKeyOptions(key: ForeignKey): readonly Code[] {
  return [
    ...(key.onUpdate === 'NO ACTION' ? [] : [keyword('onupdate', pythonString(key.onUpdate))]),
    ...(key.onDelete === 'NO ACTION' ? [] : [keyword('ondelete', pythonString(key.onDelete))]),
    ...deferral(key),
    ...(key.match === 'SIMPLE' ? [] : [keyword('match', pythonString(key.match))]),
  ];
}

/** Alembic takes columns by name alone here; on an expression it fails ("Column must be constructed with a non-blank name"). */
function excludeConstraint(operation: OperationOf<'create_exclude_constraint'>): Rendered | null {
  const { constraint } = operation;
  if (!constraint.elements.every((element) => isPlain(element) && element.operatorClass === null)) return null;
  const elements = constraint.elements.map((element): Code => ({ open: '(', items: [pythonString(element.column ?? ''), pythonString(element.operator)], close: ')' }));
  return plain(
    call('op.create_exclude_constraint', [
      finalName(constraint.name),
      pythonString(operation.table),
      ...elements,
      ...(constraint.where === null ? [] : [keyword('where', renderText(withoutParentheses(constraint.where.sql)))]),
      keyword('using', pythonString(constraint.method)),
      ...inSchema(operation.schema),
      ...deferral(constraint),
    ]),
  );
}

function createIndex(operation: OperationOf<'create_index'>): Rendered {
  const { index } = operation;
  const operatorClasses = index.elements.flatMap((element): readonly (readonly [string, Code])[] => (isPlain(element) && element.operatorClass !== null && element.column !== null ? [[element.column, pythonString(element.operatorClass)]] : []));
  return plain(
    call('op.create_index', [
      finalName(index.name),
      pythonString(operation.table),
      list(index.elements.map(elementCode)),
      `unique=${index.unique ? 'True' : 'False'}`,
      ...inSchema(operation.schema),
      ...(index.method === 'btree' ? [] : [keyword('postgresql_using', pythonString(index.method))]),
      ...(operatorClasses.length === 0 ? [] : [keyword('postgresql_ops', dict(operatorClasses))]),
      ...uniqueOptions(index),
      ...(Object.keys(index.options).length === 0 ? [] : [keyword('postgresql_with', dict(Object.entries(index.options).map(([key, value]) => [key, pythonString(value)] as const)))]),
      ...(index.where === null ? [] : [keyword('postgresql_where', renderText(withoutParentheses(index.where.sql)))]),
      ...flag('postgresql_concurrently', operation.concurrently),
      ...flag('if_not_exists', operation.ifNotExists),
    ]),
  );
}

/** A column by its name where that says all; else SQL. */
function elementCode(element: IndexElement): Code {
  return isPlain(element) && element.column !== null ? pythonString(element.column) : renderText(elementSql(element));
}

function isPlain(element: IndexElement): boolean {
  return element.column !== null && element.collation === null && !element.descending && !element.nullsFirst;
}

function noteLines({ note, downgradeNote = '', suggestion }: Operation, width: number): readonly string[] {
  const comment = note === undefined ? [] : wrapComment(note.replace(/\.?$/, (end) => downgradeNote + end), width, '#');
  return suggestion === undefined ? comment : [...comment, `# op.execute(${pythonString(escapeBinds(suggestion))})`];
}
