import { numberOf } from '../python/known';
import type { CallValue, Value } from '../python/values';
import { message, type Message } from '../text/problem';
import { text, type ReadContext } from './context';

/** Reads the arguments of a type's call; remembers the first that is not known. */
export class Arguments {
  failure: Message | null = null;

  constructor(
    readonly call: CallValue | null,
    readonly context: ReadContext,
  ) {}

  at(position: number, name: string): Value | undefined {
    if (this.call === null) return undefined;
    const value = this.call.keywords.get(name) ?? (position >= 0 ? this.call.args[position] : undefined);
    return value?.kind === 'none' ? undefined : value;
  }

  /** A number as text; undefined: not given. */
  number(position: number, name: string): string | undefined {
    const value = this.at(position, name);
    if (value === undefined) return undefined;
    const number = numberOf(value);
    if (number === null) {
      this.failure ??= value.kind === 'unknown' ? value.reason : message('The argument `{name}` of the type is not known.', { name });
      return undefined;
    }
    return String(number);
  }

  isTrue(position: number, name: string): boolean {
    const value = this.at(position, name);
    if (value === undefined) return false;
    if (value.kind === 'bool') return value.value;
    this.failure ??= message('The argument `{name}` of the type is not known.', { name });
    return false;
  }

  isFalse(name: string): boolean {
    const value = this.at(-1, name);
    return value?.kind === 'bool' && !value.value;
  }

  string(position: number, name: string): string | undefined {
    const value = text(this.at(position, name));
    if (value === null) this.failure ??= message('The argument `{name}` of the type is not known.', { name });
    return value ?? undefined;
  }
}
