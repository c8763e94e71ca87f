import { whereabouts } from '../engine/diff/weigh-history';
import type { ColumnFace, Evidence, ModelEdit, Question } from '../engine/questions';
import { displayName } from '../engine/schema/schema';
import { formatMessage } from '../engine/text/problem';

/** A question for people, with its evidence and the options that answer it. */
export function questionText(question: Question): string {
  switch (question.kind) {
    case 'rename-column': {
      const table = displayName(question.table);
      const from = `${table}.${question.from.name}`;
      const head = question.likely
        ? `likely rename: the models no longer have ${from} (${face(question.from)})${stake(question.valuesAtStake, question.rows)}.`
        : `${from} (${face(question.from)}) is dropped${stake(question.valuesAtStake, question.rows)}; it may be a rename.`;
      const candidates = question.candidates.map((candidate) => `  --rename ${from}=${table}.${candidate.to.name}   ${face(candidate.to)}${reasons(candidate)}`);
      return lines(head, ...candidates, ...mark(`the new column says info={"renamed_from": "${question.from.name}"}`), `  --drop ${from}   it is none: drop the column and its values`);
    }
    case 'rename-table': {
      const from = displayName(question.from);
      const candidates = question.candidates.map((candidate) => `  --rename ${from}=${displayName(candidate.to)}${reasons(candidate)}`);
      return lines(`likely rename: the models no longer have the table ${from}${rowsOf(question.rows)}.`, ...candidates, ...mark(`the new table says __table_args__ = {"info": {"renamed_from": "${from}"}}`), `  --keep ${from}   it is none: leave the table alone`, `  --drop ${from}   it is none: drop the table and its rows`);
    }
    case 'rename-label': {
      const type = displayName(question.type);
      const candidates = question.candidates.map((candidate) => `  --rename ${shellQuoted(`${type}.${question.from}=${type}.${candidate.to}`)}${reasons(candidate)}`);
      return lines(`likely rename: the models no longer have the label ${question.from} of ${type}.`, ...candidates, `  --drop ${shellQuoted(`${type}.${question.from}`)}   it is none: the label goes, and no row may hold it`);
    }
    case 'drop-table':
      return lines(`kept: no model declares the table ${displayName(question.table)}${rowsOf(question.rows)}.`, `  --drop ${displayName(question.table)}   drop it and its rows`, `  --keep ${displayName(question.table)}   say no more of it`);
    case 'value-mapping': {
      const column = `${displayName(question.table)}.${question.column}`;
      const options = question.values.map(({ value, count, suggestion, edit }) => `  --map ${shellQuoted(`${column}:${value}=${suggestion ?? 'LABEL'}`)}   ${count} ${count === 1 ? 'row' : 'rows'}${edit === null ? '' : below(editLines(edit))}`);
      return lines(`rows of ${column} hold values that the new enum type lacks; it has ${question.labels.join(', ')}.`, ...options, ...(question.nullable ? ['  (with nothing behind the =, the value becomes NULL)'] : []));
    }
  }
}

function face(column: ColumnFace): string {
  const parts = [column.type, column.nullable ? '' : 'not null', column.default === null ? '' : `default ${column.default.sql}`, ...column.roles];
  return parts.filter((part) => part !== '').join(', ');
}

function stake(values: number | null, rows: number | null): string {
  if (values === null) return '';
  return rows === null ? `; ${values} rows have a value` : `; ${values} of ${rows} rows have a value`;
}

function rowsOf(rows: number | null): string {
  return rows === null ? '' : ` (${rows} ${rows === 1 ? 'row' : 'rows'})`;
}

/** Whole sentences on a line of their own, what speaks against it on another, and the lines of the model as a diff. */
function reasons({ evidence, against, edit }: Evidence): string {
  return below([
    ...(evidence.length === 0 ? [] : [evidence.map(formatMessage).join(' ')]),
    ...(against.length === 0 ? [] : [`against it: ${against.map(formatMessage).join(' ')}`]),
    ...(edit === null ? [] : editLines(edit)),
  ]);
}

function editLines({ path, removed, added, commits }: ModelEdit): readonly string[] {
  return [`${path.split('/').slice(-2).join('/')}, ${whereabouts(commits)}:`, ...removed.map((line) => `- ${line}`), ...added.map((line) => `+ ${line}`)];
}

function below(texts: readonly string[]): string {
  return texts.map((text) => `\n      ${text}`).join('');
}

/** What settles it for everybody, and needs no option. */
function mark(says: string): readonly string[] {
  return [`  or, in the model, for good: ${says}`];
}

function shellQuoted(text: string): string {
  return /^[\w.:=/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function lines(...texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
