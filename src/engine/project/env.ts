import { newPythonCache, Reading } from '../python/evaluate';
import { runFunction } from '../python/run';
import { force } from '../python/scope';
import type { LoadedModule } from '../python/scope';
import type { CallValue, Located, Value } from '../python/values';
import { message } from '../text/problem';
import type { Parsed, Problem } from '../text/problem';
import type { EnvFile } from './project';
import { metadataModules } from './target-metadata';

/**
 * Reads env.py without running it: what it hands to `context.configure` (Alembic documentation,
 * `EnvironmentContext.configure`). Where it configures twice, the call with a connection counts, since that is the one
 * that migrates a database. What can't be known is taken as Alembic's default and told.
 */
export function readEnv(path: string, text: string): Parsed<EnvFile> {
  const { value, problems } = readNowhere(path, text);
  const setsOptions = optionsSet(text);
  return { value: setsOptions?.length === 0 ? value : { ...value, setsOptions }, problems: problems.map((problem) => (problem.at ? { ...problem, at: { path, range: problem.at.range } } : problem)) };
}

/** The names in `config.set_main_option("…", …)`; null: one of them is not written out. */
function optionsSet(text: string): readonly string[] | null {
  const names = [...text.matchAll(/\bset_(?:main|section)_option\s*\(\s*(?:(["'])([\w.]+)\1)?/g)].map((found) => found[2]);
  return names.every((name) => name !== undefined) ? names : null;
}

function readNowhere(path: string, text: string): Parsed<EnvFile> {
  const { reading, module, calls } = readAlone(text);
  const syntax = reading.problems.filter((problem) => problem.code === 'syntax-error');
  const assigned = module?.scope.bindings.get('target_metadata');
  const assignedModules = metadataModules(assigned && force(assigned), module?.syntax.body ?? []);
  const call = chooseCall(calls);
  if (call === null || module === null) return { value: { ...plainEnv(path), targetMetadata: assignedModules }, problems: syntax };
  const options = new OptionReader(call);
  const usual = plainEnv(path);
  const target = metadataModules(call.keywords.get('target_metadata'), module.syntax.body);
  const value: EnvFile = {
    path,
    versionTable: options.string('version_table') ?? usual.versionTable,
    versionTableSchema: options.string('version_table_schema'),
    includeSchemas: options.flag('include_schemas', usual.includeSchemas),
    compareType: options.flag('compare_type', usual.compareType),
    compareServerDefault: options.flag('compare_server_default', usual.compareServerDefault),
    transactionPerMigration: options.flag('transaction_per_migration', usual.transactionPerMigration),
    filtersObjects: options.isSet('include_object') || options.isSet('include_name'),
    targetMetadata: target.length > 0 ? target : assignedModules,
  };
  return { value, problems: [...syntax, ...options.problems] };
}

/** env.py as Alembic behaves when it says nothing. */
export function plainEnv(path: string): EnvFile {
  return {
    path,
    versionTable: 'alembic_version',
    versionTableSchema: null,
    includeSchemas: false,
    compareType: true,
    compareServerDefault: false,
    transactionPerMigration: false,
    filtersObjects: false,
    targetMetadata: [],
  };
}

type Call = CallValue & Located;

/**
 * Follows no import: every module outside of env.py is taken for a library, so that what comes from it has its dotted
 * name. The file is read as if it lay nowhere, since a folder around it may have the name of a package it imports.
 */
function readAlone(text: string): { reading: Reading; module: LoadedModule | null; calls: readonly Call[] } {
  const nowhere = '/?/env.py';
  const files = new Map<string, string | null>([[nowhere, text]]);
  const cache = newPythonCache();
  for (;;) {
    const reading = new Reading({ files, roots: [] }, cache);
    const module = reading.module(nowhere);
    const calls = module === null ? [] : configureCalls(reading, module);
    if (reading.wanted.size === 0) return { reading, module, calls };
    for (const wanted of reading.wanted) files.set(wanted, null);
  }
}

function configureCalls(reading: Reading, module: LoadedModule): readonly Call[] {
  const calls: Call[] = module.calls.map(({ call }) => call);
  for (const statement of module.syntax.body) {
    if (statement.kind !== 'function') continue;
    runFunction(reading, module, statement.name, { event: (event) => void (event.kind === 'call' && calls.push(event.call)) });
  }
  return calls.filter(isConfigure);
}

/** `context.configure(…)` by its imported name, or by its keywords where `context` came some other way. */
function isConfigure(call: Call): boolean {
  if (call.callee.kind === 'symbol') return call.callee.name === 'alembic.context.configure';
  return call.callee.kind === 'attribute' && call.callee.name === 'configure' && call.keywords.has('target_metadata');
}

function chooseCall(calls: readonly Call[]): Call | null {
  return calls.find((call) => call.keywords.has('connection') || call.args.length > 0) ?? calls.find((call) => !call.keywords.has('url')) ?? calls[0] ?? null;
}

class OptionReader {
  readonly problems: Problem[] = [];

  constructor(private readonly call: Call) {
    const rest = call.keywords.get('**');
    if (rest) this.unknown('**', message('env.py passes options to context.configure that can’t be known without running it.'), rest);
  }

  string(name: string): string | null {
    const value = this.call.keywords.get(name);
    if (value === undefined || value.kind === 'none') return null;
    if (value.kind === 'string') return value.value;
    this.unknown(name, message('The `{name}` of env.py can’t be known without running it; Alembic’s default is assumed.', { name }), value);
    return null;
  }

  /** A function in the place of a flag (`compare_type=my_compare`) counts as true. */
  flag(name: string, usual: boolean): boolean {
    const value = this.call.keywords.get(name);
    if (value === undefined) return usual;
    if (value.kind === 'bool') return value.value;
    if (value.kind === 'none') return false;
    if (value.kind !== 'unknown' && value.kind !== 'operation') return true;
    this.unknown(name, message('The `{name}` of env.py can’t be known without running it; Alembic’s default is assumed.', { name }), value);
    return usual;
  }

  isSet(name: string): boolean {
    const value = this.call.keywords.get(name);
    return value !== undefined && value.kind !== 'none';
  }

  private unknown(_name: string, text: Problem['message'], value: Value): void {
    this.problems.push({ code: 'env-option', severity: 'info', message: text, at: value.at });
  }
}
