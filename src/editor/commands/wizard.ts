import * as vscode from 'vscode';

/** What a step of a wizard can end with besides its value: the person went back. Escape throws a `CancellationError`. */
export const back = Symbol('back');
export type Back = typeof back;

/** The person pressed the step's own button. */
export const aside = Symbol('aside');
export type Aside = typeof aside;

export interface StepFrame {
  readonly title: string;
  readonly canGoBack?: boolean;
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** A separator between choices. */
export interface Divider extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

/** Asks for one of several. Stays open when the window loses focus, so that a person can look something up. */
export async function pick<T>(
  frame: StepFrame,
  placeholder: string,
  choices: readonly (Choice<T> | Divider)[],
  active?: (choice: Choice<T>) => boolean,
): Promise<T | Back> {
  const quickPick = vscode.window.createQuickPick<Choice<T> | Divider>();
  dress(quickPick, frame);
  quickPick.placeholder = placeholder;
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  quickPick.items = choices;
  const preferred = active === undefined ? undefined : choices.find((choice) => isChoice(choice) && active(choice));
  if (preferred !== undefined) quickPick.activeItems = [preferred];
  return settle(quickPick, (resolve) => {
    quickPick.onDidAccept(() => {
      const [item] = quickPick.activeItems;
      if (item !== undefined && isChoice(item)) resolve(item.value);
    });
  });
}

/** Asks for some of several, ticked beforehand where they say so (`picked`); nothing ticked is an answer, too. */
export async function pickMany<T>(frame: StepFrame, placeholder: string, choices: readonly (Choice<T> & { readonly picked: boolean })[]): Promise<readonly T[]> {
  const quickPick = vscode.window.createQuickPick<Choice<T>>();
  dress(quickPick, frame);
  quickPick.canSelectMany = true;
  quickPick.placeholder = placeholder;
  quickPick.items = choices;
  quickPick.selectedItems = choices.filter(({ picked }) => picked);
  const values = await settle<readonly T[]>(quickPick, (resolve) => {
    quickPick.onDidAccept(() => resolve(quickPick.selectedItems.map(({ value }) => value)));
  });
  return values === back ? [] : values;
}

/** Asks for a line of text; `validate` answers with what is wrong, or null. */
export async function input(
  frame: StepFrame,
  options: {
    readonly prompt: string;
    readonly value?: string;
    readonly placeholder?: string;
    readonly password?: boolean;
    readonly validate?: (value: string) => string | null;
  },
): Promise<string | Back> {
  const answer = await inputOr(frame, options, null);
  return answer === aside ? back : answer;
}

/** The same with a button that leads elsewhere. */
export async function inputOr(frame: StepFrame, options: Parameters<typeof input>[1], button: vscode.QuickInputButton | null): Promise<string | Back | Aside> {
  const box = vscode.window.createInputBox();
  dress(box, frame);
  box.prompt = options.prompt;
  box.value = options.value ?? '';
  if (options.placeholder !== undefined) box.placeholder = options.placeholder;
  box.password = options.password ?? false;
  if (button !== null) box.buttons = [...box.buttons, button];
  const check = (value: string): string | null => options.validate?.(value) ?? null;
  return settle<string | Aside>(box, (resolve) => {
    box.onDidTriggerButton((pressed) => {
      if (pressed === button) resolve(aside);
    });
    box.onDidChangeValue((value) => {
      // Nothing is called wrong before it was tried; after that it is checked as it is typed.
      if (box.validationMessage !== undefined) box.validationMessage = check(value) ?? undefined;
    });
    box.onDidAccept(() => {
      const problem = check(box.value);
      box.validationMessage = problem ?? undefined;
      if (problem === null) resolve(box.value);
    });
  });
}

function isChoice<T>(item: Choice<T> | Divider): item is Choice<T> {
  return item.kind !== vscode.QuickPickItemKind.Separator;
}

type Box = vscode.QuickInput & {
  buttons: readonly vscode.QuickInputButton[];
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
};

function dress(box: Box, frame: StepFrame): void {
  box.title = frame.title;
  box.ignoreFocusOut = true;
  if (frame.canGoBack === true) box.buttons = [vscode.QuickInputButtons.Back];
}

async function settle<T>(box: Box, listen: (resolve: (value: T | Back) => void) => void): Promise<T | Back> {
  try {
    return await new Promise<T | Back>((resolve, reject) => {
      box.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve(back);
      });
      box.onDidHide(() => reject(new vscode.CancellationError()));
      listen(resolve);
      box.show();
    });
  } finally {
    box.dispose();
  }
}
