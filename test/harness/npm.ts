import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './processes';

/**
 * Installs packages (all that a package.json there names, when none are given) into a folder, without running their scripts. Gives undefined
 * when they are there, else the reason why not.
 */
export async function npmInstall(folder: string, packages: readonly string[], options: readonly string[] = []): Promise<string | undefined> {
  if (packages.length > 0) writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const args = ['install', ...packages, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...options];
  const { code, stderr } = await runCommand('npm', args, { cwd: folder });
  if (code === 0) return undefined;
  const why = stderr.split('\n').find((line) => /^npm error (?!code|A complete log)/.test(line)) ?? stderr.trim();
  return `npm could not fetch ${packages.join(' ')}: ${why.replace(/^npm error /, '')}`;
}
