/** The world around a command: tests give their own. */
export interface Io {
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks the person at the terminal for a line; null: nobody is there. Absent: the same. */
  readonly ask?: (question: string) => Promise<string | null>;
  /** Calls the listener at Ctrl+C, which ends nothing then; gives what takes it away again. */
  readonly onInterrupt?: (listener: () => void) => () => void;
}
