import type { ConnectOptions, Database } from '../../src/database/connect';
import { connect } from '../../src/database/connect';
import { parseConnectionUrl } from '../../src/database/connection-url';
import { formatMessage } from '../../src/engine/text/problem';

/** Connects to a URL as the product would. */
export async function open(url: string, options: ConnectOptions = {}): Promise<Database> {
  const parsed = parseConnectionUrl(url);
  if (parsed.kind === 'invalid') throw new Error(formatMessage(parsed.reason));
  return connect(parsed.target, parsed.password, options);
}

/** The same server and database for another user. */
export function urlFor(url: string, user: string, password: string): string {
  return url.replace(/\/\/[^@]*@/, `//${user}:${password}@`);
}
