// What `npm test`, `npm run demo` and `npm run bench` do first, with nothing but Node: install what the lock file names, bundle a TypeScript
// program of the tests and run it in this process.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Runs a program of the tests (a path such as test/demo/main.ts), after installing the packages if need be. */
export async function run(entry) {
  process.chdir(root);
  installPackages();
  const { build } = await import('esbuild');
  const outfile = path.join(root, 'out', entry.replace(/\.ts$/, '.js'));
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    entryPoints: [path.join(root, entry)], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20',
    packages: 'external', sourcemap: 'linked', logLevel: 'warning', loader: { '.py': 'text' },
  });
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(outfile).href);
}

/** `npm ci`, unless node_modules holds what the lock file names already. */
function installPackages() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci)…');
  // npm's own script: a shell is needed for npm.cmd on Windows only
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root, stdio: 'inherit', shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed: see above. Node 20 or newer and a reachable package registry are needed.');
    process.exit(1);
  }
}

function isInstalled() {
  const wanted = packages('package-lock.json');
  const present = packages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(([where, { version, optional }]) =>
    where === '' || (where in present ? present[where].version === version : optional === true));
}

function packages(lockFile) {
  try {
    return JSON.parse(readFileSync(path.join(root, lockFile), 'utf8')).packages;
  } catch {
    return {};
  }
}
