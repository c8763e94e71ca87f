import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';

export interface ProxyOptions {
  /** Tells the client another process than the server's, as a pooler does. */
  readonly disguiseProcess?: boolean;
}

export interface Proxy {
  readonly tcp: Server;
  readonly port: number;
  /** How often the client spoke and then had to wait for an answer. */
  roundTrips(): number;
}

/** Stands between a client and a server on this machine. It cannot read TLS. */
export async function startProxy(serverPort: number, options: ProxyOptions = {}): Promise<Proxy> {
  let trips = 0;
  let clientSpeaks = false;
  const tcp = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    client.on('data', (data) => {
      if (!clientSpeaks) trips++;
      clientSpeaks = true;
      server.write(data);
    });
    server.on('data', (data: Buffer) => {
      clientSpeaks = false;
      client.write(options.disguiseProcess === true ? disguise(data) : data);
    });
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  return { tcp, port: (tcp.address() as AddressInfo).port, roundTrips: () => trips };
}

/** BackendKeyData is `K`, the length 12, the process, and its key (PostgreSQL documentation, "Message Formats"). */
function disguise(data: Buffer): Buffer {
  const at = data.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
  if (at < 0) return data;
  const changed = Buffer.from(data);
  changed.writeInt32BE(changed.readInt32BE(at + 5) ^ 0x0f0f0f, at + 5);
  return changed;
}
