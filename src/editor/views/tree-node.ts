import type { RevisionFile } from '../../engine/history/revision';
import type { MigrationForm } from '../../engine/project/supabase';
import type { Place } from '../../engine/text/text';
import type { Environment } from '../connection-setting';
import { nodeContexts } from '../contributions';

/** What a line of any of the views looks like, as plain data. */
export interface TreeLine {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Markdown-free text; lines are divided by \n. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly icon: string;
  readonly tint: Tint | null;
  readonly context: string;
  readonly expanded: boolean;
}

/** A line of the Databases view. */
export interface Node extends TreeLine {
  readonly children: readonly Node[];
  readonly connectionId: string | null;
  readonly environment: Environment | null;
  readonly revision: RevisionFile | null;
  /** A revision that no file here has. */
  readonly unknown: { readonly id: string; readonly form: MigrationForm } | null;
  readonly click: Click | null;
}

export type Tint = 'good' | 'waiting' | 'bad' | 'quiet' | 'link';

/** What a click on a line does; on a revision it opens its file. */
export type Click =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'compare'; readonly path: string; readonly text: string; readonly where: string }
  /** Commands on the connection. */
  | { readonly kind: 'connect' | 'retry' | 'verify' | 'listTypes' | 'generate' };

/** A line that says something and does nothing. */
export function plain(id: string, label: string): Node {
  return {
    id,
    label,
    description: '',
    tooltip: label,
    spoken: label,
    icon: 'circle-outline',
    tint: null,
    context: nodeContexts.group,
    children: [],
    expanded: false,
    connectionId: null,
    environment: null,
    revision: null,
    unknown: null,
    click: null,
  };
}
