/**
 * MD5 of a text in UTF-8, as hexadecimal digits (RFC 1321). SQLAlchemy cuts names that are too long and ends them with
 * four of these digits.
 */
export function md5(text: string): string {
  const bytes = utf8(text);
  const length = bytes.length;
  const blocks = ((length + 8) >> 6) + 1;
  const words = new Int32Array(blocks * 16);
  for (let i = 0; i < length; i++) words[i >> 2] = (words[i >> 2] ?? 0) | ((bytes[i] ?? 0) << ((i % 4) * 8));
  words[length >> 2] = (words[length >> 2] ?? 0) | (0x80 << ((length % 4) * 8));
  words[blocks * 16 - 2] = length * 8;
  let [a, b, c, d] = [0x67452301, -0x10325477, -0x67452302, 0x10325476];
  for (let block = 0; block < words.length; block += 16) {
    const [a0, b0, c0, d0] = [a, b, c, d];
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mix = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const index = round === 0 ? i : round === 1 ? (5 * i + 1) % 16 : round === 2 ? (3 * i + 5) % 16 : (7 * i) % 16;
      const sum = (a + mix + (sines[i] ?? 0) + (words[block + index] ?? 0)) | 0;
      const shift = shifts[round * 4 + (i % 4)] ?? 0;
      [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
    }
    [a, b, c, d] = [(a + a0) | 0, (b + b0) | 0, (c + c0) | 0, (d + d0) | 0];
  }
  return [a, b, c, d].map(hex).join('');
}

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Array.from({ length: 64 }, (_value, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);

function hex(word: number): string {
  let result = '';
  for (let i = 0; i < 4; i++) result += ((word >>> (i * 8)) & 0xff).toString(16).padStart(2, '0');
  return result;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
