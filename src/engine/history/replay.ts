import { applyResolved } from '../operations/resolve-types';
import type { Schema } from '../schema/schema';
import type { Revision } from './revision';

/** The schema after these revisions, oldest first. What was not understood on the way is in its `unknown`. */
export function replay(revisions: readonly Pick<Revision, 'upgrade'>[], start: Schema): Schema {
  return revisions.reduce((schema, revision) => applyResolved(schema, revision.upgrade), start);
}
