/** Answers the panel's questions as the sample's team would: from sample.json, by clicking. */
import type { Sample } from '../alembic/sample';
import { waitFor } from '../harness/processes';
import type { VsCode } from '../harness/vscode';

/** Answers rounds of questions until the command asks for the migration's message. `asked` is called once the first round is answered, before it is sent; `tell` hears what was answered. */
export async function answerQuestions(vscode: VsCode, sample: Pick<Sample, 'renames' | 'valueMappings'>, asked: () => Promise<void>, tell: (line: string) => void = console.log): Promise<void> {
  const panel = vscode.webview();
  const messageInput = vscode.page.locator('.quick-input-widget:visible').filter({ hasText: 'What does this migration do?' });
  const heading = panel.locator('form.questions h1');
  const submit = panel.locator('form.questions button[type=submit]:enabled');
  let answered: string | undefined;
  for (;;) {
    // either there are questions that were not answered yet, or the command went on to the message
    const state = await waitFor('questions, or the question for the message', 60_000, async () => {
      if (await messageInput.isVisible()) return 'message' as const;
      if (!(await submit.isVisible())) return undefined;
      const round = await panel.locator('fieldset.card').evaluateAll((cards) => cards.map((card) => card.dataset['question']).join());
      // none: the panel is just leaving
      return round === '' || round === answered ? undefined : { round };
    });
    if (state === 'message') return;
    tell(`asked  ${await heading.textContent()}`);
    for (const card of await panel.locator('fieldset.card').all()) {
      const id = (await card.getAttribute('data-question'))!;
      tell(`       ${id}: ${await answerCard(card, id, sample)}`);
    }
    await heading.scrollIntoViewIfNeeded();
    if (answered === undefined) await asked();
    answered = state.round;
    await submit.click();
  }
}

type Card = ReturnType<VsCode['treeRow']>;

/** Gives the answer in words. Whatever the sample says nothing about gets what the panel suggests. */
async function answerCard(card: Card, id: string, { renames, valueMappings }: Pick<Sample, 'renames' | 'valueMappings'>): Promise<string> {
  const [kind, subject] = id.split(':') as [string, string];
  if (kind === 'rename-column' || kind === 'rename-table') {
    const rename = renames.find((line) => line.startsWith(`${subject}=`));
    const to = rename?.slice(subject.length + 1).split('.').at(-1);
    await card.locator(`input[type=radio][value="${to === undefined ? 'drop' : `rename:${to}`}"]`).check();
    return to === undefined ? 'not a rename' : `renamed to ${to}`;
  }
  if (kind === 'value-mapping') {
    const { mapping } = valueMappings.find(({ table, column }) => `${table}.${column}` === subject) ?? { mapping: {} };
    const answers = Object.entries(mapping).map(async ([value, label]) => {
      await card.locator(`select[aria-label="Label for ${value}"]`).selectOption(label === null ? 'null' : `label:${label}`);
      return `${JSON.stringify(value)} is ${label ?? 'NULL'}`;
    });
    return (await Promise.all(answers)).join(', ');
  }
  return 'as suggested';
}
