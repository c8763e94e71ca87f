import type { Card, Choices } from './card';

/** From the extension to the panel. */
export type ToPanel =
  | { readonly kind: 'ask'; readonly title: string; readonly intro: string; readonly cards: readonly Card[]; readonly choices: Choices; readonly submit: string }
  /** What stands in the way, by question id. */
  | { readonly kind: 'problems'; readonly problems: Readonly<Record<string, string>> }
  /** The answers are being worked with: nothing can be pressed. */
  | { readonly kind: 'busy' };

/** From the panel to the extension. */
export type FromPanel =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly choices: Choices }
  | { readonly kind: 'cancel' };
