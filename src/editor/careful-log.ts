import type * as vscode from 'vscode';
import { withoutSecrets } from '../runner/secrets';

/** The extension's log, shown by *Show Log*. Callers never write rows of data. */
export interface Log extends vscode.Disposable {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string | Error): void;
  show(): void;
  /** A password that is about to be used: whatever a server, a driver or Python says of it, the log does not. */
  hide(password: string): void;
}

/** A log that writes into the channel what is without passwords: those that it was told of, and those of URLs. */
export function carefulLog(channel: Pick<vscode.LogOutputChannel, 'debug' | 'info' | 'warn' | 'error' | 'show' | 'dispose'>): Log {
  const passwords = new Set<string>();
  const careful = (text: string): string => withoutSecrets(text, [...passwords]);
  return {
    debug: (text) => channel.debug(careful(text)),
    info: (text) => channel.info(careful(text)),
    warn: (text) => channel.warn(careful(text)),
    error: (text) => channel.error(careful(text instanceof Error ? (text.stack ?? text.message) : text)),
    show: () => channel.show(),
    hide: (password) => void passwords.add(password),
    dispose: () => channel.dispose(),
  };
}
