/** What goes between the tests and the driver in the extension host: one line of JSON each. */
export type Question =
  | { readonly id: number; readonly kind: 'evaluate'; readonly source: string; readonly argument: unknown }
  | { readonly id: number; readonly kind: 'run-suites'; readonly files: readonly string[]; readonly grep: string | undefined; readonly timeout: number };

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export interface HostTest {
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly title: readonly string[];
  readonly duration: number;
  readonly error?: { readonly message: string; readonly stack: string };
}
