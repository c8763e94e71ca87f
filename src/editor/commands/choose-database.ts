import type { Parts } from '../parts';
import { chooseConnection } from './disconnect';

/** *Choose Active Database…*: the one that the status bar shows and that new migrations start from. */
export async function chooseDatabase(parts: Parts): Promise<void> {
  const connection = await chooseConnection(parts, 'Choose Active Database', 'The database that the status bar shows and that new migrations start from');
  if (connection !== null) await parts.connections.setActive(connection.id);
}
