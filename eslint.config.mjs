// Style, and the walls between the rooms (ARCHITECTURE.md) as rules; test/meta/walls.test.ts proves that they bite.
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/** The engine's rooms in the order of their dependencies: a room may import those of earlier lines, and itself. */
export const engineOrder = [
  ['text', 'lazy'],
  ['python', 'schema'],
  ['facts', 'questions', 'sql'],
  ['sqlalchemy'],
  ['operations'],
  ['project'],
  ['models', 'history'],
  ['diff', 'render'],
  ['rules', 'verify'],
  ['dry-run'],
  ['review', 'review-models', 'autogenerate', 'draft-sql'],
  ['checklist'],
];

const exports = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: a default export has a different name in every file.' },
  { selector: 'ExportAllDeclaration', message: 'Import from the file itself: barrels hide who needs what.' },
];

const notVscode = deny('^vscode$', 'Only src/editor and src/extension.ts know the editor: pass plain values.');
const notPg = deny('^pg($|[-/])', 'Only src/database knows pg.');
const notNode = deny(`^(node:|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})($|/))`, 'Pure code: text and plain values in, plain values out.');
const notEditor = deny('^\\.{1,2}/([^/]+/)*(editor/|extension$)', 'The editor stands last: nothing imports it but extension.ts.');

/** The engine's walls to everything around it. */
const pure = [
  notVscode,
  notPg,
  notNode,
  { ...deny('^libpg-query$', 'The parser is handed in (load-sql-parser.ts), so that the engine stays synchronous: import types alone.'), allowTypeImports: true },
  deny('^(\\.\\./)+(database|shadow|runner|workspace|editor|webview|extension|cli)(/|$)', 'The engine knows none of the rooms around it.'),
];
const impurity = 'The engine is pure: it reads no clock and no environment, and logs nothing.';
const impureGlobals = ['process', 'console', 'Buffer', 'require', 'fetch', 'setTimeout', 'setInterval', 'performance'];
const pureCode = {
  'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message: impurity }))],
  'no-restricted-syntax': ['error', ...exports,
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: impurity },
    { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: impurity }],
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.cache/', 'test/projects/', 'test/artifacts/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': ['error', ...exports],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
    },
  },
  // promises are only dropped where someone says so (`void`): needs types, so the product alone
  {
    files: ['src/**/*.ts'],
    ignores: ['src/webview/**'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { '@typescript-eslint/no-floating-promises': 'error', '@typescript-eslint/no-misused-promises': 'error' },
  },
  ...walls(),
);

function walls() {
  return [
    wall('src/database', [notVscode, notEditor]),
    ...['shadow', 'runner', 'workspace'].map((room) => wall(`src/${room}`, [notVscode, notPg, notEditor])),
    wall('src/editor', [notPg]),
    wall('src/webview', [notVscode, notPg, notNode]),
    { files: ['src/cli.ts', 'src/cli/**/*.ts'], rules: restrict([notVscode, notPg, notEditor]) },
    { files: ['src/extension.ts'], rules: restrict([notPg]) },
    ...engineOrder.flat().flatMap((room) => [
      { files: [`src/engine/${room}.ts`], rules: { ...restrict([...pure, ...laterRooms(room, '\\./')]), ...pureCode } },
      wall(`src/engine/${room}`, [...pure, ...laterRooms(room, '(\\.\\./)+')], pureCode),
    ]),
  ];
}

/** What the engine's order keeps a room from importing; `way` is how its files reach the others. */
function laterRooms(room, way) {
  const rank = engineOrder.findIndex((names) => names.includes(room));
  const allowed = [...engineOrder.slice(0, rank).flat(), room];
  const denied = engineOrder.flat().filter((name) => !allowed.includes(name));
  if (denied.length === 0) return [];
  return [deny(`^${way}(${denied.join('|')})(/|$)`, `engine/${room} may import only ${allowed.join(', ')}.`)];
}

function wall(folder, patterns, moreRules = {}) {
  return { files: [`${folder}/**/*.ts`], rules: { ...restrict(patterns), ...moreRules } };
}

function restrict(patterns) {
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] };
}

function deny(regex, message) {
  return { regex, message };
}
