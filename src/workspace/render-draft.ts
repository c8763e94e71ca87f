import { outsideSubset, renderRevision } from '../engine/render/revision';
import type { NewRevision, RenderedRevision } from '../engine/render/revision';
import { formatMessage, message } from '../engine/text/problem';
import type { Message } from '../engine/text/problem';

/** Renders a revision by a template that takes Mako itself, in the project's Python; `reason`: why it can't. */
export type RenderByAlembic = (revision: NewRevision, path: string) => Promise<{ readonly text: string } | { readonly reason: Message }>;

/**
 * Renders a revision by the project's template. Where that is more than we render, Alembic does it; without it, or when
 * it can't, Alembic's default template is used and a problem says so.
 */
export async function renderDraft(revision: NewRevision, renderByAlembic: RenderByAlembic | null): Promise<RenderedRevision> {
  const rendered = renderRevision(revision);
  if (renderByAlembic === null || !rendered.problems.some(({ code }) => code === outsideSubset)) return rendered;
  const byAlembic = await renderByAlembic(revision, rendered.path);
  if ('text' in byAlembic) return { ...rendered, text: byAlembic.text, problems: rendered.problems.filter(({ code }) => code !== outsideSubset) };
  const why = message('Alembic itself could not render it either: {reason}', { reason: formatMessage(byAlembic.reason) });
  return { ...rendered, problems: [...rendered.problems, { code: 'template-by-alembic', severity: 'warning', message: why }] };
}
