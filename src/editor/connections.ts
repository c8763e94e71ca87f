import * as vscode from 'vscode';
import type { Connection } from './connection-setting';
import { contextKeys } from './contributions';
import { createPasswordCommands } from './password-commands';
import { onSettingsChange, readSettings } from './settings';

/**
 * The workspace's connections: those that its settings name and those connected on this machine (workspace state).
 * Passwords lie in secret storage under the connection's id and nowhere else.
 */
export interface Connections extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  list(): readonly Connection[];
  /** The connection that generation and the status bar use; null when there is none, or only production ones. */
  active(): Connection | null;
  setActive(id: string): Promise<void>;
  /** Connections of the settings that a person disconnected here. */
  disconnected(): readonly Connection[];
  /** Adds or replaces a connection. `secret` null: it needs no password, or its source has it. */
  save(connection: Connection, secret: Secret | null): Promise<void>;
  /** Replaces what is known of a connection of this machine; its password stays. */
  change(connection: Connection): Promise<void>;
  /** Forgets the connection and its password; one that the settings name is only set aside here. */
  remove(id: string): Promise<void>;
  /**
   * The password that the connection's command prints, else the one that is kept for it and this target; null when there is neither. Rejects
   * with a `PasswordCommandFailure`.
   */
  password(connection: Connection, target: string): Promise<string | null>;
  /** A server refused the password: the connection's command is asked anew next time. */
  forgetPrinted(connection: Connection): void;
  /** A password is about to be used: the log is never to say it. */
  uses(password: string): void;
}

/**
 * A password together with what it was typed for (`app@db.example:5432/shop`): when alembic.ini or the settings lead
 * elsewhere one day, the password stays at home.
 */
export interface Secret {
  readonly target: string;
  readonly password: string;
}

const stateKeys = { connections: 'connections', active: 'activeConnection', disconnected: 'disconnectedConnections' } as const;

/** `workspaceKey` tells workspaces apart: secret storage is one for all of them. */
export function createConnections(state: vscode.Memento, secrets: vscode.SecretStorage, workspaceKey: string, uses: (password: string) => void): Connections {
  const secretKey = (id: string): string => `${secretPrefix}${workspaceKey}/${id}`;
  const changed = new vscode.EventEmitter<void>();
  const announce = (): void => {
    void vscode.commands.executeCommand('setContext', contextKeys.hasConnections, list().length > 0);
    changed.fire();
  };
  const commands = createPasswordCommands();
  // Those that an earlier version kept have no command.
  const stored = (): readonly Connection[] => state.get<readonly Connection[]>(stateKeys.connections, []).map((connection) => ({ ...connection, passwordCommand: connection.passwordCommand ?? null }));
  const setAside = (): readonly string[] => state.get<readonly string[]>(stateKeys.disconnected, []);
  const fromSettings = (): readonly Connection[] =>
    readSettings().connections.map((setting) => ({ ...setting, id: `settings:${setting.name}`, project: null, origin: 'settings' as const }));
  const list = (): readonly Connection[] => [...fromSettings().filter(({ id }) => !setAside().includes(id)), ...stored()];
  const subscriptions = vscode.Disposable.from(
    changed,
    onSettingsChange(['connections'], announce),
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(secretPrefix)) changed.fire();
    }),
  );
  announce();

  return {
    onDidChange: changed.event,
    list,
    active: () => {
      const wanted = state.get<string>(stateKeys.active);
      const all = list();
      return all.find(({ id }) => id === wanted) ?? all.find(({ environment }) => environment !== 'production') ?? null;
    },
    setActive: async (id) => {
      await state.update(stateKeys.active, id);
      announce();
    },
    disconnected: () => fromSettings().filter(({ id }) => setAside().includes(id)),
    save: async (connection, secret) => {
      if (secret === null) await secrets.delete(secretKey(connection.id));
      else await secrets.store(secretKey(connection.id), JSON.stringify(secret));
      if (connection.origin === 'workspace') {
        await state.update(stateKeys.connections, [...stored().filter(({ id }) => id !== connection.id), connection]);
      }
      await state.update(stateKeys.disconnected, setAside().filter((id) => id !== connection.id));
      announce();
    },
    change: async (connection) => {
      await state.update(stateKeys.connections, stored().map((known) => (known.id === connection.id ? connection : known)));
      announce();
    },
    remove: async (id) => {
      await secrets.delete(secretKey(id));
      await state.update(stateKeys.connections, stored().filter((connection) => connection.id !== id));
      if (fromSettings().some((connection) => connection.id === id)) await state.update(stateKeys.disconnected, [...setAside(), id]);
      announce();
    },
    password: async ({ id, passwordCommand }, target) => {
      if (passwordCommand !== null) return commands.printed(passwordCommand);
      const kept = parseSecret(await secrets.get(secretKey(id)));
      return kept !== null && kept.target === target ? kept.password : null;
    },
    uses,
    forgetPrinted: ({ passwordCommand }) => {
      if (passwordCommand !== null) commands.forget(passwordCommand);
    },
    dispose: () => subscriptions.dispose(),
  };
}

const secretPrefix = 'alembicReview.password/';

function parseSecret(text: string | undefined): Secret | null {
  if (text === undefined) return null;
  try {
    const { target, password } = JSON.parse(text) as Partial<Secret>;
    return typeof target === 'string' && typeof password === 'string' ? { target, password } : null;
  } catch {
    return null;
  }
}
