import { quoteIdentifier, quoteLiteral, quoteName, renameIdentifier } from '../sql/identifiers';
import type { Column, EnumType, Index, PrimaryKey, QualifiedName, Schema, Table, UniqueConstraint } from '../schema/schema';
import { findTable, positionOf, withPart, withTable, withTableAt } from '../schema/lookup';
import { displayName, sameName } from '../schema/schema';
import { message } from '../text/problem';
import { defaultConstraintName, type AnyConstraint } from '../schema/constraint-names';
import { alteredPolicy, alteredTrigger, createTrigger, createView, dropTrigger, followed, onView, renameViewColumn, setComment, withExtra } from './apply-dependents';
import { dropColumn, dropConstraint, dropNamespace, dropSequence, dropTable, dropType, dropView } from './apply-drops';
import { alteredSequence, createIndex, nameIndexes, onIndex, renameKey, withOptions } from './apply-indexes';
import { mapTexts, renameColumnInDependents, renameColumnInView } from './follow-renames';
import type { AlterColumn, Operation, OperationOf, SetNumbering } from './operation';
import { asPartition, dropPartitionIndexes, followPartitions, setPartition } from './partitions';
import { relocateEnum, relocateNamespace, relocateSequence, relocateTable } from './relocate';

/**
 * The schema after an operation, as PostgreSQL would leave it; the schema given stays as it is. What does not fit
 * (a table that is not there) is passed over: whether it fits is for the rules to say. An operation that was not
 * understood marks what it may have touched as *maybe*.
 */
export function applyOperation(schema: Schema, operation: Operation): Schema {
  return followPartitions(schema, applyOne(schema, operation), operation, applyOperation);
}

function applyOne(schema: Schema, operation: Operation): Schema {
  switch (operation.kind) {
    case 'create_schema':
      return schema.namespaces === undefined ? schema : { ...schema, namespaces: [...schema.namespaces.filter((name) => name !== operation.name), operation.name] };
    case 'drop_schema':
      return dropNamespace(schema, operation);
    case 'rename_schema':
      return relocateNamespace(schema, operation);
    case 'create_table':
      if (operation.prefixes?.some((word) => /^temp(orary)?$/i.test(word)) === true) return schema;
      if (operation.ifNotExists === true && schema.tables.some((table) => sameName(table, operation.table))) return schema;
      return createTable(schema, operation.table);
    case 'drop_table':
      return dropTable(schema, operation, operation.cascade === true);
    case 'rename_table':
      return relocateTable(schema, operation, { schema: operation.schema, name: operation.newName });
    case 'set_table_schema':
      return relocateTable(schema, operation, { schema: namespaceOf(schema, operation.newSchema), name: operation.name });
    case 'create_table_comment':
      return onTable(schema, operation, (table) => ({ ...table, comment: operation.comment }));
    case 'drop_table_comment':
      return onTable(schema, operation, (table) => ({ ...table, comment: null }));
    case 'set_row_level_security':
      return onTable(schema, operation, (table) => ({ ...table, rowLevelSecurity: operation.enabled }));
    case 'attach_partition':
    case 'detach_partition':
      return setPartition(schema, operation);
    case 'add_column':
      return onTable(schema, operation, (table) =>
        operation.ifNotExists === true && table.columns.some((column) => column.name === operation.column.name)
          ? table
          : withPart(table, operation.column, () => ({ ...table, columns: [...table.columns.filter((column) => column.name !== operation.column.name), operation.column] })),
      );
    case 'drop_column':
      return dropColumn(schema, { schema: operation.schema, name: operation.table }, operation.column, operation.cascade === true);
    case 'alter_column':
      return alterColumn(schema, operation);
    case 'drop_expression':
      return onTable(schema, operation, (table) => ({ ...table, columns: table.columns.map((column) => (column.name === operation.column ? { ...column, generated: null } : column)) }));
    case 'set_expression':
      return onTable(schema, operation, (table) => ({ ...table, columns: table.columns.map((column) => (column.name === operation.column && column.generated !== null ? { ...column, generated: { ...column.generated, expression: operation.expression } } : column)) }));
    case 'set_numbering':
      return setNumbering(schema, operation);
    case 'create_primary_key':
      return onTable(schema, operation, (table) => {
        const primaryKey = overIndex(table, operation);
        const columns = table.columns.map((column) => (primaryKey.columns.includes(column.name) ? { ...column, nullable: false } : column));
        return nameConstraints({ ...withoutIndex(table, operation.usingIndex), primaryKey, columns });
      });
    case 'validate_constraint':
      return onTable(schema, operation, (table) => validated(table, operation.name));
    case 'create_foreign_key':
      return onTable(schema, operation, (table) => nameConstraints({ ...table, foreignKeys: [...table.foreignKeys, operation.constraint] }));
    case 'create_unique_constraint':
      return onTable(schema, operation, (table) => nameConstraints({ ...withoutIndex(table, operation.usingIndex), uniques: [...table.uniques, overIndex(table, operation)] }));
    case 'create_check_constraint':
      return onTable(schema, operation, (table) => nameConstraints({ ...table, checks: [...table.checks, operation.constraint] }));
    case 'create_exclude_constraint':
      return onTable(schema, operation, (table) => nameConstraints({ ...table, excludes: [...table.excludes, operation.constraint] }));
    case 'drop_constraint':
      return dropConstraint(schema, { schema: operation.schema, name: operation.table }, operation.name, operation.cascade === true);
    case 'alter_constraint':
      return onTable(schema, operation, (table) => onConstraint(table, operation.name, { deferrable: operation.deferrable, initiallyDeferred: operation.initiallyDeferred }));
    case 'rename_constraint':
      return onTable(schema, operation, (table) => onConstraint(renamedNotNull(table, operation), operation.name, { name: operation.newName }));
    case 'set_constraint_comment':
      return onTable(schema, operation, (table) => onConstraint(table, operation.name, { comment: operation.comment }));
    case 'create_index':
      return createIndex(schema, operation);
    case 'drop_index':
      return dropPartitionIndexes(schema, onIndex(schema, operation.schema, operation.name, () => null), operation);
    case 'rename_index':
      // The index behind a key goes by the key's name.
      return renameKey(onIndex(schema, operation.schema, operation.name, (index) => ({ ...index, name: operation.newName })), operation.schema, operation.name, operation.newName);
    case 'set_index_options':
      return onIndex(schema, operation.schema, operation.name, (index) => ({ ...index, options: withOptions(index.options, operation.options) }));
    case 'create_enum':
      if (schema.enums.some((type) => sameName(type, operation.enum))) return schema;
      return { ...schema, enums: [...schema.enums, operation.enum] };
    case 'drop_enum':
      return dropType(schema, operation);
    case 'rename_enum':
      return relocateEnum(schema, operation, { schema: operation.schema, name: operation.newName });
    case 'set_enum_schema':
      return relocateEnum(schema, operation, { schema: namespaceOf(schema, operation.newSchema), name: operation.name });
    case 'add_enum_value':
      return onEnum(schema, operation, (type) => ({ ...type, labels: insertLabel(type.labels, operation.label, operation.position) }));
    case 'rename_enum_value':
      return renameLabel(schema, operation);
    case 'rename_sequence':
      return relocateSequence(schema, operation, { schema: operation.schema, name: operation.newName });
    case 'create_sequence':
      if (operation.ifNotExists === true && schema.sequences.some((sequence) => sameName(sequence, operation.sequence))) return schema;
      return { ...schema, sequences: [...schema.sequences, operation.sequence] };
    case 'drop_sequence':
      return dropSequence(schema, operation, operation.cascade === true);
    case 'alter_sequence':
      return { ...schema, sequences: schema.sequences.map((sequence) => (sameName(sequence, operation) ? alteredSequence(sequence, operation) : sequence)) };
    case 'create_view':
      return createView(schema, operation);
    case 'drop_view':
      return dropView(schema, operation, operation.cascade === true);
    case 'rename_view_column':
      return onView(schema, operation, (view) => renameViewColumn(view, operation.column, operation.newName));
    case 'create_policy':
      return onTable(schema, operation, (table) => ({ ...table, policies: [...table.policies.filter((policy) => policy.name !== operation.policy.name), operation.policy] }));
    case 'drop_policy':
      return onTable(schema, operation, (table) => ({ ...table, policies: table.policies.filter((policy) => policy.name !== operation.name) }));
    case 'alter_policy':
      return onTable(schema, operation, (table) => ({ ...table, policies: table.policies.map((policy) => (policy.name === operation.name ? alteredPolicy(policy, operation) : policy)) }));
    case 'create_trigger':
      return createTrigger(schema, operation);
    case 'drop_trigger':
      return dropTrigger(schema, operation);
    case 'alter_trigger':
      return onTable(schema, operation, (table) => ({ ...table, triggers: (table.triggers ?? []).map((trigger) => ((operation.name === null || trigger.name === operation.name) && trigger.kind === operation.type ? alteredTrigger(trigger, table, operation) : trigger)) }));
    case 'set_comment':
      return setComment(schema, operation);
    case 'execute':
      return followed(schema, operation);
    case 'unknown':
      return { ...schema, unknown: [...schema.unknown, { reason: operation.reason, tables: operation.tables, ...(operation.source === undefined ? {} : { at: operation.source }) }] };
  }
}

function createTable(schema: Schema, written: Table): Schema {
  const table = nameIndexes(schema, nameConstraints(written));
  const after = { ...schema, tables: withTable(schema.tables, table) };
  const parent = table.partitionOf === null ? undefined : findTable(schema, table.partitionOf);
  return parent === undefined ? after : asPartition(after, parent, table);
}

/** A namespace as schemas keep it: null is the default one. */
export function namespaceOf(schema: Schema, name: string): string | null {
  return name === schema.defaultSchema ? null : name;
}

/** All of them, one after the other. */
export function applyOperations(schema: Schema, operations: readonly Operation[]): Schema {
  return operations.reduce(applyOperation, schema);
}

function onTable(schema: Schema, where: { readonly schema: string | null; readonly table: string }, change: (table: Table) => Table): Schema {
  const at = positionOf(schema.tables, { schema: where.schema, name: where.table });
  const table = schema.tables[at];
  return table === undefined ? schema : { ...schema, tables: withTableAt(schema.tables, at, change(table)) };
}

function onEnum(schema: Schema, name: QualifiedName, change: (type: EnumType) => EnumType): Schema {
  return { ...schema, enums: schema.enums.map((type) => (sameName(type, name) ? change(type) : type)) };
}

/** PostgreSQL names what the script leaves unnamed. */
function nameConstraints(table: Table): Table {
  const named = <T extends AnyConstraint>(constraints: readonly T[]): readonly T[] =>
    constraints.every((constraint) => constraint.name !== null) ? constraints : constraints.map((constraint) => (constraint.name === null ? { ...constraint, name: defaultConstraintName(table, constraint) } : constraint));
  const primaryKey = table.primaryKey === null || table.primaryKey.name !== null ? table.primaryKey : { ...table.primaryKey, name: defaultConstraintName(table, table.primaryKey) };
  return { ...table, primaryKey, foreignKeys: named(table.foreignKeys), uniques: named(table.uniques), checks: named(table.checks), excludes: named(table.excludes) };
}

/** A constraint that takes over an index has it for its own from then on. */
function withoutIndex(table: Table, index: string | undefined): Table {
  return index === undefined ? table : { ...table, indexes: table.indexes.filter((candidate) => candidate.name !== index) };
}

/** `USING INDEX` alone does not say the columns: the index does. */
function overIndex<T extends PrimaryKey | UniqueConstraint>(table: Table, { constraint, usingIndex }: { readonly constraint: T; readonly usingIndex?: string }): T {
  const index = usingIndex === undefined ? undefined : table.indexes.find((candidate) => candidate.name === usingIndex);
  return index === undefined || constraint.columns.length > 0 ? constraint : { ...constraint, columns: index.elements.flatMap((element) => element.column ?? []), include: index.include };
}

function validated(table: Table, name: string): Table {
  const valid = <T extends { readonly name: string | null; readonly notValid: boolean }>(constraint: T): T => (constraint.name === name ? { ...constraint, notValid: false } : constraint);
  return { ...table, foreignKeys: table.foreignKeys.map(valid), checks: table.checks.map(valid) };
}

function renamedNotNull(table: Table, { name, newName }: OperationOf<'rename_constraint'>): Table {
  return table.columns.some((column) => column.notNullName === name) ? { ...table, columns: table.columns.map((column) => (column.notNullName === name ? { ...column, notNullName: newName } : column)) } : table;
}

/** The constraint of this name with another name or comment. */
function onConstraint(table: Table, name: string, change: { readonly name?: string; readonly comment?: string | null; readonly deferrable?: boolean; readonly initiallyDeferred?: boolean }): Table {
  const renamed = <T extends { readonly name: string | null }>(constraint: T): T => (constraint.name === name ? { ...constraint, ...change } : constraint);
  return {
    ...table,
    primaryKey: table.primaryKey === null ? null : renamed(table.primaryKey),
    foreignKeys: table.foreignKeys.map(renamed),
    uniques: table.uniques.map(renamed),
    checks: table.checks.map(renamed),
    excludes: table.excludes.map(renamed),
  };
}

function alterColumn(schema: Schema, operation: AlterColumn): Schema {
  const owner = { schema: operation.schema, name: operation.table };
  if (operation.comment !== undefined && schema.views.some((view) => sameName(view, owner))) {
    const on = `COMMENT ON COLUMN ${quoteName(owner)}.${quoteIdentifier(operation.column)} IS `;
    return onView(schema, owner, (view) => withExtra({ ...view, ...(view.extras === undefined ? {} : { extras: view.extras.filter((extra) => !extra.startsWith(on)) }) }, `${on}${operation.comment == null ? 'NULL' : quoteLiteral(operation.comment)}`));
  }
  const altered = onTable(schema, operation, (table) => ({
    ...table,
    columns: table.columns.map((column) => (column.name === operation.column ? alteredColumn(column, operation) : column)),
  }));
  return operation.newName === undefined ? altered : renameColumn(altered, owner, operation.column, operation.newName);
}

function alteredColumn(column: Column, operation: AlterColumn): Column {
  const serialKept = operation.default === undefined;
  return {
    ...column,
    type: operation.type ?? column.type,
    nullable: operation.nullable ?? column.nullable,
    ...(operation.notNullName === undefined ? {} : { notNullName: operation.notNullName }),
    // A type without a collation brings its own (PostgreSQL documentation, ALTER TABLE: "if omitted, the collation is the default for the new column type").
    collation: operation.collation === undefined && operation.type === undefined ? column.collation : (operation.collation ?? null),
    default: operation.default === undefined ? column.default : operation.default,
    serial: column.serial && serialKept,
    comment: operation.comment === undefined ? column.comment : operation.comment,
  };
}

function setNumbering(schema: Schema, { from, to, ...at }: SetNumbering): Schema {
  const owner = { schema: at.schema, name: at.table, column: at.column };
  const isOwned = ({ ownedBy }: Schema['sequences'][number]): boolean => ownedBy !== null && sameName(ownedBy, owner) && ownedBy.column === owner.column;
  const kept =
    from.by === 'serial'
      ? schema.sequences.filter((sequence) => !sameName(sequence, from.sequence))
      : from.by === 'identity' && to.by === 'identity'
        ? schema.sequences.map((sequence) => (isOwned(sequence) ? { ...sequence, options: to.identity.options } : sequence))
        : schema.sequences;
  const made: Schema['sequences'] = to.by === 'serial' ? [{ ...to.sequence, type: to.type ?? 'bigint', options: {}, ownedBy: owner, extension: null }] : [];
  const change = (column: Column): Column => (from.by === 'identity' && column.identity === null ? column : { ...column, default: null, serial: to.by === 'serial', identity: to.by === 'identity' ? to.identity : null, nullable: to.by === 'identity' ? false : column.nullable });
  return { ...onTable(schema, at, (table) => ({ ...table, columns: table.columns.map((column) => (column.name === at.column ? change(column) : column)) })), sequences: [...kept, ...made] };
}

/** PostgreSQL follows a renamed column in everything that names it; only string bodies of functions are left behind. */
function renameColumn(schema: Schema, owner: QualifiedName, from: string, to: string): Schema {
  const swap = (name: string): string => (name === from ? to : name);
  const swapAll = (names: readonly string[]): readonly string[] => names.map(swap);
  const swapSql = (sql: string): string => renameIdentifier(sql, from, to);
  const swapExpression = <T extends { readonly sql: string } | null>(expression: T): T => (expression === null ? expression : { ...expression, sql: swapSql(expression.sql) });
  const swapElement = <T extends Index['elements'][number]>(element: T): T => ({ ...element, column: element.column === null ? null : swap(element.column), expression: swapExpression(element.expression) });
  const tables = schema.tables.map((table): Table => {
    const isOwner = sameName(table, owner);
    // A table that does not name the column stays the very same object: a long history renames often, in a large schema.
    if (!isOwner && !table.foreignKeys.some((key) => sameName(key.references, owner)) && !readsColumn(table, owner, from)) return table;
    const foreignKeys = table.foreignKeys.map((key) => {
      const pointsHere = sameName(key.references, owner);
      if (!isOwner && !pointsHere) return key;
      return { ...key, columns: isOwner ? swapAll(key.columns) : key.columns, references: pointsHere ? { ...key.references, columns: swapAll(key.references.columns) } : key.references };
    });
    const dependents = renameColumnInDependents(table, owner, from, to);
    if (!isOwner) return { ...table, foreignKeys, ...dependents };
    return {
      ...table,
      foreignKeys,
      columns: table.columns.map((column) => ({
        ...column,
        name: swap(column.name),
        generated: column.generated === null ? null : { ...column.generated, expression: swapExpression(column.generated.expression) },
      })),
      primaryKey: table.primaryKey === null ? null : { ...table.primaryKey, columns: swapAll(table.primaryKey.columns), include: swapAll(table.primaryKey.include) },
      uniques: table.uniques.map((unique) => ({ ...unique, columns: swapAll(unique.columns), include: swapAll(unique.include) })),
      checks: table.checks.map((check) => ({ ...check, expression: swapExpression(check.expression) })),
      excludes: table.excludes.map((exclude) => ({ ...exclude, elements: exclude.elements.map(swapElement), where: swapExpression(exclude.where) })),
      indexes: table.indexes.map((index) => ({ ...index, elements: index.elements.map(swapElement), include: swapAll(index.include), where: swapExpression(index.where) })),
      ...dependents,
    };
  });
  return {
    ...schema,
    tables,
    sequences: schema.sequences.map((sequence) => (sequence.ownedBy !== null && sameName(sequence.ownedBy, owner) ? { ...sequence, ownedBy: { ...sequence.ownedBy, column: swap(sequence.ownedBy.column) } } : sequence)),
    views: schema.views.map((view) => renameColumnInView(view, owner, from, to)),
  };
}

/** A policy or rule of the table reads another table's column. */
function readsColumn(table: Table, owner: QualifiedName, column: string): boolean {
  return [...table.policies, ...(table.triggers ?? [])].some((dependent) => dependent.reads?.some((part) => sameName(part, owner) && part.column === column) === true);
}

/** PostgreSQL keeps a label by its number: what names it, prints the new one. */
function renameLabel(schema: Schema, { label, newLabel, ...type }: OperationOf<'rename_enum_value'>): Schema {
  const [from = '', to = ''] = [label, newLabel].map((text) => `${quoteLiteral(text)}::${quoteName(type)}`);
  return mapTexts(onEnum(schema, type, (old) => ({ ...old, labels: old.labels.map((one) => (one === label ? newLabel : one)) })), (sql) => sql.replaceAll(from, () => to));
}

function insertLabel(labels: readonly string[], label: string, position: { readonly before: string } | { readonly after: string } | null): readonly string[] {
  if (labels.includes(label)) return labels;
  if (position === null) return [...labels, label];
  const at = 'before' in position ? labels.indexOf(position.before) : labels.indexOf(position.after) + 1;
  return at < 0 ? [...labels, label] : [...labels.slice(0, at), label, ...labels.slice(at)];
}

/** A reason for people: the operation did not name what it touches. */
export function unknownTables(names: readonly QualifiedName[]): ReturnType<typeof message> {
  return message('Not understood; it may change {tables}.', { tables: names.map(displayName).join(', ') });
}
