import type { Expression, ForeignKey, IndexElement, Table } from '../schema/schema';
import { quoteIdentifier, quoteLiteral, quoteName } from '../sql/identifiers';
import type { AlterColumn, Operation, OperationOf } from '../operations/operation';
import { inBatch, type Batch } from './batch';
import { isInteger, renderColumn, withCollation } from './columns';
import { canSpanLines, escapeBinds, renderDefault, renderText, withoutParentheses } from './expressions';
import { blockCall, call, dict, keyword, layout, list, pythonString, type Code } from './python-layout';
import { alterSequenceSql, columnSql, constraintCommentSql, createEnumSql, createSequenceSql, createViewSql, elementSql, furtherStatements, numberingSql } from './sql';
import { addKeySql, createTableSql } from './table-sql';
import { typeSql } from '../sql/types';
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
  const statements = sqlStatements(operation)?.map(sql) ?? [render(operation as OneCall, options.labelsOf ?? (() => undefined)), ...furtherStatements(operation).map(sql)];
  const imports = statements.flatMap((statement) => statement.imports);
  const lines = statements.flatMap(({ code }) => layout(options.batch === undefined ? code : inBatch(code, operation, options.batch), indent).flatMap((line) => line.slice(indent).split('\n')));
  const note = operation.note === undefined ? [] : wrapComment(operation.note, 88 - indent);
  return { lines: [...note, ...lines], imports };
}

type OneCall = Exclude<Operation, OperationOf<'drop_expression' | 'create_schema' | 'drop_schema' | 'set_numbering' | 'set_constraint_comment' | 'create_view' | 'drop_view' | 'create_policy' | 'drop_policy' | 'create_trigger' | 'drop_trigger'>>;

/** What Alembic has no words for, as the SQL statements that do it; null for everything else. */
function sqlStatements(operation: Operation): readonly string[] | null {
  switch (operation.kind) {
    case 'create_schema':
      return [`CREATE SCHEMA ${operation.ifNotExists === true ? 'IF NOT EXISTS ' : ''}${quoteIdentifier(operation.name)}`];
    case 'drop_schema':
      return [`DROP SCHEMA ${quoteIdentifier(operation.name)}`];
    case 'drop_expression':
      return [`ALTER TABLE ${quoteName({ schema: operation.schema, name: operation.table })} ALTER COLUMN ${quoteIdentifier(operation.column)} DROP EXPRESSION`];
    case 'set_numbering':
      return numberingSql(operation);
    case 'create_view':
      return createViewSql(operation.view);
    case 'drop_view':
      return [`DROP ${operation.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${quoteName(operation)}`];
    case 'create_policy':
      return [operation.policy.definition, ...(operation.policy.extras ?? [])];
    case 'drop_policy':
      return [`DROP POLICY ${quoteIdentifier(operation.name)} ON ${quoteName({ schema: operation.schema, name: operation.table })}`];
    case 'create_trigger':
      return [operation.trigger.definition, ...(operation.trigger.extras ?? [])];
    case 'drop_trigger':
      return [`DROP ${operation.type === 'rule' ? 'RULE' : 'TRIGGER'} ${quoteIdentifier(operation.name)} ON ${quoteName({ schema: operation.schema, name: operation.table })}`];
    case 'set_constraint_comment':
      return [constraintCommentSql({ schema: operation.schema, name: operation.table }, operation.name, operation.comment)];
    default:
      return null;
  }
}

function render(operation: OneCall, labelsOf: LabelsOf): Rendered {
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
      // op.create_primary_key takes no options.
      if (operation.usingIndex !== undefined || operation.constraint.include.length > 0 || operation.constraint.deferrable) return sql(addKeySql(operation));
      return plain(call('op.create_primary_key', [finalName(operation.constraint.name), pythonString(operation.table), nameList(operation.constraint.columns), ...inSchema(operation.schema)]));
    case 'create_foreign_key':
      return foreignKey(operation);
    case 'create_unique_constraint':
      if (operation.usingIndex !== undefined || operation.constraint.include.length > 0) return sql(addKeySql(operation));
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
      if (operation.ifExists === true && operation.name !== null) return sql(`ALTER TABLE ${quoteName({ schema: operation.schema, name: operation.table })} DROP CONSTRAINT IF EXISTS ${quoteIdentifier(operation.name)}`);
      return plain(
        call('op.drop_constraint', [
          finalName(operation.name),
          pythonString(operation.table),
          ...inSchema(operation.schema),
          ...(operation.type === null || operation.type === 'exclude' ? [] : [keyword('type_', pythonString(operation.type))]),
          ...flag('if_exists', operation.ifExists),
        ]),
      );
    case 'set_table_schema':
      return sql(`ALTER TABLE ${quoteName(operation)} SET SCHEMA ${quoteIdentifier(operation.newSchema)}`);
    case 'validate_constraint':
      return sql(`ALTER TABLE ${quoteName({ schema: operation.schema, name: operation.table })} VALIDATE CONSTRAINT ${quoteIdentifier(operation.name)}`);
    case 'rename_constraint':
      return sql(`ALTER TABLE ${quoteName({ schema: operation.schema, name: operation.table })} RENAME CONSTRAINT ${quoteIdentifier(operation.name)} TO ${quoteIdentifier(operation.newName)}`);
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
    case 'rename_index':
      return sql(`ALTER INDEX ${quoteName(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`);
    case 'create_enum':
      if (!operation.checkFirst) return sql(createEnumSql(operation.enum));
      return createOrDropEnum('create', operation.enum, operation.enum.labels);
    case 'drop_enum':
      if (!operation.checkFirst) return sql(`DROP TYPE ${quoteName(operation)}`);
      return createOrDropEnum('drop', operation, []);
    case 'rename_enum':
      return sql(`ALTER TYPE ${quoteName(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`);
    case 'set_enum_schema':
      return sql(`ALTER TYPE ${quoteName(operation)} SET SCHEMA ${quoteIdentifier(operation.newSchema)}`);
    case 'add_enum_value': {
      const place = operation.position === null ? '' : 'before' in operation.position ? ` BEFORE ${quoteLiteral(operation.position.before)}` : ` AFTER ${quoteLiteral(operation.position.after)}`;
      return sql(`ALTER TYPE ${quoteName(operation)} ADD VALUE ${operation.ifNotExists === true ? 'IF NOT EXISTS ' : ''}${quoteLiteral(operation.label)}${place}`);
    }
    case 'rename_enum_value':
      return sql(`ALTER TYPE ${quoteName(operation)} RENAME VALUE ${quoteLiteral(operation.label)} TO ${quoteLiteral(operation.newLabel)}`);
    case 'rename_sequence':
      return sql(`ALTER SEQUENCE ${quoteName(operation)} RENAME TO ${quoteIdentifier(operation.newName)}`);
    case 'create_sequence':
      return sql(createSequenceSql(operation.sequence));
    case 'drop_sequence':
      return sql(`DROP SEQUENCE ${quoteName(operation)}`);
    case 'alter_sequence':
      return sql(alterSequenceSql(operation));
    case 'execute':
      return sql(operation.sql);
    case 'unknown':
      return plain('pass');
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
  return [...include(constraint), ...flag('postgresql_nulls_not_distinct', constraint.nullsNotDistinct)];
}

function include({ include: names }: { readonly include: readonly string[] }): readonly Code[] {
  return names.length > 0 ? [keyword('postgresql_include', nameList(names))] : [];
}

/** The type's own class both creates and drops, and looks first whether there is something to do. */
function createOrDropEnum(verb: 'create' | 'drop', type: { readonly schema: string | null; readonly name: string }, labels: readonly string[]): Rendered {
  const enumCall = call('sa.Enum', [...labels.map(pythonString), keyword('name', pythonString(type.name)), ...inSchema(type.schema)]);
  return plain({ ...enumCall, close: `).${verb}(op.get_bind(), checkfirst=True)` });
}

function createTable(operation: OperationOf<'create_table'>, labelsOf: LabelsOf): Rendered {
  const { table } = operation;
  const imports: string[] = [];
  const items: Code[] = [pythonString(table.name)];
  for (const column of table.columns) {
    const rendered = renderColumn(column, labelsOf, table.primaryKey?.columns.includes(column.name) ?? false);
    if (rendered === null || (column.serial && !serialByItself(table, column.name))) return sql(createTableSql(table));
    items.push(rendered.code);
    imports.push(...rendered.imports);
  }
  for (const check of table.checks) items.push(call('sa.CheckConstraint', [pythonString(escapeBinds(withoutParentheses(check.expression.sql))), ...named(check.name)]));
  for (const key of table.foreignKeys) {
    const target = key.references.columns.map((column) => pythonString([key.references.schema, key.references.name, column].filter((part) => part !== null).join('.')));
    items.push(call('sa.ForeignKeyConstraint', [nameList(key.columns), list(target), ...named(key.name), ...foreignKeyOptions(key)]));
  }
  if (table.primaryKey !== null) items.push(call('sa.PrimaryKeyConstraint', [...table.primaryKey.columns.map(pythonString), ...named(table.primaryKey.name), ...deferral(table.primaryKey), ...include(table.primaryKey)]));
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

function addColumn(operation: OperationOf<'add_column'>, labelsOf: LabelsOf): Rendered {
  const rendered = renderColumn(operation.column, labelsOf, false);
  // op.add_column knows no SERIAL, and no type beyond SQLAlchemy's.
  if (rendered === null || (operation.column.serial && isInteger(operation.column))) {
    return sql(`ALTER TABLE ${quoteName({ schema: operation.schema, name: operation.table })} ADD COLUMN ${operation.ifNotExists === true ? 'IF NOT EXISTS ' : ''}${columnSql(operation.column)}`);
  }
  return { code: call('op.add_column', [pythonString(operation.table), rendered.code, ...inSchema(operation.schema), ...flag('if_not_exists', operation.ifNotExists)]), imports: rendered.imports };
}

function alterColumn(operation: AlterColumn, labelsOf: LabelsOf): Rendered {
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
  if (operation.type !== undefined && renderType(operation.type, labelsOf) === null) return sql(alterTypeSql(operation));
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

function alterTypeSql(operation: AlterColumn): string {
  const type = operation.type === undefined ? '' : typeSql(operation.type);
  return `ALTER TABLE ${quoteName({ schema: operation.schema, name: operation.table })} ALTER COLUMN ${quoteIdentifier(operation.column)} TYPE ${type}${operation.collation === undefined || operation.collation === null ? '' : ` COLLATE ${quoteIdentifier(operation.collation)}`}${operation.using === undefined ? '' : ` USING ${operation.using}`}`;
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

function excludeConstraint(operation: OperationOf<'create_exclude_constraint'>): Rendered {
  const { constraint } = operation;
  const elements = constraint.elements.map((element): Code => ({ open: '(', items: [elementCode(element), pythonString(element.operator)], close: ')' }));
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

function wrapComment(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '#';
    for (const word of line.split(' ')) {
      if (current !== '#' && current.length + 1 + word.length > width) {
        lines.push(current);
        current = '#';
      }
      current += ` ${word}`;
    }
    return [...lines, current];
  });
}
