/** What a client sends, cut into what the embedded server is given. */
export type Frame =
  /** One message, or the startup packet. */
  | { readonly kind: 'message'; readonly bytes: Uint8Array }
  /** It asks for TLS (or GSSAPI encryption), which there is none of: the answer is `N`. */
  | { readonly kind: 'encryption-asked' }
  /** It wants a statement of another connection cancelled, or says goodbye. */
  | { readonly kind: 'cancel' | 'end' };

/**
 * Cuts a client's bytes at the ends of messages, however they come. Source: PostgreSQL documentation, "Message Formats": a type byte and
 * a length that counts itself; packets before the start have no type.
 */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);
  private started = false;

  /** The whole frames that are there with these bytes. */
  add(bytes: Uint8Array): readonly Frame[] {
    this.rest = Buffer.concat([this.rest, bytes]);
    const frames: Frame[] = [];
    for (let frame = this.next(); frame !== null; frame = this.next()) frames.push(frame);
    return frames;
  }

  private next(): Frame | null {
    const head = this.started ? 1 : 0;
    if (this.rest.length < head + 4) return null;
    const length = head + this.rest.readInt32BE(head);
    if (this.rest.length < length) return null;
    const bytes = new Uint8Array(this.rest.subarray(0, length));
    this.rest = this.rest.subarray(length);
    if (this.started) return bytes[0] === terminate ? { kind: 'end' } : { kind: 'message', bytes };
    const code = Buffer.from(bytes).readInt32BE(4);
    if (code === sslRequest || code === gssRequest) return { kind: 'encryption-asked' };
    if (code === cancelRequest) return { kind: 'cancel' };
    this.started = true;
    return { kind: 'message', bytes };
  }
}

/** What a startup packet says: `user`, `database` and settings. */
export function startupParameters(packet: Uint8Array): ReadonlyMap<string, string> {
  const words = Buffer.from(packet.subarray(8)).toString('utf8').split('\0');
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < words.length && words[index] !== ''; index += 2) found.set(words[index] ?? '', words[index + 1] ?? '');
  return found;
}

/** The message that ends a connection with a reason. */
export function errorResponse(sqlstate: string, words: string): Uint8Array {
  const body = Buffer.from(['SFATAL', 'VFATAL', `C${sqlstate}`, `M${words}`, '', ''].join('\0'));
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(body.length + 4, 1);
  return new Uint8Array(Buffer.concat([head, body]));
}

const terminate = 'X'.charCodeAt(0);
const cancelRequest = 80877102;
const sslRequest = 80877103;
const gssRequest = 80877104;
