// Builds dist/: the extension, the command line, the panels' browser side, the SQL parser's WASM beside them, and the embedded PostgreSQL.
// `--watch` rebuilds on change, `--production` minifies and leaves out source maps.
const { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { gzipSync } = require('node:zlib');
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
  // PGlite asks where its own script lies, which only modules can say by themselves
  { ...node, entryPoints: ['src/shadow/worker.ts'], outfile: 'dist/shadow/worker.js', define: { 'import.meta.url': 'scriptUrl' }, banner: { js: 'const scriptUrl = require("node:url").pathToFileURL(__filename).href;' } },
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
  replaceFiles([{ path: path.join(dist, 'libpg-query.wasm'), contents: readFileSync(wasm) }]);
  await copyEmbeddedPostgres(path.join(dist, 'shadow'));
  if (watch) {
    for (const options of bundles) await (await esbuild.context({ ...options, logLevel: 'info' })).watch();
  } else {
    await Promise.all(bundles.map(async (options) => replaceFiles((await esbuild.build({ ...options, write: false, plugins: [] })).outputFiles)));
  }
}

/** Each file whole or not at all, and only where it changed: an editor or a command line may be starting from them just now. */
function replaceFiles(files) {
  for (const { path: file, contents } of files) {
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    const part = `${file}.${process.pid}.part`;
    writeFileSync(part, contents, { mode: file.endsWith('cli.js') ? 0o755 : 0o644 });
    renameSync(part, file);
  }
}

/** The embedded PostgreSQL's program and data, its extensions, and the folder that initdb would make, so that no start waits for it. */
async function copyEmbeddedPostgres(folder) {
  const source = path.dirname(require.resolve('@electric-sql/pglite'));
  const { version } = JSON.parse(readFileSync(path.join(source, '..', 'package.json'), 'utf8'));
  const mark = path.join(folder, 'version.txt');
  // The same version leads to the same files; making them takes seconds.
  if (existsSync(mark) && readFileSync(mark, 'utf8') === version) return;
  mkdirSync(path.join(folder, 'extensions'), { recursive: true });
  for (const name of ['pglite.wasm', 'pglite.data']) copyFileSync(path.join(source, name), path.join(folder, name));
  for (const name of extensions()) copyFileSync(path.join(source, `${name}.tar.gz`), path.join(folder, 'extensions', `${name}.tar.gz`));
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  await database.exec('CHECKPOINT');
  const snapshot = Buffer.from(await (await database.dumpDataDir('none')).arrayBuffer());
  await database.close();
  // Whole or not at all: another build may be reading it.
  writeFileSync(path.join(folder, 'snapshot.part'), gzipSync(snapshot, { level: 9 }));
  renameSync(path.join(folder, 'snapshot.part'), path.join(folder, 'snapshot.tar.gz'));
  writeFileSync(mark, version);
}

/** As src/shadow/shadow.ts names them. */
function extensions() {
  const list = /shadowExtensions[^=]*= \[([^\]]*)\]/.exec(readFileSync(path.join(__dirname, 'src', 'shadow', 'shadow.ts'), 'utf8'));
  return [...list[1].matchAll(/'([^']+)'/g)].map(([, name]) => name);
}

/** Each file src/webview/<panel>.ts is one panel's entry. */
function panels() {
  const folder = path.join(__dirname, 'src', 'webview');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => /^[^.]+\.tsx?$/.test(name)).map((name) => `src/webview/${name}`);
}

/** Makes the bundle of `--watch` a program; npm would do so on install, but not where it is run from the build. */
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
