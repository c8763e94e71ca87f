/**
 * A real VS Code with the extension in it. Two kinds of tests stand on it, both in test/editor/<suite>/<name>.test.ts:
 *
 * From outside, as a person, with VS Code's API at hand where looking at the screen is not enough:
 *
 *     vscode = await need(this, launch({ workspaceFolder: copyOfProject('scraper') }));
 *     await vscode.runCommand('Generate Migration from Models…');
 *     await vscode.choose('open model files');
 *     await vscode.screenshot('rename-question');
 *     const text = await vscode.host.evaluate((api) => api.window.activeTextEditor?.document.getText());
 *     await vscode.close();
 *
 * From inside the extension host: mocha suites in <name>.host.ts that import 'vscode'; the .test.ts says where they run (host-suite.ts):
 *
 *     hostSuite('smoke', { files: ['test/editor/smoke/smoke.host.ts'], launch: () => ({ workspaceFolder: copyOfProject('scraper') }) });
 *
 * `npm test -- test/editor/smoke` runs one suite. ALEMBIC_REVIEW_VSCODE=desktop takes the desktop build.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { artifactsFolder, projectRoot } from './paths';
import { freePort, mustRun, waitFor } from './processes';
import { memoryFolder, temporaryFolder } from './temporary';
import { ToolMissing } from './tools';
import { launchBrowser } from './vscode/browser';
import { launchDesktop } from './vscode/desktop';
import { installDriver, openHostLine } from './vscode/host';
import type { ExtensionHost, HostLine } from './vscode/host';
import { installVsix, serverInstallation, startVscodeServer } from './vscode/server';
import { windowOn } from './vscode/window';
import type { Window } from './vscode/window';

export interface LaunchOptions {
  /** What is opened; an empty window without one. */
  readonly workspaceFolder?: string;
  /** The extension: a folder (the project, built, when nothing is said) or a packaged .vsix, which is installed first. */
  readonly extension?: { readonly folder: string } | { readonly vsix: string };
  /** User settings, besides those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment variables of the extension host, besides ours; undefined takes one away. */
  readonly env?: NodeJS.ProcessEnv;
  readonly size?: { readonly width: number; readonly height: number };
}

export interface VsCode extends Window {
  readonly host: ExtensionHost;
  /** The address for a browser; undefined on the desktop. */
  readonly address: string | undefined;
  close(): Promise<void>;
}

/** Starts VS Code and waits until its extension host answers. */
export async function launch(options: LaunchOptions = {}): Promise<VsCode> {
  if (!options.extension) await buildExtension();
  if (process.env['ALEMBIC_REVIEW_VSCODE'] === 'desktop') return launchOnDesktop(options);
  try {
    return await launchInBrowser(options);
  } catch (error) {
    if (!(error instanceof ToolMissing)) throw error;
    // the two are alternatives: what counts is that there is one
    return launchOnDesktop(options).catch((other: unknown) => {
      throw other instanceof ToolMissing ? new ToolMissing('VS Code', `${error.message}; ${other.message}`) : other;
    });
  }
}

/** The window and its extension host: a file is open when both say so. */
function windowWithHost(page: Page, host: ExtensionHost): ReturnType<typeof windowOn> & { readonly host: ExtensionHost } {
  const window = windowOn(page);
  return {
    ...window,
    host,
    openFile: async (file) => {
      await window.openFile(file);
      const isActive = async (): Promise<true | undefined> => ((await host.evaluate((api) => api.window.activeTextEditor?.document.uri.path ?? '')).endsWith(path.posix.basename(file)) ? true : undefined);
      await waitFor(`${file} to be the active editor`, 15_000, isActive);
    },
  };
}

/** Copies a project of test/projects to a temporary folder, which is thrown away when the process ends; gives the copy. */
export function copyOfProject(name: string): string {
  const copy = path.join(temporaryFolder('project'), name);
  cpSync(path.join(projectRoot, 'test', 'projects', name), copy, { recursive: true, filter: (file) => !file.endsWith('__pycache__') });
  return copy;
}

/** User settings for a window that asks and offers nothing of its own. */
export const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'git.openRepositoryInParentFolders': 'never',
  'files.hotExit': 'off',
  // in a browser it is on by default
  'files.autoSave': 'off',
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
};

/** A VS Code that is served for a person's browser. */
export interface ServedVsCode {
  readonly address: string;
  readonly dataFolder: string;
  close(): Promise<void>;
}

/** Starts VS Code's server with the extension, and leaves it to somebody else to open its address. */
export async function serve(options: LaunchOptions, beforeStart: (dataFolder: string) => Promise<NodeJS.ProcessEnv> = async () => ({})): Promise<ServedVsCode> {
  const installation = await serverInstallation();
  const dataFolder = makeDataFolder(options);
  const env = environment(options, await beforeStart(dataFolder));
  const extension = options.extension ?? { folder: projectRoot };
  if ('vsix' in extension) await installVsix(installation, dataFolder, extension.vsix);
  const { origin, process: server } = await startVscodeServer(installation, dataFolder, await freePort(), env);
  const developed = 'folder' in extension ? extension.folder : undefined;
  return { dataFolder, address: workbenchAddress(origin, options.workspaceFolder, developed), close: server.stop };
}

async function launchInBrowser(options: LaunchOptions): Promise<VsCode> {
  const browser = await launchBrowser();
  let line: HostLine | undefined;
  let served: ServedVsCode | undefined;
  let page: Page | undefined;
  const close = async () => {
    await browser.close();
    line?.close();
    await served?.close();
  };
  try {
    served = await serve(options, async (dataFolder) => {
      await installDriver(path.join(dataFolder, 'extensions'));
      line = await openHostLine(dataFolder);
      return { ALEMBIC_REVIEW_DRIVER: line.address };
    });
    page = await browser.newPage({ viewport: options.size ?? { width: 1400, height: 900 } });
    await page.goto(served.address);
    await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 180_000 });
    await line!.connected();
    return { ...windowWithHost(page, line!.host), address: served.address, close };
  } catch (error) {
    mkdirSync(artifactsFolder, { recursive: true });
    await page?.screenshot({ path: path.join(artifactsFolder, 'launch-failed.png') }).catch(() => undefined);
    if (served) cpSync(served.dataFolder, path.join(artifactsFolder, 'launch-failed'), { recursive: true, filter: (file) => !file.endsWith('.sock') });
    await close();
    throw error;
  }
}

async function launchOnDesktop(options: LaunchOptions): Promise<VsCode> {
  const data = makeDataFolder(options);
  await installDriver(path.join(data, 'extensions'));
  const line = await openHostLine(data);
  const desktop = await launchDesktop({
    dataFolder: data, extension: options.extension ?? { folder: projectRoot }, workspaceFolder: options.workspaceFolder,
    env: environment(options, { ALEMBIC_REVIEW_DRIVER: line.address }),
  });
  await line.connected();
  return {
    ...windowWithHost(desktop.page, line.host), address: undefined,
    close: async () => {
      await desktop.close();
      line.close();
    },
  };
}

function workbenchAddress(origin: string, workspaceFolder: string | undefined, developedExtension: string | undefined): string {
  const url = new URL(origin);
  if (workspaceFolder !== undefined) url.searchParams.set('folder', workspaceFolder);
  if (developedExtension !== undefined) {
    url.searchParams.set('payload', JSON.stringify([['extensionDevelopmentPath', `vscode-remote://${url.host}${developedExtension}`]]));
  }
  return url.href;
}

/** A fresh folder for everything that VS Code keeps, with the user's settings in it. */
function makeDataFolder({ settings }: LaunchOptions): string {
  const data = temporaryFolder('vscode', memoryFolder());
  mkdirSync(path.join(data, 'User'), { recursive: true });
  writeFileSync(path.join(data, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  return data;
}

/** VS Code started from a terminal of VS Code must not take itself for that one. */
function environment(options: LaunchOptions, ours: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(inherited), ...ours, ...options.env };
}

let built: Promise<unknown> | undefined;

/** Once a process: the tests never run on an old build. */
function buildExtension(): Promise<unknown> {
  built ??= mustRun(process.execPath, ['esbuild.js'], { cwd: projectRoot });
  return built;
}
