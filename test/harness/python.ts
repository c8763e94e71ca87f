/**
 * Real Alembic and SQLAlchemy in a Python environment of our own (requirements.txt), made once under .cache.
 *
 *     python = await need(this, pythonEnvironment());
 *     const { stdout } = await python.alembic(projectFolder, ['upgrade', 'head'], { databaseUrl });
 *     const { code } = await python.tryAlembic(projectFolder, ['check'], { databaseUrl });   // when failing is an answer
 *     const metadata = JSON.parse((await python.run(['dump.py'], { cwd: projectFolder })).stdout);
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { aptInstall } from './apt';
import { cached } from './cache';
import { projectRoot } from './paths';
import { mustRun, runCommand } from './processes';
import type { CommandOptions, CommandResult } from './processes';
import { ToolMissing } from './tools';
import { warmPython } from './warm-python';

export interface AlembicOptions {
  /** Given to the project as DATABASE_URL. */
  readonly databaseUrl?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface PythonEnvironment {
  /** The interpreter, for what takes a path to one. */
  readonly interpreter: string;
  /** Runs the interpreter with these arguments; fails with the output when it does. */
  run(args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Runs Alembic in a project's folder; fails with the output when it does. */
  alembic(project: string, args: readonly string[], options?: AlembicOptions): Promise<CommandResult>;
  /** The same, but an exit code other than 0 is an answer. */
  tryAlembic(project: string, args: readonly string[], options?: AlembicOptions): Promise<CommandResult>;
  /** As `run`, for a file that stands on SQLAlchemy or Alembic. */
  script(file: string, options?: CommandOptions): Promise<CommandResult>;
}

export async function pythonEnvironment(): Promise<PythonEnvironment> {
  const requirements = path.join(projectRoot, 'test', 'harness', 'requirements.txt');
  const python = await findPython();
  const key = createHash('sha256').update(readFileSync(requirements)).update(python.version).digest('hex').slice(0, 12);
  const folder = await cached(`python-${key}`, async (venv) => {
    await makeVenv(python.command, venv);
    const { code, stderr } = await runCommand(interpreterOf(venv), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    if (code !== 0) throw new ToolMissing('Alembic', `pip could not install it: ${stderr.trimEnd().split('\n').at(-1)}`);
  });
  return environment(interpreterOf(folder), true);
}

/** An environment with other versions than requirements.txt has (`alembic==1.13.0`), of any Python or of one (`3.8`), made once under .cache. */
export async function pythonEnvironmentWith(requirements: readonly string[], version?: string): Promise<PythonEnvironment> {
  const python = version === undefined ? await findPython() : await findPythonOf(version);
  const key = createHash('sha256').update(requirements.join('\n')).update(python.version).digest('hex').slice(0, 12);
  const folder = await cached(`python-${key}`, async (venv) => {
    await makeVenv(python.command, venv);
    const { code, stderr } = await runCommand(interpreterOf(venv), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]);
    if (code !== 0) throw new ToolMissing(requirements.join(', '), `pip could not install it: ${stderr.trimEnd().split('\n').at(-1)}`);
  });
  return environment(interpreterOf(folder));
}

/** A tool of Python's in an environment of its own, such as `pre-commit==4.7.0`, made once under .cache; its interpreter. */
export async function pythonTool(requirement: string): Promise<string> {
  const python = await findPython();
  const folder = await cached(`python-${requirement.replace('==', '-')}-${python.version}`, async (venv) => {
    await makeVenv(python.command, venv);
    const { code, stderr } = await runCommand(interpreterOf(venv), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement]);
    if (code !== 0) throw new ToolMissing(requirement, `pip could not install it: ${stderr.trimEnd().split('\n').at(-1)}`);
  });
  return interpreterOf(folder);
}

/** `isWarm`: short programs are forked from one that has loaded what they load. */
function environment(interpreter: string, isWarm = false): PythonEnvironment {
  // bytecode would be written into the sample projects
  const base = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
  const warm = isWarm && process.platform !== 'win32' ? warmPython(interpreter, base) : undefined;
  const cold = (args: readonly string[], options: CommandOptions = {}) => [interpreter, args, { ...options, env: { ...base, ...options.env } }] as const;
  const command = (args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> => {
    const env = { ...base, ...options.env };
    // Python itself reads these, when it starts
    const isPlain = Object.keys(options.env ?? {}).every((name) => !name.startsWith('PYTHON') && !name.startsWith('LC_') && name !== 'LANG');
    if (warm === undefined || !isPlain || options.user !== undefined) return runCommand(...cold(args, options));
    return warm({ args, cwd: options.cwd ?? process.cwd(), env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)), input: options.input ?? '' });
  };
  const must = async (args: readonly string[], options?: CommandOptions): Promise<CommandResult> => {
    const result = await command(args, options);
    if (result.code === 0) return result;
    throw new Error(`python ${args.join(' ')} ended with exit code ${result.code}\n${result.stdout}${result.stderr}`);
  };
  const alembicCommand = (project: string, args: readonly string[], { databaseUrl, env }: AlembicOptions = {}) =>
    [['-m', 'alembic', ...args], { cwd: project, env: { ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }), ...env } }] as const;
  return {
    interpreter,
    run: (args, options) => (args[0] === '-m' && args[1] === 'alembic' ? must(args, options) : mustRun(...cold(args, options))),
    alembic: (project, args, options) => must(...alembicCommand(project, args, options)),
    tryAlembic: (project, args, options) => command(...alembicCommand(project, args, options)),
    script: (file, options) => must([file], options),
  };
}

interface FoundPython {
  readonly command: string;
  readonly version: string;
}

/** Alembic 1.20 and SQLAlchemy 2.1 want Python 3.10. */
async function findPython(): Promise<FoundPython> {
  for (const command of ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    const { code, stdout } = await runCommand(command, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3], sys.executable)']);
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(stdout) ?? [];
    // the real program behind a shim
    const [version = '', ...program] = stdout.trim().split(' ');
    if (code === 0 && Number(major) === 3 && Number(minor) >= 10) return { command: program.join(' ') || command, version };
  }
  throw new ToolMissing('Python 3.10', 'no python3 of that version or newer was found');
}

/** On the PATH, or one that pyenv has. */
async function findPythonOf(wanted: string): Promise<FoundPython> {
  const pyenv = path.join(process.env['PYENV_ROOT'] ?? path.join(os.homedir(), '.pyenv'), 'versions');
  const kept = existsSync(pyenv) ? readdirSync(pyenv).filter((name) => name.startsWith(`${wanted}.`)).map((name) => path.join(pyenv, name, 'bin', 'python')) : [];
  for (const command of [`python${wanted}`, ...kept]) {
    const { code, stdout } = await runCommand(command, ['-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3], sys.executable)']).catch(() => ({ code: 1, stdout: '' }));
    const [version = '', ...program] = stdout.trim().split(' ');
    if (code === 0 && version.startsWith(`${wanted}.`)) return { command: program.join(' ') || command, version };
  }
  throw new ToolMissing(`Python ${wanted}`, 'it is neither on the PATH nor among those of pyenv');
}

async function makeVenv(python: string, venv: string): Promise<void> {
  const make = () => runCommand(python, ['-m', 'venv', venv]);
  if ((await make()).code === 0) return;
  // Debian's Python comes without what venv needs
  const why = await aptInstall(['python3-venv']);
  if (why !== undefined) throw new ToolMissing('Python venv', why);
  const { code, stdout } = await make();
  if (code !== 0) throw new ToolMissing('Python venv', stdout.trim());
}

function interpreterOf(venv: string): string {
  return process.platform === 'win32' ? path.join(venv, 'Scripts', 'python.exe') : path.join(venv, 'bin', 'python');
}
