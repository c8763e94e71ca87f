/** The desktop build, where it can be downloaded and there is a display for it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { _electron } from 'playwright-core';
import type { Page } from 'playwright-core';
import { cacheFolder } from '../paths';
import { mustRun } from '../processes';
import { ToolMissing } from '../tools';

export interface DesktopOptions {
  readonly dataFolder: string;
  readonly extension: { readonly folder: string } | { readonly vsix: string };
  readonly workspaceFolder: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

export interface Desktop {
  readonly page: Page;
  close(): Promise<void>;
}

export async function launchDesktop(options: DesktopOptions): Promise<Desktop> {
  const executablePath = await desktopExecutable();
  const data = ['--user-data-dir', options.dataFolder, '--extensions-dir', path.join(options.dataFolder, 'extensions')];
  if ('vsix' in options.extension) {
    const [command, ...args] = resolveCliArgsFromVSCodeExecutablePath(executablePath, { reuseMachineInstall: true });
    await mustRun(command!, [...args, ...data, '--install-extension', options.extension.vsix, '--force']);
  }
  const developed = 'folder' in options.extension ? [`--extensionDevelopmentPath=${options.extension.folder}`] : [];
  const application = await _electron.launch({
    executablePath,
    args: [
      ...(options.workspaceFolder === undefined ? [] : [options.workspaceFolder]), ...data, ...developed,
      '--skip-welcome', '--skip-release-notes', '--disable-updates', '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: definedOnly(options.env),
  });
  const page = await application.firstWindow();
  await page.locator('.monaco-workbench .statusbar').waitFor({ timeout: 60_000 });
  return { page, close: () => application.close() };
}

async function desktopExecutable(): Promise<string> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new ToolMissing('VS Code desktop', 'there is no display (xvfb-run gives one)');
  }
  try {
    const executable = await downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(cacheFolder, 'vscode-desktop'), timeout: 60_000 });
    if (existsSync(executable)) return executable;
    throw new Error(`${executable} is not there`);
  } catch (error) {
    throw new ToolMissing('VS Code desktop', `it could not be downloaded: ${(error as Error).message}`);
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
