import type { GraphView } from './rows';

/** From the extension to the graph. */
export interface ToGraph {
  readonly kind: 'show';
  readonly view: GraphView;
}

/** From the graph to the extension. */
export type FromGraph = { readonly kind: 'ready' } | { readonly kind: 'open'; readonly id: string } | { readonly kind: 'save' };
