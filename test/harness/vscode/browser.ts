/** The browser that shows VS Code's web workbench. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { aptInstall } from '../apt';
import { projectRoot } from '../paths';
import { runCommand } from '../processes';
import { ToolMissing } from '../tools';

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    // Chromium's sandbox refuses to run as root
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--force-color-profile=srgb'],
  });
}

/** The system's, else Debian's where we may install it, else the one that Playwright downloads. */
async function findChromium(): Promise<string> {
  const found = installedChromium();
  if (found) return found;
  const why = await aptInstall(['chromium', 'fonts-liberation', 'fonts-noto-color-emoji']);
  const installed = why === undefined ? installedChromium() : undefined;
  if (installed) return installed;
  const { code } = await runCommand(process.execPath, [path.join(projectRoot, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium']);
  if (code === 0 && existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new ToolMissing('Chromium', `${why ?? 'not where it was installed'}, and Playwright could not download it`);
}

function installedChromium(): string | undefined {
  return [
    process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', chromium.executablePath(),
  ].find((file) => file !== undefined && existsSync(file));
}
