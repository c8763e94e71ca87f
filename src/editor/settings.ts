import * as vscode from 'vscode';
import { migrationForms, type MigrationForm } from '../engine/project/supabase';
import { ruleNames, type RuleName } from '../engine/rules/registry';
import type { Severity } from '../engine/rules/rule';
import { readConnectionSettings, type ConnectionSetting } from './connection-setting';
import { settingDefaults, settingsSection, type SettingKey } from './contributions';

export interface Settings {
  /** Where the team writes down which changes of keys are meant, relative to the project's folder; empty: nowhere. */
  readonly changeDocument: string;
  /** Connections that the settings name, and what is wrong with entries that could not be read. */
  readonly connections: readonly ConnectionSetting[];
  readonly connectionProblems: readonly string[];
  /** Tables of the database that no model declares and that are never dropped: `name` or `schema.name`. */
  readonly keepTables: readonly string[];
  /** Rows from which on a table must stay in use while it is changed. */
  readonly largeTableRows: number;
  /** How long runs and dry runs wait for a lock, and a statement of theirs may take, as written (`readTimeout`); empty: not said. */
  readonly lockTimeout: string;
  readonly statementTimeout: string;
  /** The form of new migrations where Alembic and Supabase lie beside each other; null: ask. */
  readonly migrationFormat: MigrationForm | null;
  /** The Python that has the project's Alembic, as written; empty: it is looked for. */
  readonly pythonPath: string;
  /** Seconds between looks at the connected databases; 0: only on demand and on changes. */
  readonly refreshInterval: number;
  readonly reviewEnabled: boolean;
  /** What env.py gets by `context.get_x_argument()`. */
  readonly xArguments: readonly string[];
  /** Severities of rules; names that are no rule's and words that are no severity are left out. */
  readonly severities: Readonly<Partial<Record<RuleName, Severity | 'off'>>>;
  /** PostgreSQL's major version where no database tells; null: not said. */
  readonly postgresVersion: number | null;
}

/** The settings as they stand now; values of a wrong shape count as unset, so that a typo breaks nothing. */
export function readSettings(scope?: vscode.Uri): Settings {
  const configuration = vscode.workspace.getConfiguration(settingsSection, scope ?? null);
  const { settings: connections, problems } = readConnectionSettings(configuration.get<unknown>('connections'));
  const interval = configuration.get<unknown>('refreshInterval');
  const large = configuration.get<unknown>('largeTableRows');
  const version = configuration.get<unknown>('postgresVersion');
  return {
    changeDocument: stringOf(configuration.get<unknown>('changeDocument')),
    connections,
    connectionProblems: problems,
    keepTables: strings(configuration.get<unknown>('keepTables')),
    largeTableRows: typeof large === 'number' && large >= 0 ? large : settingDefaults.largeTableRows,
    lockTimeout: timeOf(configuration.get<unknown>('lockTimeout')),
    statementTimeout: timeOf(configuration.get<unknown>('statementTimeout')),
    migrationFormat: migrationForms.find((form) => form === configuration.get<unknown>('migrationFormat')) ?? null,
    pythonPath: stringOf(configuration.get<unknown>('pythonPath')),
    refreshInterval: typeof interval === 'number' && interval >= 0 ? interval : settingDefaults.refreshInterval,
    reviewEnabled: configuration.get<unknown>('review.enabled') !== false,
    severities: severitiesOf(configuration.get<unknown>('rules')),
    xArguments: strings(configuration.get<unknown>('xArguments')),
    postgresVersion: typeof version === 'number' && Number.isInteger(version) ? version : settingDefaults.postgresVersion,
  };
}

/** Remembers tables that a person decided to keep, in the workspace's settings where the team sees them. */
export async function rememberKeptTables(names: readonly string[], scope: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(settingsSection, scope);
  const known = strings(configuration.get<unknown>('keepTables'));
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  await configuration.update('keepTables', [...known, ...missing], vscode.ConfigurationTarget.Workspace);
}

export function onSettingsChange(keys: readonly SettingKey[], listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (keys.some((key) => event.affectsConfiguration(`${settingsSection}.${key}`))) listener();
  });
}

const severityNames = ['off', 'hint', 'info', 'warning', 'error'] as const;

function severitiesOf(value: unknown): Settings['severities'] {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).flatMap(([name, written]) => {
    const rule = ruleNames.find((known) => known === name);
    const severity = severityNames.find((known) => known === written);
    return rule === undefined || severity === undefined ? [] : [[rule, severity] as const];
  });
  return Object.fromEntries(entries);
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** A number is milliseconds, as in PostgreSQL's own settings. What is neither is no time, and says so when it is used. */
function timeOf(value: unknown): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value.trim() : JSON.stringify(value);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
