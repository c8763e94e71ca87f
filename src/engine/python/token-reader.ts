import { notPlain, type TokenKind, type Tokens } from './quick-tokens';

/** Goes from token to token. Throws `notPlain` where another one stands than must. */
export class TokenReader {
  protected at = 0;
  /** Where the last token that was taken ends. */
  protected lastEnd = 0;
  protected depth = 0;
  protected readonly kinds: readonly TokenKind[];
  protected readonly starts: readonly number[];
  protected readonly ends: readonly number[];
  protected readonly texts: readonly string[];

  constructor(
    protected readonly text: string,
    tokens: Tokens,
  ) {
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.texts = tokens.texts;
  }

  protected get start(): number {
    return this.starts[this.at] ?? this.text.length;
  }

  protected take(): void {
    this.lastEnd = this.ends[this.at] ?? this.text.length;
    this.at++;
  }

  /** Whether the operator or keyword stands here. */
  protected is(written: string): boolean {
    return this.texts[this.at] === written && (this.kinds[this.at] === 'operator' || this.kinds[this.at] === 'keyword');
  }

  protected accept(written: string): boolean {
    if (!this.is(written)) return false;
    this.take();
    return true;
  }

  protected expect(written: string): void {
    if (!this.accept(written)) throw notPlain;
  }

  protected takeName(): string {
    if (this.kinds[this.at] !== 'name') throw notPlain;
    const name = this.texts[this.at] ?? '';
    this.take();
    return name;
  }

  protected expectEnd(): void {
    if (this.kinds[this.at] !== 'end') throw notPlain;
  }
}
