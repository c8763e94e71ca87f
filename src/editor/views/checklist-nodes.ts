import type { Checklist } from '../../engine/checklist/checklist';
import type { ChecklistAction, ChecklistItem, ChecklistPart, ChecklistState, ChecklistStep } from '../../engine/checklist/items';
import { formatMessage } from '../../engine/text/problem';
import type { Place } from '../../engine/text/text';
import { nodeContexts } from '../contributions';
import type { Tint, TreeLine } from './tree-node';

/** A line of the Checklist view, as plain data. */
export interface ChecklistNode extends TreeLine {
  readonly children: readonly ChecklistNode[];
  readonly click: ChecklistClick | null;
}

export type ChecklistClick = { readonly kind: 'place'; readonly place: Place } | { readonly kind: 'action'; readonly action: ChecklistAction };

/** The migration, then its six steps; the first that is not done is open, and what does it is a line of its own. */
export function checklistNodes({ migration, steps, form }: Checklist): readonly ChecklistNode[] {
  if (migration === null) return [];
  const head: ChecklistNode =
    migration.path === null
      ? { ...line('migration', 'A migration to generate'), icon: 'git-pull-request-create', spoken: 'The migration at hand is still to be generated' }
      : {
          ...line(`migration/${migration.path}`, migration.name),
          description: migration.id ?? '',
          tooltip: `${migration.name}\n${form === 'supabase' ? 'version' : 'revision'} ${migration.id ?? ''}\n${migration.path}`,
          spoken: `The migration at hand: ${migration.name}, ${form === 'supabase' ? 'version' : 'revision'} ${migration.id ?? ''}`,
          icon: 'git-commit',
          click: { kind: 'place', place: { path: migration.path, range: { start: 0, end: 0 } } },
        };
  const prefix = migration.path ?? 'new';
  return [head, ...steps.map((step, index) => stepNode(prefix, step, index + 1))];
}

/** The words for a state; a screen reader hears them first. */
const stateWords: Readonly<Record<ChecklistState, string>> = { done: 'done', open: 'to do', failed: 'not right', unknown: 'not known', later: 'not yet', note: 'to know' };

const icons: Readonly<Record<ChecklistState, string>> = { done: 'pass-filled', open: 'circle-large-outline', failed: 'error', unknown: 'question', later: 'circle-outline', note: 'info' };

const tints: Readonly<Record<ChecklistState, Tint>> = { done: 'good', open: 'waiting', failed: 'bad', unknown: 'quiet', later: 'quiet', note: 'quiet' };

function stepNode(prefix: string, { id, title, state, items, isNext }: ChecklistStep, number: number): ChecklistNode {
  const label = `${number}. ${formatMessage(title)}`;
  const counting = items.filter((item) => item.state !== 'note');
  const done = counting.filter((item) => item.state === 'done').length;
  const words = state === 'done' || state === 'note' ? 'done' : state === 'later' ? 'not yet' : `${done} of ${counting.length}`;
  return {
    ...line(`${prefix}/${id}${isNext ? '/next' : ''}`, label),
    description: isNext ? `${words} · next` : words,
    tooltip: [label, ...items.map((item) => `${stateWords[item.state]}: ${formatMessage(item.text)}`)].join('\n'),
    spoken: `Step ${label}, ${words === 'done' || words === 'not yet' ? words : `${words} done`}${state === 'failed' || state === 'unknown' ? `, something is ${stateWords[state]}` : ''}${isNext ? ', this is next' : ''}`,
    ...looks(state === 'note' ? 'done' : state),
    expanded: isNext,
    children: items.map((item) => itemNode(`${prefix}/${id}`, item, isNext)),
  };
}

function itemNode(prefix: string, item: ChecklistItem, isNext: boolean): ChecklistNode {
  const { id, state, action, at, parts } = item;
  const label = formatMessage(item.text);
  const evidence = item.evidence === null ? '' : formatMessage(item.evidence);
  const own = `${prefix}/${id}`;
  const children = [...(action === null ? [] : [actionNode(own, action)]), ...parts.map((one, index) => partNode(own, one, index))];
  const isDue = (state === 'open' || state === 'failed') && isNext;
  return {
    ...line(isDue ? `${own}/due` : own, label),
    description: evidence,
    tooltip: [label, evidence, ...parts.slice(0, 12).map(({ text }) => `• ${formatMessage(text)}`), ...(parts.length > 12 ? [`and ${parts.length - 12} more`] : [])].filter((text) => text !== '').join('\n'),
    spoken: [`${stateWords[state]}: ${label}`, evidence].filter((text) => text !== '').join('. '),
    ...looks(state),
    expanded: isDue,
    children,
    // A click on what has lines of its own opens them.
    click: at === null || children.length > 0 ? null : { kind: 'place', place: at },
  };
}

function partNode(prefix: string, { state, text, at }: ChecklistPart, index: number): ChecklistNode {
  const label = formatMessage(text);
  const looked = looks(state);
  return { ...line(`${prefix}/${index}/${label}`, label), spoken: state === 'note' ? label : `${stateWords[state]}: ${label}`, ...looked, icon: state === 'note' ? 'circle-small-filled' : state === 'done' ? 'check' : looked.icon, click: at === null ? null : { kind: 'place', place: at } };
}

/** What a button says. It is a line that can be clicked, and reached by keyboard, without a mouse over it. */
export function actionWords(action: ChecklistAction): string {
  switch (action.kind) {
    case 'generate':
      return 'Generate Migration from Models…';
    case 'createBranch':
      return 'Create Migration Branch…';
    case 'mergeHeads':
      return 'Merge Heads…';
    case 'connect':
      return 'Connect Database…';
    case 'commit':
      return 'Stage and Commit Migration…';
    case 'offerDeployStep':
      return 'Propose Deploy Step';
    case 'trust':
      return 'Manage Workspace Trust';
    case 'refresh':
      return 'Refresh';
    case 'open':
      return 'Open the Draft with Its Findings';
    case 'fixAllSafe':
      return 'Fix All Safe Problems';
    case 'previewSql':
      return 'Preview SQL';
    case 'dryRun':
      return 'Dry Run on Embedded PostgreSQL';
    case 'verify':
      return 'Verify Database Against Models';
    case 'upgrade':
      return 'Upgrade Database…';
    case 'copyCommand':
      return action.command === 'upgrade' ? 'Copy Command to Apply It' : 'Copy Command to Test It';
  }
}

function actionNode(prefix: string, action: ChecklistAction): ChecklistNode {
  const words = actionWords(action);
  return { ...line(`${prefix}/action/${action.kind}`, words), spoken: `Button: ${words}`, icon: action.kind === 'copyCommand' ? 'copy' : 'play', tint: 'link', click: { kind: 'action', action } };
}

function looks(state: ChecklistState): Pick<ChecklistNode, 'icon' | 'tint'> {
  return { icon: icons[state], tint: tints[state] };
}

function line(id: string, label: string): ChecklistNode {
  return { id, label, description: '', tooltip: label, spoken: label, icon: 'circle-outline', tint: null, context: nodeContexts.group, expanded: false, children: [], click: null };
}
