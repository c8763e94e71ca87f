import { baseName } from '../../project/paths';
import type { MigrationForm } from '../../project/supabase';

/** A deploy step to copy into a project that has none. Nothing writes it anywhere. */
export interface OfferedStep {
  /** Where it belongs: `Procfile`, `.github/workflows/migrate.yml`. */
  readonly file: string;
  readonly language: 'yaml' | 'dockerfile' | 'shellscript' | 'toml' | 'plaintext';
  readonly text: string;
}

export interface OfferRequest {
  readonly form: MigrationForm;
  /** Of the repository, relative to it. */
  readonly paths: readonly string[];
  /** The command that brings the database up to date, with the options that the project needs. */
  readonly command: string;
}

/**
 * What fits to what the project has: a `release` line where there is a Procfile, fly.toml's or Render's own place for it, a service before
 * the others in a compose file, an entrypoint where there is a Dockerfile, else a workflow of GitHub's.
 */
export function offerDeployStep({ form, paths, command }: OfferRequest): OfferedStep {
  const named = (pattern: RegExp): string | undefined => paths.find((path) => pattern.test(baseName(path)));
  if (form === 'supabase') return { file: '.github/workflows/migrate.yml', language: 'yaml', text: supabaseWorkflow(command) };
  const fly = named(/^fly\.toml$/);
  if (fly !== undefined) return { file: fly, language: 'toml', text: `# In ${fly}: Fly runs it in a machine of its own, before the new release takes over.\n[deploy]\n  release_command = "${command}"\n` };
  const procfile = named(/^Procfile$/);
  if (procfile !== undefined) return { file: procfile, language: 'plaintext', text: `# A line of ${procfile}: the platform runs it before each release, and a release whose migration fails is not rolled out.\nrelease: ${command}\n` };
  const render = named(/^render\.ya?ml$/);
  if (render !== undefined) return { file: render, language: 'yaml', text: `# In ${render}, in the web service: Render runs it before each deploy.\npreDeployCommand: ${command}\n` };
  const compose = named(/^(?:docker-)?compose\.ya?ml$/);
  if (compose !== undefined) return { file: compose, language: 'yaml', text: composeService(command, compose) };
  const dockerfile = named(/^Dockerfile$/);
  if (dockerfile !== undefined) return { file: 'entrypoint.sh', language: 'shellscript', text: entrypoint(command, dockerfile) };
  return { file: '.github/workflows/migrate.yml', language: 'yaml', text: workflow(command, paths) };
}

function workflow(command: string, paths: readonly string[]): string {
  const has = (name: string): boolean => paths.some((path) => baseName(path) === name);
  const install = has('uv.lock')
    ? ['      - uses: astral-sh/setup-uv@v6', `      - run: uv run ${command}`]
    : has('poetry.lock')
      ? ['      - run: pipx install poetry && poetry install', `      - run: poetry run ${command}`]
      : [`      - run: pip install -r requirements.txt`, `      - run: ${command}`];
  const python = has('uv.lock') ? [] : ['      - uses: actions/setup-python@v5', '        with: { python-version: "3.12" }'];
  const [first = '', last = ''] = install;
  return [
    '# .github/workflows/migrate.yml: brings the production database up to date before the new version starts.',
    'name: Migrate',
    'on:',
    '  push:',
    '    branches: [main]',
    '# Two runs at once would wait for each other in the database.',
    'concurrency: migrate-production',
    'jobs:',
    '  migrate:',
    '    runs-on: ubuntu-latest',
    '    environment: production',
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...python,
    first,
    last,
    '        env:',
    '          DATABASE_URL: ${{ secrets.DATABASE_URL }} # as your env.py reads it',
    '',
  ].join('\n');
}

function supabaseWorkflow(command: string): string {
  return [
    '# .github/workflows/migrate.yml: brings the production project up to date.',
    'name: Migrate',
    'on:',
    '  push:',
    '    branches: [main]',
    'concurrency: migrate-production',
    'jobs:',
    '  migrate:',
    '    runs-on: ubuntu-latest',
    '    environment: production',
    '    env:',
    '      SUPABASE_ACCESS_TOKEN: ${{ secrets.SUPABASE_ACCESS_TOKEN }}',
    '      SUPABASE_DB_PASSWORD: ${{ secrets.SUPABASE_DB_PASSWORD }}',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - uses: supabase/setup-cli@v1',
    '      - run: supabase link --project-ref ${{ vars.SUPABASE_PROJECT_ID }}',
    `      - run: ${command}`,
    '',
  ].join('\n');
}

function composeService(command: string, file: string): string {
  return [
    `# In ${file}: runs once and must succeed before the services that wait for it start.`,
    'services:',
    '  migrate:',
    '    build: . # the image of your application',
    `    command: ${command}`,
    '    depends_on:',
    '      db: { condition: service_healthy }',
    '  app:',
    '    depends_on:',
    '      migrate: { condition: service_completed_successfully }',
    '',
  ].join('\n');
}

function entrypoint(command: string, dockerfile: string): string {
  return [
    '#!/bin/sh',
    `# entrypoint.sh: brings the database up to date, then starts what the image starts.`,
    '# With several replicas run the migration once instead, as a job before the rollout.',
    `# In ${dockerfile}:  COPY entrypoint.sh /entrypoint.sh`,
    '#                 ENTRYPOINT ["sh", "/entrypoint.sh"]',
    'set -e',
    command,
    'exec "$@"',
    '',
  ].join('\n');
}
