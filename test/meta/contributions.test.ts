import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, contextKeys, internalCommands, nodeContexts, panels, settingDefaults, settingsSection, views, walkthrough } from '../../src/editor/contributions';
import { projectRoot } from '../harness/paths';

/** package.json and `src/editor/contributions.ts` say the same, and package.json keeps its own promises. */
describe('contribution points', () => {
  const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as Manifest;
  const { contributes } = manifest;

  it('has the commands that the code registers, and no others', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(commands).sort());
  });

  it('puts every command under Alembic, with a title that starts with a capital and does not repeat the brand', () => {
    for (const { category, title } of contributes.commands) {
      assert.equal(category, 'Alembic', title);
      assert.match(title, /^[A-Z]/);
      // Autogenerate and the command line are Alembic's own, not ours
      assert.doesNotMatch(title.replace(/Alembic's Autogenerate|Alembic Command/, ''), /alembic/i);
    }
  });

  it('gives commands that ask further a title with …', () => {
    const asking: string[] = [commands.generateMigration, commands.connectDatabase, commands.editConnection, commands.chooseDatabase, commands.mergeHeads, commands.newEmptyRevision, commands.describeTable, commands.createMigrationBranch, commands.stageAndCommit, commands.copyAlembicCommand, commands.upgradeDatabase, commands.downgradeDatabase, commands.stampDatabase, commands.dryRunConnected];
    for (const { command, title } of contributes.commands) assert.equal(title.endsWith('…'), asking.includes(command), title);
  });

  it('keeps commands that need an argument out of the palette', () => {
    const hidden = contributes.menus['commandPalette']!.filter(({ when }) => when === 'false').map(({ command }) => command);
    assert.deepEqual(hidden.sort(), [...internalCommands].sort());
  });

  it('has menus with known commands, known views, known nodes and known context keys', () => {
    const known: readonly string[] = [...Object.values(contextKeys)];
    for (const { command, when } of Object.values(contributes.menus).flat()) {
      assert.ok(Object.values<string>(commands).includes(command), command);
      for (const view of (when ?? '').matchAll(/view == ([\w.]+)/g)) assert.ok(Object.values<string>(views).includes(view[1]!), when);
      for (const item of (when ?? '').matchAll(/viewItem == ([\w.]+)/g)) assert.ok(Object.values<string>(nodeContexts).includes(item[1]!), when);
      for (const panel of (when ?? '').matchAll(/(?:webviewId|activeWebviewPanelId) == '([\w.]+)'/g)) assert.ok(Object.values<string>(panels).includes(panel[1]!), when);
      const rest = (when ?? '').replace(/view(Item)? == [\w.]+|(webviewId|activeWebviewPanelId) == '[\w.]+'/g, '');
      for (const key of rest.matchAll(/alembicReview\.\w+/g)) assert.ok(known.includes(key[0]), `${key[0]} in: ${when}`);
    }
  });

  it('declares the views', () => {
    assert.deepEqual(contributes.viewsContainers.activitybar.map(({ id }) => id), [views.container]);
    assert.deepEqual(Object.keys(contributes.views), [views.container]);
    assert.deepEqual(contributes.views[views.container]!.map(({ id }) => id), [views.databases, views.revisions, views.checklist]);
  });

  it('has one button in each empty state that a person can leave', () => {
    for (const { contents, when } of contributes.viewsWelcome) {
      const buttons = [...contents.matchAll(/^\[[^\]]+\]\(command:([\w.]+)\)$/gm)];
      assert.equal(buttons.length, when === `!${contextKeys.ready}` || when?.includes(`!${contextKeys.checklistKnown}`) ? 0 : 1, contents);
    }
  });

  it('declares the settings with the defaults that the code has', () => {
    const declared = Object.entries(contributes.configuration.properties).map(([key, { default: value }]) => [key.replace(`${settingsSection}.`, ''), value]);
    assert.deepEqual(Object.fromEntries(declared), settingDefaults);
  });

  it('describes every setting', () => {
    for (const [key, setting] of Object.entries(contributes.configuration.properties)) {
      assert.ok((setting.description ?? setting.markdownDescription ?? '') !== '', key);
    }
  });

  it('has a walkthrough whose pages and commands exist', () => {
    assert.deepEqual(contributes.walkthroughs.map(({ id }) => id), [walkthrough]);
    for (const step of contributes.walkthroughs[0]!.steps) {
      assert.ok(existsSync(path.join(projectRoot, step.media.markdown)), step.media.markdown);
      for (const link of step.description.matchAll(/\(command:([\w.]+)\)/g)) {
        const command = link[1]!;
        assert.ok([...Object.values<string>(commands), `${views.databases}.focus`].includes(command), command);
      }
    }
  });

  it('names files that exist', () => {
    for (const file of [...contributes.grammars.map((grammar) => grammar.path), contributes.viewsContainers.activitybar[0]!.icon, manifest.icon]) {
      assert.ok(existsSync(path.join(projectRoot, file)), file);
    }
  });

  it('works in a limited way in an untrusted workspace, whose settings name no connections and no program', () => {
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, [`${settingsSection}.connections`, `${settingsSection}.pythonPath`]);
  });
});

interface Manifest {
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly description?: string; readonly markdownDescription?: string }>>;
    };
    readonly grammars: readonly { readonly path: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly { readonly description: string; readonly media: { readonly markdown: string } }[];
    }[];
  };
}
