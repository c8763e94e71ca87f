import * as vscode from 'vscode';
import type { RevisionGraph } from '../../engine/history/graph';
import { historyOrder, pending } from '../../engine/history/order';
import type { MigrationVerb } from '../../runner/plan';
import { back, input, pick, type Choice, type Divider } from '../commands/wizard';

/** Where to: as Alembic takes it. `clicked`: the revision of the node that was clicked. Escape throws a CancellationError. */
export async function chooseTarget(verb: MigrationVerb, graph: RevisionGraph, applied: readonly string[], frame: { readonly title: string }, clicked: string | null): Promise<string> {
  if (clicked !== null) return clicked;
  const other = Symbol('other');
  const choices: readonly (Choice<string | typeof other> | Divider)[] = [
    ...targetChoices(verb, graph, applied),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: '$(edit) Another revision…', detail: 'An id or its beginning, +2, -1, label@head: what Alembic takes.', value: other },
  ];
  const placeholder = { upgrade: 'Upgrade to which revision?', downgrade: 'Back to which revision?', stamp: 'Note down which revision as applied? Nothing is run.' }[verb];
  const picked = await pick(frame, placeholder, choices);
  if (picked === back) throw new vscode.CancellationError();
  if (typeof picked === 'string') return picked;
  const typed = await input(frame, { prompt: placeholder, placeholder: 'label@head', validate: (value) => (value.trim() === '' ? 'Type a revision as Alembic takes it.' : null) });
  if (typed === back) throw new vscode.CancellationError();
  return typed.trim();
}

function targetChoices(verb: MigrationVerb, graph: RevisionGraph, applied: readonly string[]): readonly Choice<string>[] {
  const { pending: open, applied: behind } = pending(graph, applied);
  const ofRevision = (id: string, icon: string, description = ''): Choice<string> => ({ label: `$(${icon}) ${id}`, description: graph.nodes.get(id)?.file.message ?? '', ...(description === '' ? {} : { detail: description }), value: id });
  const head: readonly Choice<string>[] =
    graph.heads.length === 1
      ? graph.heads.map((id) => ({ label: '$(arrow-up) head', description: `${id} ${graph.nodes.get(id)?.file.message ?? ''}`.trimEnd(), detail: 'The newest revision.', value: 'head' }))
      : [{ label: '$(arrow-up) heads', description: graph.heads.join(', '), detail: 'Every head: the history has several.', value: 'heads' }];
  switch (verb) {
    case 'upgrade':
      return [...head, ...open.filter(({ id }) => !(graph.heads.length === 1 && id === graph.heads[0])).map(({ id }) => ofRevision(id, 'circle-outline'))];
    case 'downgrade': {
      const current = new Set(applied);
      return [
        { label: '$(arrow-down) One step back', description: '-1', value: '-1' },
        ...behind.filter(({ id }) => !current.has(id)).map(({ id }) => ofRevision(id, 'circle-filled')),
        { label: '$(circle-slash) base', description: 'Every revision is taken back', value: 'base' },
      ];
    }
    case 'stamp':
      return [...head, ...historyOrder(graph).filter((id) => !(graph.heads.length === 1 && id === graph.heads[0])).map((id) => ofRevision(id, applied.includes(id) ? 'circle-filled' : 'circle-outline')), { label: '$(circle-slash) base', description: 'No revision is noted down', value: 'base' }];
  }
}
