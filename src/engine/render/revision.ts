import { resolvePath } from '../project/paths';
import type { Project } from '../project/project';
import { formatMessage, message } from '../text/problem';
import type { Problem } from '../text/problem';
import type { CreateDate } from './create-date';
import { defaultTemplate } from './default-template';
import { revisionFileName } from './file-name';
import type { Quotes } from './python-repr';
import { renderTemplate } from './template';
import { asText, itemsOf } from './template-expression';
import type { TemplateValue, Variables } from './template-expression';

export interface NewRevision {
  readonly project: Pick<Project, 'versionLocations' | 'fileTemplate' | 'truncateSlugLength' | 'scriptLocation'>;
  /** The project's `script.py.mako`; null where there is none. */
  readonly templateText: string | null;
  /** Null: Alembic writes "empty message" and leaves the slug out. */
  readonly message: string | null;
  readonly revisionId: string;
  /** Whole ids; none for a first revision, several for a merge. */
  readonly downRevisions: readonly string[];
  readonly branchLabels: readonly string[];
  readonly dependsOn: readonly string[];
  readonly createDate: CreateDate;
  /** Whole lines (`from sqlalchemy.dialects import postgresql`), in any order. */
  readonly imports: readonly string[];
  /** The functions' lines, without the functions' own indentation; none: `pass`. */
  readonly upgradeBody: readonly string[];
  readonly downgradeBody: readonly string[];
  /** The folder it goes into, one of the project's; absent: the first. */
  readonly versionLocation?: string;
  /** `double` where the project formats with black or ruff. */
  readonly quotes?: Quotes;
}

export interface RenderedRevision {
  readonly path: string;
  readonly text: string;
  /** Why Alembic's default template or file name was used instead of the project's. */
  readonly problems: readonly Problem[];
}

/**
 * Writes a revision as `alembic revision` does: the project's template, or Alembic's default where that takes Mako
 * itself, and the file name by `file_template`.
 */
export function renderRevision(revision: NewRevision): RenderedRevision {
  const { project } = revision;
  const problems: Problem[] = [];
  const variables = templateVariables(revision);
  const templatePath = resolvePath(project.scriptLocation, 'script.py.mako');
  const options = { quotes: revision.quotes ?? 'python' } as const;

  const own = revision.templateText === null ? null : renderTemplate(revision.templateText, variables, { ...options, path: templatePath });
  if (own === null) problems.push(usedDefault(message('{path} does not exist. Alembic’s default template was used.', { path: templatePath })));
  else if (own.value === null) {
    const [problem] = own.problems;
    const reason = problem ? formatMessage(problem.message) : '';
    problems.push({ ...usedDefault(message('The template {path} can’t be rendered without Alembic. {reason} Alembic’s default template was used.', { path: templatePath, reason }), problem?.at), code: outsideSubset });
  }
  const text = own?.value ?? renderTemplate(defaultTemplate, variables, options).value ?? '';

  const naming = { id: revision.revisionId, message: revision.message ?? '', truncateSlugLength: project.truncateSlugLength, createDate: revision.createDate };
  const wished = revisionFileName(project.fileTemplate, naming);
  if ('reason' in wished) {
    const reason = formatMessage(wished.reason);
    problems.push({ code: 'file-template', severity: 'warning', message: message('`file_template` can’t be used: {reason} Alembic’s default name was used.', { reason }) });
  }
  const name = 'text' in wished ? wished : revisionFileName(null, naming);
  const folder = revision.versionLocation ?? project.versionLocations[0] ?? resolvePath(project.scriptLocation, 'versions');
  return { path: resolvePath(folder, 'text' in name ? name.text : `${revision.revisionId}.py`), text, problems };
}

/** The problem's code where the project's template takes Mako itself: Alembic may render it instead. */
export const outsideSubset = 'template-outside-subset';

/** The texts that a template is given, whoever renders it. */
export function templateArguments(revision: NewRevision): Readonly<Record<'message' | 'imports' | 'upgrades' | 'downgrades', string>> {
  return {
    message: safeInDocstring(revision.message ?? 'empty message'),
    imports: [...new Set(revision.imports)].sort().join('\n'),
    upgrades: indented(revision.upgradeBody),
    downgrades: indented(revision.downgradeBody),
  };
}

/** What `ScriptDirectory.generate_revision` hands to the template. */
function templateVariables(revision: NewRevision): Variables {
  const { downRevisions, branchLabels, dependsOn } = revision;
  return new Map<string, TemplateValue>([
    ['up_revision', revision.revisionId],
    ['down_revision', downRevisions.length > 1 ? downRevisions : (downRevisions[0] ?? null)],
    ['branch_labels', branchLabels.length > 0 ? branchLabels : null],
    ['depends_on', dependsOn.length > 1 ? { list: dependsOn } : (dependsOn[0] ?? null)],
    ['create_date', { date: revision.createDate }],
    ...Object.entries(templateArguments(revision)),
    ['comma', { call: ([value = null]) => (value === null ? '' : (itemsOf(value)?.map((item) => asText(item, 'python')).join(', ') ?? value)) }],
  ]);
}

/** The template has the first line's indentation itself. */
function indented(lines: readonly string[]): string {
  return lines.map((line, index) => (index === 0 || line === '' ? line : `    ${line}`)).join('\n');
}

/** Alembic writes the message as it is and leaves a broken file behind when it closes the docstring or ends in a backslash. */
function safeInDocstring(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"""/g, '\\"\\"\\"');
}

function usedDefault(text: Problem['message'], at?: Problem['at']): Problem {
  return { code: 'template', severity: 'warning', message: text, ...(at && { at }) };
}
