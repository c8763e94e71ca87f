import * as vscode from 'vscode';
import { passwordFromCommand } from '../database/password-command';

/** The commands that print passwords. What one printed is kept in memory for a while: some ask for a finger each time. */
export interface PasswordCommands {
  /** Rejects with a `PasswordCommandFailure`. */
  printed(command: readonly string[]): Promise<string>;
  /** It is run anew the next time. */
  forget(command: readonly string[]): void;
}

/** Tokens that are made for a login are good for a quarter of an hour (AWS, "IAM database authentication"). */
const keptFor = 10 * 60_000;

export function createPasswordCommands(): PasswordCommands {
  const kept = new Map<string, { readonly password: Promise<string>; readonly until: number }>();
  return {
    printed: (command) => {
      const key = JSON.stringify(command);
      const known = kept.get(key);
      if (known !== undefined && known.until > Date.now()) return known.password;
      const password = passwordFromCommand(command, { folder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '.' });
      kept.set(key, { password, until: Date.now() + keptFor });
      password.catch(() => kept.delete(key));
      return password;
    },
    forget: (command) => {
      kept.delete(JSON.stringify(command));
    },
  };
}
