/**
 * VS Code's own server with its web workbench and a real Node extension host, as the npm package `code-server` carries it: a real VS Code
 * where the desktop build can't be downloaded. Its launcher and native modules are not used, so no install script has to run.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache';
import { npmInstall } from '../npm';
import { mustRun, startServer, waitFor } from '../processes';
import type { Server } from '../processes';
import { ToolMissing } from '../tools';

/** 4.139.1 is VS Code 1.139.1. It wants Node 24, and 4.100 (for Node 20) lacks file search, on which `workspaceContains:` activation stands. */
const codeServer = 'code-server@4.139.1';
const nodeRelease = '24.21.0';

export interface ServerInstallation {
  readonly node: string;
  /** VS Code's server: its entry is out/server-main.js. */
  readonly folder: string;
}

export async function serverInstallation(): Promise<ServerInstallation> {
  if (process.platform === 'win32') throw new ToolMissing('VS Code server', 'code-server does not run on Windows');
  // the npm package node-<platform>-<arch> holds nothing but that Node
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const folder = await cached(`vscode-${codeServer.replace('@', '-')}-node-${nodeRelease}`, async (target) => {
    const why = await npmInstall(target, [codeServer, `${nodePackage}@${nodeRelease}`]) ?? await npmInstall(serverFolder(target), [], ['--omit=dev']);
    if (why !== undefined) throw new ToolMissing('VS Code server', why);
  });
  return { node: path.join(folder, 'node_modules', nodePackage, 'bin', 'node'), folder: serverFolder(folder) };
}

export interface RunningServer {
  readonly origin: string;
  readonly process: Server;
}

/** Starts the server with everything it keeps in `dataFolder`, which is thrown away with it; extensions come from its folder `extensions`. */
export async function startVscodeServer({ node, folder }: ServerInstallation, dataFolder: string, port: number, env: NodeJS.ProcessEnv): Promise<RunningServer> {
  const origin = `http://127.0.0.1:${port}`;
  const log = path.join(dataFolder, 'server.log');
  const server = startServer(node, [
    path.join(folder, 'out', 'server-main.js'), '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms',
    ...dataArguments(dataFolder), '--telemetry-level', 'off',
    // without this flag the page may not name extensions under development
    '--enable-smoke-test-driver',
  ], { log, env, cwd: folder, temporaryFolder: dataFolder });
  await waitFor(`VS Code's server to answer (see ${log})`, 180_000, async () => {
    if (!server.isRunning()) throw new Error(`VS Code's server ended; see ${log}`);
    return (await fetch(origin).catch(() => undefined))?.ok || undefined;
  });
  return { origin, process: server };
}

/** Installs a packaged extension for the servers of that data folder, by the server's own command line. */
export async function installVsix({ node, folder }: ServerInstallation, dataFolder: string, vsix: string): Promise<void> {
  if (!existsSync(vsix)) throw new Error(`${vsix} does not exist`);
  await mustRun(node, [path.join(folder, 'out', 'server-main.js'), ...dataArguments(dataFolder), '--accept-server-license-terms', '--install-extension', vsix, '--force'], { cwd: folder });
}

function dataArguments(dataFolder: string): readonly string[] {
  return ['--server-data-dir', dataFolder, '--user-data-dir', dataFolder, '--extensions-dir', path.join(dataFolder, 'extensions')];
}

function serverFolder(target: string): string {
  return path.join(target, 'node_modules', 'code-server', 'lib', 'vscode');
}
