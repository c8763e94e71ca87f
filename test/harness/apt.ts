/** System packages, where this is a Debian or Ubuntu and we may install: continuous integration and throw-away machines. */
import { existsSync } from 'node:fs';
import { runCommand } from './processes';

/** Gives undefined when the packages are there now, else the reason why not. */
export async function aptInstall(packages: readonly string[]): Promise<string | undefined> {
  if (!existsSync('/usr/bin/apt-get')) return 'no apt-get to install it with';
  if (process.getuid?.() !== 0) return `not installed (sudo apt-get install ${packages.join(' ')})`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => runCommand('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], { env });
  // the package lists of a fresh machine may be empty or old
  const first = await install();
  if (first.code === 0) return undefined;
  await runCommand('apt-get', ['update'], { env });
  const second = await install();
  return second.code === 0 ? undefined : `apt-get install ${packages.join(' ')}: ${second.stderr.trimEnd().split('\n').at(-1)}`;
}
