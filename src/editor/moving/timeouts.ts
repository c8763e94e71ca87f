import type * as vscode from 'vscode';
import { readTimeout, type Timeouts } from '../../database/timeouts';
import { formatMessage } from '../../engine/text/problem';
import { UserProblem } from '../commands/command';
import { settingsSection } from '../contributions';
import { readSettings } from '../settings';

/** The times that the settings give a run. A typo is not taken for "no limit": it ends the command in words, before anything runs. */
export function timeoutsOf(scope: vscode.Uri): Timeouts {
  const settings = readSettings(scope);
  const read = (key: 'lockTimeout' | 'statementTimeout'): number | null => {
    if (settings[key] === '') return null;
    const time = readTimeout(settings[key]);
    if ('reason' in time) throw new UserProblem(`The setting ${settingsSection}.${key}: ${formatMessage(time.reason)} Nothing was run.`);
    return time.milliseconds;
  };
  return { lock: read('lockTimeout'), statement: read('statementTimeout') };
}
