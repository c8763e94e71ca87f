import { driftRemark, type Drift, type DriftedObject } from '../../engine/verify/drift';
import type { VerifiedPart } from '../../engine/verify/verification';
import { partName } from '../../engine/verify/words';
import { displayName } from '../../engine/schema/schema';
import { formatMessage } from '../../engine/text/problem';
import type { Place } from '../../engine/text/text';
import type { Connection } from '../connection-setting';
import { nodeContexts } from '../contributions';
import type { EnumInsight, Insight } from './database-details';
import { plain, type Node } from './tree-node';

/** Enum types and drift of a database, as far as they were read. */
export function insightNodes(connection: Connection, insight: Insight): readonly Node[] {
  return [enumGroup(connection, insight), driftGroup(connection, insight)];
}

/** How many things differ: parts of a table count each. */
export function driftCount({ objects }: Drift): number {
  return objects.reduce((sum, { parts }) => sum + Math.max(1, parts.length), 0);
}

function enumGroup(connection: Connection, insight: Insight): Node {
  const base: Node = { ...plain(`${connection.id}/enums`, 'Enum types'), icon: 'symbol-enum', connectionId: connection.id, context: nodeContexts.enums, click: null };
  if (insight.kind !== 'read') return { ...base, ...waiting(base.id, insight) };
  const { enums } = insight;
  const there = enums.filter(({ type }) => type !== null).length;
  const odd = enums.filter(({ state }) => state === 'different').length;
  const missing = enums.filter(({ state }) => state === 'missing').length;
  const description = [there === 0 ? 'none' : String(there), ...(odd === 0 ? [] : [`${odd} not as in the models`]), ...(missing === 0 ? [] : [`${missing} more in the models`])].join(' · ');
  return {
    ...base,
    description,
    tooltip: `Enum types of ${connection.name}: ${description}`,
    spoken: `Enum types, ${description}`,
    children: enums.map((one) => enumNode(connection, one)),
  };
}

const enumWords: Readonly<Record<EnumInsight['state'], string>> = {
  same: '',
  different: 'not as in the models',
  missing: 'in the models, not in the database',
  undeclared: 'in no model',
  coming: 'pending revisions change it',
  notCompared: '',
};

function enumNode(connection: Connection, { type, model, columns, state }: EnumInsight): Node {
  const name = displayName(type ?? model ?? { schema: null, name: '' });
  const id = `${connection.id}/enums/${name}`;
  const labels = type?.labels ?? [];
  const wanted = model?.labels ?? labels;
  const isOdd = state === 'different' || state === 'missing';
  const notes = enumWords[state];
  const listed = (type ?? model)?.labels.join(', ') ?? '';
  const lacking = wanted.filter((label) => !labels.includes(label));
  const isReordered = state === 'different' && lacking.length === 0 && labels.every((label) => wanted.includes(label));
  return {
    ...plain(id, name),
    description: [notes, listed].filter((part) => part !== '').join(' · '),
    tooltip: [name, `Values: ${listed}`, model === null ? '' : `In the models: ${wanted.join(', ')}`, columns.length === 0 ? 'No column uses it.' : `Used by ${columns.join(', ')}`, notes, model?.at === undefined ? 'Click for all types.' : 'Click to open the model.'].filter((line) => line !== '').join('\n'),
    spoken: [`enum type ${name}`, notes, `values ${listed}`, columns.length === 0 ? 'used by no column' : `used by ${columns.join(', ')}`].filter((part) => part !== '').join(', '),
    icon: isOdd ? 'warning' : 'symbol-enum',
    tint: isOdd ? 'waiting' : null,
    connectionId: connection.id,
    click: clickOn(model?.at, 'listTypes'),
    children: [
      ...(isReordered ? [{ ...plain(`${id}/order`, `In the models: ${wanted.join(', ')}`), description: 'another order', icon: 'warning', tint: 'waiting' as const }] : []),
      ...labels.map((label): Node => valueNode(id, label, model === null || wanted.includes(label) ? '' : 'not in the models')),
      ...(type === null ? [] : lacking.map((label): Node => valueNode(id, label, state === 'coming' ? 'comes with the pending revisions' : 'in the models, not in the database'))),
      ...columns.map((column): Node => ({ ...plain(`${id}/column/${column}`, column), description: 'uses it', icon: 'symbol-field' })),
    ],
  };
}

function valueNode(parent: string, label: string, note: string): Node {
  return { ...plain(`${parent}/value/${label}`, label), description: note, spoken: note === '' ? `value ${label}` : `value ${label}, ${note}`, icon: note === '' ? 'symbol-enum-member' : 'warning', tint: note === '' ? null : 'waiting' };
}

function driftGroup(connection: Connection, insight: Insight): Node {
  const base: Node = { ...plain(`${connection.id}/drift`, 'Drift'), icon: 'git-compare', connectionId: connection.id, context: nodeContexts.drift };
  if (insight.kind !== 'read') return { ...base, ...waiting(base.id, insight) };
  const { drift } = insight;
  const count = driftCount(drift);
  const isChecked = drift.against.length > 0;
  // Without its history, that nothing differs from the models is no proof that nothing was done by hand.
  const isSure = drift.against.includes('history');
  const words = !isChecked ? 'not known' : `${count === 0 ? 'none' : count === 1 ? '1 difference' : `${count} differences`}${isSure ? '' : ' from the models; its history is not known'}`;
  const remark = driftRemark(drift);
  const waits = drift.ungenerated.length;
  const line = (id: string, label: string, icon: string, click: Node['click']): Node => ({ ...plain(`${base.id}/${id}`, label), icon, click, connectionId: connection.id });
  return {
    ...base,
    description: words,
    tooltip: [count === 0 ? `Nothing was found on ${connection.name} that its revisions don’t explain.` : `What ${connection.name} has, or lacks, that none of its revisions explains: somebody changed it by hand, or a revision was edited.`, remark === null ? '' : formatMessage(remark)].filter((part) => part !== '').join('\n'),
    spoken: `Drift, ${words}`,
    icon: count > 0 ? 'warning' : isSure ? 'pass' : 'question',
    tint: count > 0 ? 'waiting' : isSure ? 'good' : 'quiet',
    children: [
      ...drift.objects.map((object) => objectNode(base.id, connection, object)),
      ...(waits === 0 ? [] : [line('ungenerated', `${waits === 1 ? '1 object of the models waits' : `${waits} objects of the models wait`} for a migration (no drift)`, 'git-pull-request-create', { kind: 'generate' })]),
      ...(drift.unknown === 0 ? [] : [line('unknown', `${drift.unknown === 1 ? '1 object' : `${drift.unknown} objects`} could not be compared`, 'question', { kind: 'verify' })]),
      ...(remark === null ? [] : [line('remark', formatMessage(remark), 'info', { kind: 'verify' })]),
      ...(count === 0 ? [] : [line('report', 'Show the whole report', 'verified', { kind: 'verify' })]),
    ],
  };
}

function objectNode(parent: string, connection: Connection, object: DriftedObject): Node {
  const { kind, name, status, parts, against, at } = object;
  const title = kind === 'other' ? name : `${kind} ${name}`;
  const id = `${parent}/${against}/${title}`;
  const side = against === 'models' ? 'models' : 'revisions';
  const words = parts.length > 0 ? (parts.length === 1 ? '1 difference' : `${parts.length} differences`) : sideWords(object, side);
  return {
    ...plain(id, title),
    description: words,
    tooltip: [title, words, at === null ? 'Click for the whole report.' : 'Click to open the model.'].join('\n'),
    spoken: `${title}, ${words}`,
    icon: kind === 'table' ? 'table' : kind === 'enum type' ? 'symbol-enum' : kind === 'view' ? 'eye' : 'symbol-misc',
    tint: status === 'missing' ? 'bad' : 'waiting',
    connectionId: connection.id,
    click: clickOn(at, 'verify'),
    children: parts.map((part, index) => ({
      ...plain(`${id}/${index}/${part.kind}/${part.name}`, partName(part)),
      description: sideWords(part, side),
      tooltip: [`${partName(part)} of ${name}`, `In the database: ${part.actual ?? 'nothing'}`, `By the ${side}: ${part.expected ?? 'nothing'}`].join('\n'),
      spoken: `${partName(part)}, ${sideWords(part, side)}`,
      icon: part.status === 'missing' ? 'diff-removed' : part.status === 'extra' ? 'diff-added' : 'diff-modified',
      tint: part.status === 'missing' ? ('bad' as const) : ('waiting' as const),
      connectionId: connection.id,
      click: clickOn(part.at, 'verify'),
    })),
    expanded: true,
  };
}

/** What the database has, and what it should have. */
function sideWords({ status, expected, actual }: Pick<VerifiedPart, 'expected' | 'actual'> & { readonly status: DriftedObject['status'] }, side: string): string {
  if (status === 'missing') return `missing; the ${side} have it`;
  if (status === 'extra') return side === 'models' ? 'only in the database' : 'only in the database; no revision makes it';
  return expected === null || actual === null ? 'differs' : `${actual} · by the ${side} ${expected}`;
}

function clickOn(at: Place | null | undefined, otherwise: 'verify' | 'listTypes'): Node['click'] {
  return at === null || at === undefined ? { kind: otherwise } : { kind: 'place', place: at };
}

/** Not read yet, or why it could not be. */
function waiting(id: string, insight: Exclude<Insight, { readonly kind: 'read' }>): Partial<Node> {
  const words = insight.kind === 'failed' ? `not known: ${insight.reason}` : 'reading…';
  return { description: insight.kind === 'unread' ? '' : words, spoken: `${id.endsWith('/drift') ? 'Drift' : 'Enum types'}, ${words}`, children: [{ ...plain(`${id}/${insight.kind}`, words), icon: insight.kind === 'failed' ? 'error' : 'loading~spin' }] };
}
