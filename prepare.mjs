// What npm runs in a checkout of this repository: before it packs it, and when it installs it from Git, as pre-commit does for its hook.
// With `npm install -g git+…` it runs this without having installed what the build needs: its own install there is global, too.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const run = (command, args, env = process.env) => {
  // npm's own script: a shell is needed for npm.cmd on Windows only
  const { status } = spawnSync(command, args, { cwd: import.meta.dirname, env, stdio: 'inherit', shell: command === 'npm' && process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};

try {
  createRequire(import.meta.url).resolve('esbuild');
} catch {
  const here = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_(global|location|prefix|omit|production)$/i.test(name)));
  run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], here);
}
run(process.execPath, ['esbuild.js', '--production']);
