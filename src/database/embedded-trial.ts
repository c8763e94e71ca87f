import { Client } from 'pg';
import { plainTarget } from './connection-target';
import { openTrial, type Trial } from './try-statements';

/** Connects to an embedded server, which is nobody's data. Rejects where it has ended. */
export async function openEmbeddedTrial(at: { readonly host: string; readonly port: number; readonly user: string; readonly database: string }): Promise<Trial> {
  const client = new Client({ ...at, password: '', ssl: false, application_name: 'alembic-review' });
  // Without a listener, a connection that breaks while idle would take the whole process down.
  client.on('error', () => undefined);
  await client.connect();
  return openTrial(client, { ...plainTarget, ...at });
}
