import { LineIndex } from '../text/text';

/**
 * The comment lines that stand directly above a place, as one text without their marks: what a person, or the answer to a question, says of the
 * operation there. Left out: marks for tools (`# alembic-review: …`, `# noqa`), and Alembic's own frame (`# ### commands auto generated …`).
 */
export function commentsAbove(text: string, at: number): string {
  const lines = text.split(/\r\n|\r|\n/);
  const found: string[] = [];
  for (let line = new LineIndex(text).at(at).line - 1; line >= 0; line--) {
    const [, said] = /^\s*(?:#|--)\s?(.*)$/.exec(lines[line] ?? '') ?? [];
    if (said === undefined) break;
    if (!/^\s*(?:###|alembic-review:|noqa\b|type:|pylint:|fmt:)/.test(said)) found.unshift(said.trim());
  }
  return found.filter((said) => said !== '').join(' ');
}
