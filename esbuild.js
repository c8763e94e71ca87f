// Builds dist/: the extension, the command line, the panels' browser side, and the SQL parser's WASM beside them.
// `--watch` rebuilds on change, `--production` minifies and leaves out source maps.
const { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const dist = path.join(__dirname, 'dist');

/** What every bundle shares; the extension host and the command line both run on Node 20 or newer. */
const common = {
  absWorkingDir: __dirname,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  // the runner's script for the project's Python is part of the bundle
  loader: { '.py': 'text' },
  logLevel: 'warning',
};
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode', 'pg-native'] };

const bundles = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js' },
  { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' }, plugins: [executable()] },
  { ...common, entryPoints: panels(), outdir: 'dist/webview', platform: 'browser', format: 'iife', target: 'es2022' },
].filter(({ entryPoints }) => entryPoints.length > 0);

main().catch((error) => {
  // esbuild has printed its own errors already
  if (!error.errors) console.error(error);
  process.exitCode = 1;
});

async function main() {
  mkdirSync(dist, { recursive: true });
  // libpg-query looks for its WASM in the folder of the script it was bundled into
  const wasm = require.resolve('libpg-query').replace(/index\.cjs$/, 'libpg-query.wasm');
  copyFileSync(wasm, path.join(dist, 'libpg-query.wasm'));
  if (watch) {
    for (const options of bundles) await (await esbuild.context({ ...options, logLevel: 'info' })).watch();
  } else {
    await Promise.all(bundles.map((options) => esbuild.build(options)));
  }
}

/** Each file src/webview/<panel>.ts is one panel's entry. */
function panels() {
  const folder = path.join(__dirname, 'src', 'webview');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^[^.]+\.tsx?$/.test(name)).map((name) => `src/webview/${name}`);
}

/** Makes the bundle a program; npm would do so on install, but not where it is run from the build. */
function executable() {
  return {
    name: 'executable',
    setup(build) {
      build.onEnd(({ errors }) => {
        if (errors.length === 0) chmodSync(path.join(__dirname, build.initialOptions.outfile), 0o755);
      });
    },
  };
}
