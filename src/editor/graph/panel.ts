import * as vscode from 'vscode';
import { UserProblem } from '../commands/command';
import { back, pick, type Choice } from '../commands/wizard';
import { commands, panels } from '../contributions';
import { toUri } from '../convert';
import type { Databases } from '../databases';
import { noProject, type Projects } from '../project';
import type { ShownHistory } from '../views/revision-nodes';
import { sameHistories, shownHistories } from '../views/revisions';
import type { FromGraph, GraphState, ToGraph } from './messages';
import { graphView } from './rows';
import { graphSvg } from './svg';
import { fillWebviewPanel, openWebviewPanel } from '../webview-panel';

/** The revision graph: a panel for each project, drawn again when its files or its databases change. */
export interface RevisionGraphs extends vscode.Disposable {
  /** *Show Revision Graph*, of the project with this id or name; asked where there are several. */
  show(project?: string): Promise<void>;
  /** *Save Revision Graph as SVG*: asks where to, writes and opens it. Without a project: that of the panel in front. */
  save(project?: string): Promise<void>;
}

export function createRevisionGraphs(extensionUri: vscode.Uri, projects: Projects, databases: Databases): RevisionGraphs {
  const open = new Map<string, { readonly panel: vscode.WebviewPanel; shown: ShownHistory | null }>();
  const historyOf = (id: string): ShownHistory | undefined => shownHistories(databases, projects).find((history) => history.id === id);

  const redraw = (id: string): void => {
    const drawn = open.get(id);
    const history = historyOf(id);
    if (drawn === undefined || history === undefined) return;
    if (drawn.shown !== null && sameHistories([drawn.shown], [history])) return;
    drawn.shown = history;
    const message: ToGraph = { kind: 'show', state: { project: id }, view: graphView(history) };
    void drawn.panel.webview.postMessage(message);
  };
  const redrawAll = (): void => {
    for (const id of open.keys()) redraw(id);
  };

  const choose = async (wanted: string | undefined): Promise<ShownHistory> => {
    await projects.ready;
    const histories = shownHistories(databases, projects).filter(({ graph }) => graph.nodes.size > 0);
    const named = histories.find(({ id, name }) => id === wanted || name === wanted);
    if (named !== undefined) return named;
    const [first, ...others] = histories;
    if (first === undefined) throw new UserProblem(projects.whyNone() ?? (projects.all().length + projects.supabase().length > 0 ? 'There is no revision yet, so there is no graph to show.' : noProject));
    if (others.length === 0) return first;
    const choices = histories.map((history): Choice<ShownHistory> => ({ label: `$(git-branch) ${history.name}`, description: `${history.graph.nodes.size} revisions`, value: history }));
    const picked = await pick({ title: 'Revision Graph' }, 'Of which project?', choices);
    if (picked === back) throw new vscode.CancellationError();
    return picked;
  };

  const listen = (id: string, panel: vscode.WebviewPanel): void => {
    panel.onDidDispose(() => open.delete(id));
    panel.webview.onDidReceiveMessage((message: FromGraph) => {
      const drawn = open.get(id);
      switch (message.kind) {
        case 'ready':
          if (drawn !== undefined) drawn.shown = null;
          redraw(id);
          return;
        case 'open': {
          const file = drawn?.shown?.graph.nodes.get(message.id)?.file;
          if (file !== undefined) void vscode.commands.executeCommand(commands.openRevision, file);
          return;
        }
        case 'save':
          void vscode.commands.executeCommand(commands.saveRevisionGraph, id);
      }
    });
  };

  const page = (name: string) => ({ title: `Revisions: ${name}`, pageTitle: 'Revision Graph', name: 'graph' }) as const;
  const restored = async (panel: vscode.WebviewPanel, state: GraphState | undefined): Promise<void> => {
    await projects.ready;
    const history = state === undefined ? undefined : historyOf(state.project);
    if (history === undefined || open.has(history.id)) return panel.dispose();
    open.set(history.id, { panel, shown: null });
    listen(history.id, panel);
    fillWebviewPanel(panel, extensionUri, page(history.name));
  };

  const subscriptions = vscode.Disposable.from(
    vscode.window.registerWebviewPanelSerializer(panels.revisionGraph, { deserializeWebviewPanel: restored }),
    projects.onDidChange(redrawAll),
    databases.onDidChange(redrawAll),
  );
  return {
    show: async (wanted) => {
      const { id, name } = await choose(wanted);
      const shown = open.get(id);
      if (shown !== undefined) return shown.panel.reveal();
      const panel = openWebviewPanel(extensionUri, { viewType: panels.revisionGraph, ...page(name) });
      open.set(id, { panel, shown: null });
      listen(id, panel);
    },
    save: async (wanted) => {
      const inFront = [...open].find(([, { panel }]) => panel.active)?.[0];
      const history = await choose(wanted ?? inFront);
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? toUri('/');
      const target = await vscode.window.showSaveDialog({ title: 'Save Revision Graph as SVG', defaultUri: vscode.Uri.joinPath(folder, 'revisions.svg'), filters: { SVG: ['svg'] } });
      if (target === undefined) throw new vscode.CancellationError();
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(graphSvg(graphView(history))));
      vscode.window.setStatusBarMessage(`$(check) Saved ${vscode.workspace.asRelativePath(target)}`, 6000);
    },
    dispose: () => {
      subscriptions.dispose();
      for (const { panel } of [...open.values()]) panel.dispose();
    },
  };
}
