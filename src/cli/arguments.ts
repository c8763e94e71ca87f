import { parseArgs } from 'node:util';
import { readTimeout, type Timeouts } from '../database/timeouts';
import { migrationForms } from '../engine/project/supabase';
import type { MigrationForm } from '../engine/project/supabase';
import { ruleNames } from '../engine/rules/registry';
import type { RuleName } from '../engine/rules/registry';
import type { Severity } from '../engine/rules/rule';
import { formatMessage } from '../engine/text/problem';
import { usage } from './failure';
import { verbs, stampStatuses, reviewFormats, dryRunFormats, verifyFormats, verifySides, type Command, type Verb, type ProjectOptions, type DatabaseOptions, type CacheOptions, type GenerateCommand, type ValueMap, type ReviewCommand, type NewRevisionOptions } from './command';

/** Reads the arguments behind the program's name. Throws a usage failure that says what is wrong. */
export function parseCommand(args: readonly string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help' || first === '-h') return { verb: 'help', topic: null };
  if (first === '--version' || first === '-V') return { verb: 'version' };
  if (first === 'help') return { verb: 'help', topic: rest[0] === undefined ? null : verbOf(rest[0]) };
  const verb = verbOf(first);
  const { values, positionals } = parse(verb, rest);
  if (values.help === true) return { verb: 'help', topic: verb };
  const project = { config: values.config ?? null, name: values.name ?? null };
  const database = { database: values.database?.at(-1) ?? null, offline: values['no-database'] === true };
  if (verb !== 'status' && (values.database?.length ?? 0) > 1) throw usage('Name one database: --database is there more than once.', verb);
  if (database.offline && database.database !== null) throw usage('--database and --no-database exclude each other.', verb);
  const cache = { cache: values.cache ?? null, noCache: values['no-cache'] === true };
  if (cache.noCache && cache.cache !== null) throw usage('--cache and --no-cache exclude each other.', verb);
  const python = values.python ?? null;
  const json = values.json === true;
  switch (verb) {
    case 'models':
      if (positionals.length === 0) throw usage('Name the model files or folders.', verb);
      return { verb, paths: positionals, json, ...project };
    case 'schema':
      return { verb, json, ...database };
    case 'generate':
      return generateCommand(values, positionals, { json, python, ...project, ...database });
    case 'review':
      return reviewCommand(values, positionals, { ...project, ...database, ...cache });
    case 'sql': {
      const [path, ...others] = positionals;
      if (path === undefined || others.length > 0) throw usage('Name one revision file, or one file of SQL.', verb);
      return { verb, path, downgrade: values.downgrade === true, locks: values.locks === true, postgresVersion: values['postgres-version'] === undefined ? null : readVersion(values['postgres-version']), json, ...project, ...cache };
    }
    case 'dry-run': {
      const [path, ...others] = positionals;
      if (path === undefined || others.length > 0) throw usage('Name one revision file, or one file of SQL.', verb);
      if (values.temporary === true && values.embedded === true) throw usage('--temporary and --embedded exclude each other.', verb);
      if (values.temporary === true && database.database === null) throw usage('--temporary makes a database beside the one that --database names.', verb);
      const where = database.database === null || values.embedded === true ? 'embedded' : values.temporary === true ? 'temporary' : 'transaction';
      const timeouts = timeoutsOf(values, verb);
      if (where === 'embedded' && (timeouts.lock !== null || timeouts.statement !== null)) throw usage('--lock-timeout and --statement-timeout are for a database that --database names.', verb);
      if (python !== null && values['no-python'] === true) throw usage('--python and --no-python exclude each other.', verb);
      return { verb, path, where, noPython: values['no-python'] === true, timeouts, format: json ? 'json' : oneOf('--format', values.format ?? 'text', dryRunFormats, verb), xArguments: values['x-argument'] ?? [], python, ...project, ...database };
    }
    case 'compare': {
      const [path, ...others] = positionals;
      if (path === undefined || others.length > 0) throw usage('Name one revision file to compare.', verb);
      return { verb, path, json, python, ...project, ...database };
    }
    case 'history':
      return { verb, json, ...project, ...database, ...cache };
    case 'status':
      if (positionals.length > 0) throw usage(`Unexpected: ${positionals.join(' ')}. Databases follow --database.`, verb);
      return { verb, databases: values.database ?? [], json, ...project };
    case 'revision':
      if (positionals.length > 0) throw usage(`Unexpected: ${positionals.join(' ')}. The message follows --message.`, verb);
      return { verb, ...newRevisionOptions(verb, values), json, python, ...project, head: values.head ?? 'head', dependsOn: values['depends-on'] ?? [], versionPath: values['version-path'] ?? null };
    case 'merge':
      return { verb, ...newRevisionOptions(verb, values), json, python, ...project, revisions: positionals.length === 0 ? ['heads'] : positionals };
    case 'verify':
      return {
        verb,
        against: values.against === undefined ? verifySides : [oneOf('--against', values.against, verifySides, verb)],
        format: json ? 'json' : oneOf('--format', values.format ?? 'text', verifyFormats, verb),
        keeps: values.keep ?? [],
        form: readForm(values.form, verb),
        ...project,
        ...database,
      };
    case 'checklist': {
      const [path = null, ...others] = positionals;
      if (others.length > 0) throw usage('Name one revision file, or none: the migration at hand is meant then.', verb);
      return { verb, path, dryRun: values['dry-run'] === true, json, ...project, ...database };
    }
    case 'upgrade':
    case 'downgrade':
    case 'stamp':
      return {
        verb,
        revisions: targetsOf(verb, positionals),
        form: readForm(values.form, verb),
        includeAll: values['include-all'] === true,
        yes: values.yes === true,
        production: values.production === true || values['production-name'] !== undefined,
        productionName: values['production-name'] ?? null,
        timeouts: timeoutsOf(values, verb),
        status: values.status === undefined ? null : oneOf('--status', values.status, stampStatuses, verb),
        xArguments: values['x-argument'] ?? [],
        verify: values['no-verify'] !== true,
        keeps: values.keep ?? [],
        json,
        python,
        ...project,
        ...database,
      };
    case 'describe': {
      const [table, ...others] = positionals;
      if (table === undefined || others.length > 0) throw usage('Name one table: place, sales.place, \'"Place"\'.', verb);
      return { verb, table, ...database };
    }
    case 'types':
      return { verb, ...database };
  }
}

/** `upgrade` goes to the head where nothing is named; what a downgrade or a stamp means is never guessed. */
function targetsOf(verb: 'upgrade' | 'downgrade' | 'stamp', positionals: readonly string[]): readonly string[] {
  if (positionals.length === 0 && verb === 'upgrade') return ['head'];
  if (positionals.length === 0) throw usage(`Name the revision to ${verb} to: an id, ${verb === 'downgrade' ? '-1, ' : 'head, '}base, label@head.`, verb);
  if (positionals.length > 1 && verb !== 'stamp') throw usage(`Name one revision to ${verb} to.`, verb);
  return positionals;
}

function newRevisionOptions(verb: Verb, values: Values): Pick<NewRevisionOptions, 'message' | 'revisionId' | 'branchLabels' | 'splice' | 'stdout'> {
  return {
    message: values.message ?? null,
    revisionId: readRevisionId(values['rev-id'], verb),
    branchLabels: (values['branch-label'] ?? []).map((label) => readBranchLabel(label, verb)),
    splice: values.splice === true,
    stdout: values.stdout === true,
  };
}

/** alembic.script.revision: `_revision_illegal_chars` */
function readRevisionId(id: string | undefined, verb: Verb): string | null {
  if (id !== undefined && !/^[^@\-+\s]+$/.test(id)) throw usage(`"${id}" is no revision id: it must not contain @, -, + or blanks.`, verb);
  return id ?? null;
}

function readForm(text: string | undefined, verb: Verb): MigrationForm | null {
  const form = text === undefined ? null : (migrationForms.find((known) => known === text) ?? null);
  if (text !== undefined && form === null) throw usage(`--form is alembic or supabase, not "${text}".`, verb);
  return form;
}

/** The left and right side of `--rename a.b=a.c` and of `--map table.column:old=new`. */
function generateCommand(values: Values, positionals: readonly string[], common: Omit<GenerateCommand, 'verb' | 'models' | 'message' | 'renames' | 'drops' | 'keeps' | 'maps' | 'form' | 'head' | 'revisionId' | 'branchLabels' | 'dependsOn' | 'versionPath' | 'largeTableRows' | 'stdout' | 'output'>): GenerateCommand {
  const models = [...(values.models ?? []), ...positionals];
  if (positionals.length > 0 && values.models === undefined) throw usage(`Unexpected: ${positionals.join(' ')}. Model files follow --models.`, 'generate');
  if (values.message === undefined || values.message.trim() === '') throw usage('A migration needs a message: --message "what it does".', 'generate');
  if (values.stdout === true && values.output !== undefined) throw usage('--stdout and --output exclude each other.', 'generate');
  const revisionId = readRevisionId(values['rev-id'], 'generate');
  return {
    verb: 'generate',
    ...common,
    models: models.length === 0 ? null : models,
    message: values.message.trim(),
    renames: (values.rename ?? []).map(readRename),
    drops: values.drop ?? [],
    keeps: values.keep ?? [],
    maps: (values.map ?? []).map(readMap),
    form: readForm(values.form, 'generate'),
    head: values.head ?? null,
    revisionId,
    branchLabels: (values['branch-label'] ?? []).map((label) => readBranchLabel(label, 'generate')),
    dependsOn: values['depends-on'] ?? [],
    versionPath: values['version-path'] ?? null,
    largeTableRows: values['large-table-rows'] === undefined ? null : readCount('--large-table-rows', values['large-table-rows']),
    stdout: values.stdout === true,
    output: values.output ?? null,
  };
}

function reviewCommand(values: Values, positionals: readonly string[], common: ProjectOptions & DatabaseOptions & CacheOptions): ReviewCommand {
  const verb = 'review';
  const changedSince = values['changed-since'] ?? null;
  const all = values.all === true;
  const ways = [positionals.length > 0, changedSince !== null, all].filter(Boolean).length;
  if (ways !== 1) throw usage(ways === 0 ? 'Name the revision files to review, or say --changed-since REF or --all.' : 'Revision files, --changed-since and --all exclude each other.', verb);
  const format = values.json === true ? 'json' : oneOf('--format', values.format ?? 'text', reviewFormats);
  if (values.baseline !== undefined && values['write-baseline'] !== undefined) throw usage('--baseline and --write-baseline exclude each other.', verb);
  return {
    verb,
    ...common,
    paths: positionals,
    changedSince,
    all,
    format,
    failOn: oneOf('--fail-on', values['fail-on'] ?? 'error', ['error', 'warning']),
    baseline: values.baseline ?? null,
    writeBaseline: values['write-baseline'] ?? null,
    severities: Object.fromEntries((values.rule ?? []).map(readSeverity)),
    postgresVersion: values['postgres-version'] === undefined ? null : readVersion(values['postgres-version']),
    changeDocument: values['change-document'] ?? '',
  };
}

function readSeverity(text: string): readonly [RuleName, Severity | 'off'] {
  const [rule = '', severity = ''] = text.split('=').map((side) => side.trim());
  const name = ruleNames.find((known) => known === rule);
  if (name === undefined) throw usage(`--rule ${text}: there is no rule "${rule}". Write RULE=SEVERITY; docs/rules lists the rules.`, 'review');
  return [name, oneOf(`--rule ${rule}`, severity, ['off', 'hint', 'info', 'warning', 'error'])];
}

function readVersion(text: string): number {
  const version = /^(\d+)(\.\d+)?$/.exec(text);
  if (version === null) throw usage(`--postgres-version takes a version like 16, not "${text}".`, 'review');
  return Number(version[1]);
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[], verb: Verb = 'review'): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw usage(`${option} is ${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}, not "${value}".`, verb);
  return found;
}

/** alembic.script.revision: `_revision_illegal_chars` hold for labels too. */
function readBranchLabel(label: string, verb: Verb): string {
  if (!/^[^@\-+\s]+$/.test(label)) throw usage(`"${label}" is no branch label: it must not contain @, -, + or blanks.`, verb);
  return label;
}

function readCount(option: string, text: string, verb: Verb = 'generate', what = 'rows'): number {
  if (!/^\d+$/.test(text)) throw usage(`${option} takes a whole number of ${what}, not "${text}".`, verb);
  return Number(text);
}

function timeoutsOf(values: Values, verb: Verb): Timeouts {
  const read = (option: 'lock-timeout' | 'statement-timeout'): number | null => {
    const written = values[option];
    const time = written === undefined ? null : readTimeout(written);
    if (time !== null && 'reason' in time) throw usage(`--${option}: ${formatMessage(time.reason)}`, verb);
    return time?.milliseconds ?? null;
  };
  return { lock: read('lock-timeout'), statement: read('statement-timeout') };
}

function readRename(text: string): { from: string; to: string } {
  const [from = '', to = '', ...more] = text.split('=').map((side) => side.trim());
  if (from === '' || to === '' || more.length > 0) throw usage(`"${text}" is no rename. Write table.old=table.new, or old_table=new_table.`, 'generate');
  return { from, to };
}

function readMap(text: string): ValueMap {
  const colon = text.indexOf(':');
  const equals = text.lastIndexOf('=');
  if (colon < 1 || equals < colon) throw usage(`"${text}" maps no value. Write table.column:old=LABEL (LABEL left out: NULL).`, 'generate');
  return { column: text.slice(0, colon).trim(), from: text.slice(colon + 1, equals), to: text.slice(equals + 1) || null };
}

type Values = ReturnType<typeof parse>['values'];

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const several = { type: 'string', multiple: true } as const;

const all = {
  help: { ...flag, short: 'h' },
  json: flag,
  format: text,
  config: { ...text, short: 'c' },
  name: { ...text, short: 'n' },
  database: several,
  'no-database': flag,
  models: several,
  message: { ...text, short: 'm' },
  rename: several,
  drop: several,
  keep: several,
  map: several,
  form: text,
  head: text,
  'rev-id': text,
  'branch-label': several,
  'depends-on': several,
  'version-path': text,
  'large-table-rows': text,
  splice: flag,
  stdout: flag,
  downgrade: flag,
  locks: flag,
  temporary: flag,
  embedded: flag,
  'dry-run': flag,
  output: { ...text, short: 'o' },
  python: text,
  'change-document': text,
  'changed-since': text,
  all: flag,
  'fail-on': text,
  baseline: text,
  'write-baseline': text,
  rule: several,
  'postgres-version': text,
  against: text,
  cache: text,
  'no-cache': flag,
  yes: { ...flag, short: 'y' },
  production: flag,
  'production-name': text,
  'lock-timeout': text,
  'statement-timeout': text,
  'include-all': flag,
  status: text,
  'x-argument': { ...several, short: 'x' },
  'no-verify': flag,
  'no-python': flag,
} as const;

const project = ['config', 'name'] as const;
const database = ['database', 'no-database'] as const;
const cache = ['cache', 'no-cache'] as const;

const known: Readonly<Record<Verb, readonly (keyof typeof all)[]>> = {
  models: ['json', ...project],
  schema: ['json', 'database'],
  generate: ['json', 'models', 'message', 'rename', 'drop', 'keep', 'map', 'form', 'head', 'rev-id', 'branch-label', 'depends-on', 'version-path', 'large-table-rows', 'stdout', 'output', 'python', ...project, ...database],
  review: ['json', 'format', 'change-document', 'changed-since', 'all', 'fail-on', 'baseline', 'write-baseline', 'rule', 'postgres-version', ...project, ...database, ...cache],
  sql: ['json', 'downgrade', 'locks', 'postgres-version', ...project, ...cache],
  'dry-run': ['json', 'format', 'temporary', 'embedded', 'lock-timeout', 'statement-timeout', 'x-argument', 'python', 'no-python', 'config', 'name', 'database'],
  compare: ['json', 'python', 'config', 'name', 'database'],
  history: ['json', ...project, ...database, ...cache],
  status: ['json', 'database', ...project],
  revision: ['json', 'message', 'head', 'splice', 'rev-id', 'branch-label', 'depends-on', 'version-path', 'stdout', 'python', ...project],
  merge: ['json', 'message', 'splice', 'rev-id', 'branch-label', 'stdout', 'python', ...project],
  verify: ['json', 'format', 'against', 'keep', 'form', 'config', 'name', 'database'],
  checklist: ['json', 'dry-run', ...project, ...database],
  upgrade: ['form', 'include-all', 'yes', 'production', 'production-name', 'lock-timeout', 'statement-timeout', 'no-verify', 'keep', 'json', 'x-argument', 'python', 'config', 'name', 'database'],
  downgrade: ['form', 'yes', 'production', 'production-name', 'lock-timeout', 'statement-timeout', 'no-verify', 'keep', 'json', 'x-argument', 'python', 'config', 'name', 'database'],
  stamp: ['form', 'status', 'yes', 'production', 'production-name', 'lock-timeout', 'statement-timeout', 'no-verify', 'keep', 'json', 'x-argument', 'python', 'config', 'name', 'database'],
  describe: ['database'],
  types: ['database'],
};

function parse(verb: Verb, args: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...relativeLast(args)], options: all, allowPositionals: true, strict: true });
    const stranger = Object.keys(parsed.values).find((name) => name !== 'help' && !(known[verb] as readonly string[]).includes(name));
    if (stranger !== undefined) throw usage(`\`${verb}\` has no option --${stranger}.`, verb);
    return parsed;
  } catch (error) {
    // parseArgs throws TypeErrors with a code; their first sentence is plain enough.
    if (error instanceof TypeError) throw usage(error.message.split('. ')[0] ?? error.message, verb);
    throw error;
  }
}

/** `downgrade -1`: no option, but where to. */
function relativeLast(args: readonly string[]): readonly string[] {
  const isRelative = (arg: string): boolean => /^-\d+$/.test(arg);
  return args.some(isRelative) ? [...args.filter((arg) => !isRelative(arg)), '--', ...args.filter(isRelative)] : args;
}

function verbOf(name: string): Verb {
  const verb = verbs.find((candidate) => candidate === name);
  if (verb === undefined) throw usage(`There is no command "${name}". The commands are ${verbs.join(', ')}.`);
  return verb;
}
