import { message } from '../text/problem';
import type { Parsed, Problem } from '../text/problem';
import { hasIniOption, iniOption, iniOptions, readIni } from './ini';
import type { IniFile } from './ini';
import { isAbsolutePath, parentFolder, resolvePath } from './paths';
import type { EnvFile, NoProject, Project } from './project';
import { readPyproject, tomlBoolean, tomlString, tomlStrings } from './pyproject';
import type { TomlSettings } from './pyproject';

/** The two files Alembic looks at, side by side; either may be missing. */
export interface ConfigTexts {
  readonly ini: { readonly path: string; readonly text: string } | null;
  readonly toml: { readonly path: string; readonly text: string } | null;
  /** What `path_separator = os` stands for: `:`, on Windows `;`. */
  readonly pathSeparator: ':' | ';';
}

export interface Config {
  readonly ini: IniFile | null;
  readonly toml: { readonly path: string; readonly settings: TomlSettings } | null;
  readonly pathSeparator: ':' | ';';
  readonly problems: readonly Problem[];
}

/** What the configuration says, before its paths are looked for. */
export interface Settings {
  readonly configPath: string;
  readonly section: string;
  /** As written: absolute, relative to where Alembic runs, or `package:folder`; null in Flask-Migrate's alembic.ini, which leaves it out. */
  readonly scriptLocation: string | null;
  /** Null: `versions` in the script location. */
  readonly versionLocations: readonly string[] | null;
  readonly prependSysPath: readonly string[];
  readonly fileTemplate: string | null;
  readonly truncateSlugLength: number;
  readonly timezone: string | null;
  readonly url: string | null;
  readonly outputEncoding: string;
  readonly recursiveVersionLocations: boolean;
  readonly sourceless: boolean;
  readonly postWriteHooks: readonly string[];
  readonly mainOptions: ReadonlyMap<string, string> | null;
}

export function readConfig(texts: ConfigTexts): Config {
  const ini = texts.ini && readIni(texts.ini.path, texts.ini.text);
  const toml = texts.toml && readPyproject(texts.toml.path, texts.toml.text);
  return {
    ini: ini?.value ?? null,
    toml: toml?.value && texts.toml ? { path: texts.toml.path, settings: toml.value } : null,
    pathSeparator: texts.pathSeparator,
    problems: [...(ini?.problems ?? []), ...(toml?.problems ?? [])],
  };
}

/** The sections that set up an environment of their own (`alembic -n NAME`), `alembic` first, then as in the file. */
export function environmentSections(config: Config): readonly string[] {
  const named = [...(config.ini?.sections ?? [])].filter(([, options]) => options.has('script_location')).map(([name]) => name);
  const main = named.includes('alembic') || config.toml?.settings['script_location'] !== undefined || iniHas(config, 'alembic', 'script_location');
  return main ? ['alembic', ...named.filter((name) => name !== 'alembic')] : named;
}

/**
 * The settings of one section, by the rules of `alembic.config.Config` (1.13 to 1.20): the ini file's options first,
 * then `[tool.alembic]`, whatever the section is called; lists are split as `path_separator` says, else in the older ways.
 */
export function readSettings(config: Config, section: string): Parsed<Settings> {
  const reader = new OptionReader(config, section);
  const scriptLocation = reader.string('script_location');
  const location = config.ini && (iniHas(config, section, 'script_location') || config.toml === null) ? config.ini.path : config.toml?.path;
  const settings: Settings = {
    configPath: location ?? '',
    section,
    scriptLocation,
    versionLocations: reader.paths('version_locations', ['path_separator', 'version_path_separator'], /, *| +/),
    prependSysPath: reader.paths('prepend_sys_path', ['path_separator'], /, *| +|:/) ?? [],
    fileTemplate: reader.string('file_template') || null,
    truncateSlugLength: reader.slugLength(),
    timezone: reader.string('timezone') || null,
    url: usableUrl(reader.string('sqlalchemy.url')),
    outputEncoding: reader.string('output_encoding') || 'utf-8',
    recursiveVersionLocations: reader.boolean('recursive_version_locations'),
    sourceless: reader.boolean('sourceless'),
    postWriteHooks: reader.hooks(),
    mainOptions: config.ini === null ? null : iniOptions(config.ini, section, here(config.ini.path)),
  };
  return { value: settings, problems: [...config.problems, ...reader.problems] };
}

/**
 * The places where a location may be, best first. `package:folder` is looked for under every base as a package, as
 * Python's import would; a relative path under every base. Alembic takes relative paths from the folder it runs in.
 */
export function candidatePaths(location: string, bases: readonly string[]): readonly string[] {
  if (isAbsolutePath(location)) return [resolvePath('/', location)];
  if (!location.includes(':')) return bases.map((base) => resolvePath(base, location));
  const [name = '', ...rest] = location.split(':');
  return bases.map((base) => resolvePath(base, [name.replaceAll('.', '/'), ...rest].join('/')));
}

/** Puts the settings and what was found on disk together. `runsIn`: the folder from which Alembic is run. */
export function makeProject(settings: Settings, found: { runsIn: string; scriptLocation: string; versionLocations: readonly string[] }, env: EnvFile, problems: readonly Problem[]): Project {
  return {
    root: settings.scriptLocation === null ? found.runsIn : parentFolder(settings.configPath),
    configPath: settings.configPath,
    section: settings.section,
    runsIn: found.runsIn,
    scriptLocation: found.scriptLocation,
    versionLocations: found.versionLocations,
    recursiveVersionLocations: settings.recursiveVersionLocations,
    sysPath: settings.prependSysPath.map((path) => resolvePath(found.runsIn, path)),
    fileTemplate: settings.fileTemplate,
    truncateSlugLength: settings.truncateSlugLength,
    timezone: settings.timezone,
    url: settings.url,
    outputEncoding: settings.outputEncoding,
    postWriteHooks: settings.postWriteHooks,
    ...(settings.mainOptions === null || env.setsOptions === null ? {} : { mainOptions: new Map([...settings.mainOptions, ...(env.setsOptions ?? []).map((name) => [name.toLowerCase(), null] as const)]) }),
    env,
    problems,
  };
}

export function isProject(found: Project | NoProject): found is Project {
  return 'scriptLocation' in found;
}

class OptionReader {
  readonly problems: Problem[] = [];

  constructor(
    private readonly config: Config,
    private readonly section: string,
  ) {}

  string(name: string): string | null {
    const { ini, toml } = this.config;
    if (ini && iniHas(this.config, this.section, name)) return this.keep(iniOption(ini, this.section, name, here(ini.path)));
    return toml ? this.keep(tomlString(toml.settings, name, toml.path, here(toml.path))) : null;
  }

  boolean(name: string): boolean {
    const { toml } = this.config;
    if (iniHas(this.config, this.section, name)) return this.string(name) === 'true';
    return toml ? this.keep(tomlBoolean(toml.settings, name, toml.path)) : false;
  }

  paths(name: string, separatorOptions: readonly string[], usual: RegExp): readonly string[] | null {
    const { ini, toml } = this.config;
    const written = ini ? this.keep(iniOption(ini, this.section, name, here(ini.path))) : null;
    if (!written) return toml ? this.keep(tomlStrings(toml.settings, name, toml.path, here(toml.path))) : null;
    const separator = this.separator(separatorOptions);
    if (separator === null) return written.split(usual).filter((part) => part !== '');
    return written.split(separator).filter((part) => part !== '').map((part) => part.trim());
  }

  slugLength(): number {
    const written = this.string('truncate_slug_length');
    if (written === null) return 40;
    if (/^\s*[+-]?\d+\s*$/.test(written)) return Number(written) || 40;
    this.problem('truncate_slug_length', message('`truncate_slug_length` must be a whole number, not `{written}`.', { written }));
    return 40;
  }

  hooks(): readonly string[] {
    const { ini, toml } = this.config;
    if (ini?.sections.has('post_write_hooks')) {
      const names = this.keep(iniOption(ini, 'post_write_hooks', 'hooks', here(ini.path))) ?? '';
      return names.split(/, *| +/).filter((name) => name !== '');
    }
    const hooks = toml?.settings['post_write_hooks'];
    return Array.isArray(hooks) ? hooks.flatMap((hook: unknown) => (typeof hook === 'object' && hook !== null && 'name' in hook && typeof hook.name === 'string' ? hook.name : [])) : [];
  }

  /** Null: the way of older files, which say nothing about it. */
  private separator(options: readonly string[]): string | null {
    const { ini } = this.config;
    for (const name of options) {
      const written = ini && this.keep(iniOption(ini, this.section, name, here(ini.path)));
      if (written === null) continue;
      const known: Readonly<Record<string, string>> = { space: ' ', newline: '\n', os: this.config.pathSeparator, ':': ':', ';': ';' };
      const separator = known[written];
      if (separator !== undefined) return separator;
      this.problem(name, message('`{name}` must be one of space, newline, os, `:` and `;`, not `{written}`.', { name, written }));
      return null;
    }
    return null;
  }

  private keep<T>(parsed: Parsed<T>): T {
    for (const problem of parsed.problems) if (!this.problems.some((known) => known.message.text === problem.message.text && known.at?.range.start === problem.at?.range.start)) this.problems.push(problem);
    return parsed.value;
  }

  private problem(option: string, text: Problem['message']): void {
    const ini = this.config.ini;
    const place = ini?.sections.get(this.section)?.get(option) ?? ini?.defaults.get(option);
    const at = ini && place ? { path: ini.path, range: place.range } : undefined;
    this.problems.push({ code: 'config-option', severity: 'error', message: text, ...(at && { at }) });
  }
}

function iniHas(config: Config, section: string, name: string): boolean {
  return config.ini !== null && hasIniOption(config.ini, section, name);
}

function here(configPath: string): Readonly<Record<string, string>> {
  return { here: parentFolder(configPath) };
}

/** `alembic init` leaves this in the file for people to replace. */
function usableUrl(url: string | null): string | null {
  return url === null || url === '' || url.startsWith('driver://') ? null : url;
}
