import { percentFormat } from '../project/percent-format';
import type { Formatted } from '../project/percent-format';
import type { CreateDate } from './create-date';

/** What Alembic uses when `file_template` is not set. */
export const defaultFileTemplate = '%(rev)s_%(slug)s';

/**
 * The name of a new revision's file by `file_template`, as `ScriptDirectory._rev_path`: relative to the version
 * location, in folders of its own where the template has slashes. Or why Python would refuse the template.
 */
export function revisionFileName(template: string | null, revision: { id: string; message: string; truncateSlugLength: number; createDate: CreateDate }): Formatted {
  const { year, month, day, hour, minute, second, epoch } = revision.createDate;
  const slug = slugOf(revision.message, revision.truncateSlugLength);
  const name = percentFormat(template ?? defaultFileTemplate, { rev: revision.id, slug, epoch, year, month, day, hour, minute, second });
  return 'text' in name ? { text: `${name.text}.py` } : name;
}

/** The words of the message in lower case, cut at a word's end; one long word is cut anywhere. */
export function slugOf(message: string, longest: number): string {
  // Python's \w: letters, digits of all kinds, underscore.
  const words = message.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const characters = [...words.join('_').toLowerCase()];
  if (characters.length <= longest) return characters.join('');
  const cut = characters.slice(0, longest).join('');
  const last = cut.lastIndexOf('_');
  return `${last < 0 ? cut : cut.slice(0, last)}_`;
}
