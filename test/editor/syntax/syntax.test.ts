/** The injection grammar in VS Code's own tokenizer, with its own grammars: which text counts as SQL, and that Python goes on after it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { projectRoot } from '../../harness/paths';
import { need } from '../../harness/tools';
import { serverInstallation } from '../../harness/vscode/server';

const script = `import sqlalchemy as sa
from alembic import op

def upgrade():
    op.execute("UPDATE job SET status = 'NEW' WHERE id = :id")  # not sql
    op.execute(
        """
        CREATE TYPE mood AS ENUM ('sad', 'ok');
        -- a comment
        """
    )
    op.execute(sa.text('SELECT 1'), execution_options={"stream": "SELECT 2"})
    sa.Column("a", server_default=sa.text("now()"))
    conn.execute(text("DELETE FROM job"))
    print("SELECT 3")
    response.text("SELECT 4")
    op.execute(statement)
    op.execute(f"DROP TYPE {name}")

def downgrade():
    x = "SELECT 5"
`;

describe('SQL in Python strings', () => {
  let tokens: readonly Token[];

  before(async function () {
    const { folder } = await need(this, serverInstallation());
    tokens = await tokenize(folder, script);
  });

  /** The scopes of the first token with this text. */
  const scopes = (text: string): string => tokens.find((token) => token.text.trim() === text)?.scopes ?? assert.fail(`no token ${text} in:\n${tokens.map((token) => `${token.text} | ${token.scopes}`).join('\n')}`);

  for (const word of ['UPDATE', 'CREATE', 'SELECT', 'DELETE', 'DROP']) {
    it(`takes ${word} for SQL`, () => assert.match(scopes(word), /meta\.embedded\.sql\.alembic.* keyword/));
  }
  it('knows binds', () => assert.match(scopes(':id'), /variable\.parameter\.sql/));
  it('knows SQL strings in Python strings', () => assert.match(scopes('NEW'), /meta\.embedded\.sql\.alembic.*string\.quoted\.single\.sql/));
  it('knows SQL comments', () => assert.match(scopes('a comment'), /comment\.line\.double-dash\.sql/));

  it('leaves other strings alone', () => {
    const others = tokens.filter(({ text }) => /SELECT [2-5]/.test(text));
    for (const { text, scopes } of others) assert.doesNotMatch(scopes, /sql/, text);
    assert.equal(others.length, 4);
  });
  it('goes on with Python after the string', () => {
    assert.match(scopes('not sql'), /comment\.line\.number-sign\.python/);
    assert.match(scopes('execution_options'), /variable\.parameter\.function-call\.python/);
    assert.match(scopes('downgrade'), /entity\.name\.function\.python/);
  });
});

interface Token {
  readonly text: string;
  readonly scopes: string;
}

/** vscode-textmate and vscode-oniguruma as VS Code itself carries them; only what is used of them. */
interface Textmate {
  readonly Registry: new (options: object) => { loadGrammar(scope: string): Promise<Grammar> };
  readonly INITIAL: unknown;
  parseRawGrammar(text: string, file: string): unknown;
}
interface Grammar {
  tokenizeLine(line: string, state: unknown): { readonly tokens: readonly { startIndex: number; endIndex: number; scopes: readonly string[] }[]; readonly ruleStack: unknown };
}
interface Oniguruma {
  readonly OnigScanner: new (patterns: readonly string[]) => unknown;
  readonly OnigString: new (text: string) => unknown;
  loadWASM(data: ArrayBufferLike): Promise<void>;
}

async function tokenize(vscode: string, text: string): Promise<readonly Token[]> {
  const load = createRequire(path.join(vscode, 'package.json'));
  const textmate = load('vscode-textmate') as Textmate;
  const oniguruma = load('vscode-oniguruma') as Oniguruma;
  await oniguruma.loadWASM(new Uint8Array(readFileSync(load.resolve('vscode-oniguruma/release/onig.wasm'))).buffer);
  const files: Readonly<Record<string, string>> = {
    'source.python': path.join(vscode, 'extensions/python/syntaxes/MagicPython.tmLanguage.json'),
    'source.regexp.python': path.join(vscode, 'extensions/python/syntaxes/MagicRegExp.tmLanguage.json'),
    'source.sql': path.join(vscode, 'extensions/sql/syntaxes/sql.tmLanguage.json'),
    'alembic-review.sql.injection': path.join(projectRoot, 'syntaxes/alembic-sql.injection.json'),
  };
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: readonly string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (line: string) => new oniguruma.OnigString(line),
    }),
    loadGrammar: (scope: string) => {
      const file = files[scope];
      return Promise.resolve(file === undefined ? null : textmate.parseRawGrammar(readFileSync(file, 'utf8'), file));
    },
    getInjections: (scope: string) => (scope === 'source.python' ? ['alembic-review.sql.injection'] : []),
  });
  const grammar = await registry.loadGrammar('source.python');
  let state = textmate.INITIAL;
  return text.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes: scopes.join(' ') }));
  });
}
