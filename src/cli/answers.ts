import type { Answers, Question } from '../engine/questions';
import { findTable } from '../engine/schema/lookup';
import { displayName, findColumn, findEnum, sameName } from '../engine/schema/schema';
import type { QualifiedName, Schema } from '../engine/schema/schema';
import type { Generation } from '../workspace/generate';
import type { GenerateCommand } from './command';
import { usage } from './failure';

/**
 * The options `--rename`, `--drop`, `--keep` and `--map` as answers. Names are those of the database as it is now. Throws a
 * usage failure for one that can't be done: an answer that nobody asked for would be passed over without a word.
 */
export function answersOf(command: GenerateCommand, generation: Pick<Generation, 'current' | 'models'>): Answers {
  const answers = namedAnswers(command, generation);
  refuseIdle(answers, generation);
  return answers;
}

function namedAnswers(command: GenerateCommand, { current, models }: Pick<Generation, 'current' | 'models'>): Answers {
  const tableRenames: Answers['tableRenames'][number][] = [];
  const columnRenames: Answers['columnRenames'][number][] = [];
  const labelRenames: Answers['labelRenames'][number][] = [];
  const tableDrops: Answers['tableDrops'][number][] = [];
  const valueMappings = new Map<string, { table: QualifiedName; column: string; mapping: Record<string, string | null> }>();

  for (const { from, to } of command.renames) {
    const source = objectNamed(current, from);
    const label = source === null ? labelNamed(current, from) : null;
    if (label !== null) {
      const prefix = from.slice(0, from.length - label.label.length);
      if (!to.startsWith(prefix)) throw usage(`--rename ${from}=${to}: the new label needs the same type before it: ${prefix}LABEL.`, 'generate');
      labelRenames.push({ type: label.type, from: label.label, to: to.slice(prefix.length) });
      continue;
    }
    if (source === null) throw usage(`--rename ${from}=${to}: the database has no ${from}.`, 'generate');
    if (source.column === null) tableRenames.push({ from: source.table, to: tableNamed(to, source.table, models) });
    else columnRenames.push({ table: source.table, from: source.column, to });
  }
  columnRenames.forEach((rename, index) => {
    const table = newNameOf(rename.table, tableRenames);
    columnRenames[index] = { ...rename, to: columnNamed(rename.to ?? '', [rename.table, table], models) ?? refuse(`--rename ${displayName(rename.table)}.${rename.from}=${rename.to}: a column is renamed within its table: ${displayName(table)}.NAME.`) };
  });
  for (const name of command.drops) {
    const dropped = objectNamed(current, name);
    const label = dropped === null ? labelNamed(current, name) : null;
    if (label !== null) {
      labelRenames.push({ type: label.type, from: label.label, to: null });
      continue;
    }
    if (dropped === null) throw usage(`--drop ${name}: the database has no such column, table or enum label.`, 'generate');
    if (dropped.column === null && command.models !== null && command.models !== undefined) throw usage(`--drop ${name}: with --models, tables of other models are left alone. Leave --models out to drop a table.`, 'generate');
    if (dropped.column !== null) columnRenames.push({ table: dropped.table, from: dropped.column, to: null });
    else {
      tableRenames.push({ from: dropped.table, to: null });
      tableDrops.push({ table: dropped.table, drop: true });
    }
  }
  for (const name of command.keeps) {
    const kept = objectNamed(current, name);
    if (kept?.column !== null) throw usage(`--keep ${name}: the database has no such table.`, 'generate');
    tableRenames.push({ from: kept.table, to: null });
    tableDrops.push({ table: kept.table, drop: false });
  }
  for (const { column: name, from, to } of command.maps) {
    const mapped = objectNamed(current, name);
    if (mapped === null || mapped.column === null) throw usage(`--map ${name}: the database has no such column.`, 'generate');
    const known = valueMappings.get(name) ?? { table: mapped.table, column: mapped.column, mapping: {} };
    known.mapping[from] = to;
    valueMappings.set(name, known);
  }
  return { tableRenames, columnRenames, labelRenames, tableDrops, valueMappings: [...valueMappings.values()] };
}

/** Each answer must be about something that the models no longer have, and lead to something that they have. */
function refuseIdle({ tableRenames, columnRenames, tableDrops, valueMappings }: Answers, { current, models }: Pick<Generation, 'current' | 'models'>): void {
  for (const { from, to } of tableRenames) {
    const isDeclared = findTable(models, from) !== undefined;
    if (to === null) {
      const option = tableDrops.find(({ table }) => sameName(table, from))?.drop === false ? '--keep' : '--drop';
      if (isDeclared) refuse(`${option} ${displayName(from)}: the models declare this table, so ${option === '--keep' ? 'it stays anyway' : 'it can’t be dropped'}.`);
      continue;
    }
    const written = `--rename ${displayName(from)}=${displayName(to)}`;
    if (isDeclared) refuse(`${written}: the models still declare ${displayName(from)}.`);
    if (findTable(models, to) === undefined) refuse(`${written}: the models declare no table ${displayName(to)}.`);
    if (findTable(current, to) !== undefined) refuse(`${written}: the database has a table ${displayName(to)} already.`);
  }
  for (const { table: old, from, to } of columnRenames) {
    const name = newNameOf(old, tableRenames);
    const table = findTable(models, name);
    const written = to === null ? `--drop ${displayName(old)}.${from}` : `--rename ${displayName(old)}.${from}=${displayName(name)}.${to}`;
    if (table === undefined) refuse(`${written}: the models declare no table ${displayName(name)}.`);
    if (findColumn(table, from) !== undefined) refuse(`${written}: the models still have ${from}.`);
    if (to === null) continue;
    if (findColumn(table, to) === undefined) refuse(`${written}: the models’ ${displayName(name)} has no column ${to}.`);
    const there = findTable(current, old);
    if (there !== undefined && findColumn(there, to) !== undefined) refuse(`${written}: the database has a column ${to} already.`);
  }
  for (const { table: old, column: from, mapping } of valueMappings) {
    const table = findTable(models, newNameOf(old, tableRenames));
    const name = columnRenames.find((rename) => sameName(rename.table, old) && rename.from === from)?.to ?? from;
    const column = table === undefined ? undefined : findColumn(table, name);
    const type = column?.type.kind === 'enum' ? findEnum(models, column.type) : undefined;
    const wrong = type === undefined ? undefined : Object.entries(mapping).find(([, label]) => label !== null && !type.labels.includes(label));
    if (type !== undefined && wrong !== undefined) refuse(`--map ${displayName(old)}.${from}:${wrong[0]}=${wrong[1]}: the type ${displayName(type)} has no label ${wrong[1]}. It has ${type.labels.join(', ')}.`);
  }
}

function refuse(reason: string): never {
  throw usage(reason, 'generate');
}

function newNameOf(table: QualifiedName, renames: Answers['tableRenames']): QualifiedName {
  return renames.find(({ from }) => sameName(from, table))?.to ?? table;
}

/** `column`, or `table.column` where the table is one of those named; null: it is a column of another table. */
function columnNamed(written: string, tables: readonly QualifiedName[], models: Schema): string | null {
  const dot = written.lastIndexOf('.');
  if (dot < 0) return written;
  const named = qualifiedNames(written.slice(0, dot), models);
  return named.some((name) => tables.some((table) => sameName(table, name))) ? written.slice(dot + 1) : null;
}

/**
 * Values that differ from a label in nothing but case and surrounding blanks (`pending` and `PENDING`) are mapped to it
 * without being asked; what `--map` says comes first. The same answers when there is no such value.
 */
export function answersBySpelling(questions: readonly Question[], answers: Answers): Answers {
  const mappings = questions.flatMap((question) => {
    if (question.kind !== 'value-mapping') return [];
    const given = answers.valueMappings.find(({ table, column }) => sameName(table, question.table) && column === question.column)?.mapping ?? {};
    const found = question.values.flatMap(({ value }): [string, string][] => {
      const labels = question.labels.filter((label) => label.toLowerCase() === value.trim().toLowerCase());
      return labels.length === 1 && labels[0] !== undefined && !(value in given) ? [[value, labels[0]]] : [];
    });
    return found.length === 0 ? [] : [{ table: question.table, column: question.column, mapping: { ...given, ...Object.fromEntries(found) } }];
  });
  if (mappings.length === 0) return answers;
  const others = answers.valueMappings.filter((one) => !mappings.some((other) => sameName(one.table, other.table) && one.column === other.column));
  return { ...answers, valueMappings: [...others, ...mappings] };
}

/** The questions about values without those values that have their label already. */
export function withoutMapped(questions: readonly Question[], answers: Answers): readonly Question[] {
  return questions.map((question) => {
    if (question.kind !== 'value-mapping') return question;
    const mapping = answers.valueMappings.find(({ table, column }) => sameName(table, question.table) && column === question.column)?.mapping ?? {};
    return { ...question, values: question.values.filter(({ value }) => !(value in mapping)) };
  });
}

/** `table`, `table.column`, `schema.table`, `schema.table.column`: whichever the schema has, columns before namespaces. */
function objectNamed(schema: Schema, written: string): { table: QualifiedName; column: string | null } | null {
  const whole = tableOf(schema, written);
  const dot = written.lastIndexOf('.');
  if (dot > 0) {
    const table = tableOf(schema, written.slice(0, dot));
    const column = written.slice(dot + 1);
    if (table !== null && findColumn(table.found, column) !== undefined) return { table: table.name, column };
  }
  return whole && { table: whole.name, column: null };
}

/** `type.label`, `schema.type.label` */
function labelNamed(schema: Schema, written: string): { readonly type: QualifiedName; readonly label: string } | null {
  // A label may have dots of its own.
  for (let dot = written.indexOf('.'); dot > 0; dot = written.indexOf('.', dot + 1)) {
    const label = written.slice(dot + 1);
    const name = qualifiedNames(written.slice(0, dot), schema).find((candidate) => findEnum(schema, candidate)?.labels.includes(label) === true);
    if (name !== undefined) return { type: name, label };
  }
  return null;
}

function tableOf(schema: Schema, written: string): { name: QualifiedName; found: Schema['tables'][number] } | null {
  for (const name of qualifiedNames(written, schema)) {
    const found = findTable(schema, name);
    if (found) return { name, found };
  }
  return null;
}

/** The new name of a table; without a namespace it keeps the old one. */
function tableNamed(written: string, old: QualifiedName, models: Schema): QualifiedName {
  return qualifiedNames(written, models).find((name) => findTable(models, name) !== undefined) ?? { schema: old.schema, name: written };
}

function qualifiedNames(written: string, schema: Schema): readonly QualifiedName[] {
  const dot = written.indexOf('.');
  const plain = { schema: null, name: written };
  if (dot < 0) return [plain];
  const namespace = written.slice(0, dot);
  return [plain, { schema: namespace === schema.defaultSchema ? null : namespace, name: written.slice(dot + 1) }];
}
