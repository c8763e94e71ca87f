import * as vscode from 'vscode';
import { carefulLog, type Log } from './careful-log';

export function createLog(): Log {
  return carefulLog(vscode.window.createOutputChannel('Alembic Review', { log: true }));
}

/** What a person can use of a thrown thing: its message, never an empty text. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (error instanceof Error) return error.message !== '' ? error.message : error.name;
  const text = String(error);
  return text === '' ? 'unknown reason' : text;
}

export function isCancellation(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof Error && error.name === 'AbortError');
}
