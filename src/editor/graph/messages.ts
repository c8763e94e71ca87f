import type { GraphView } from './rows';

/** From the extension to the graph. */
export interface ToGraph {
  readonly kind: 'show';
  /** What the panel remembers from session to session. */
  readonly state: GraphState;
  readonly view: GraphView;
}

/** Which project's history a panel shows. */
export interface GraphState {
  readonly project: string;
}

/** From the graph to the extension. */
export type FromGraph = { readonly kind: 'ready' } | { readonly kind: 'open'; readonly id: string } | { readonly kind: 'save' };
