/** A VS Code window as a person has it: the palette, questions, trees, notifications. Works the same on the web workbench and the desktop. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { artifactsFolder } from '../paths';
import { patience, waitFor } from '../processes';

export interface Window {
  readonly page: Page;
  /** Photographs the window to test/artifacts/<name>.png and gives the file. */
  screenshot(name: string): Promise<string>;
  /** Runs a command from the palette by its title, with or without its category. */
  runCommand(title: string): Promise<void>;
  /** Opens a file of the workspace by its path in it. */
  openFile(file: string): Promise<void>;
  /** The texts of the question that is open: title, placeholder, and what can be chosen. Waits for one that has choices. */
  question(): Promise<Question>;
  /** Chooses in the open quick pick the row with that text in its label, description or detail. */
  choose(text: string | RegExp): Promise<void>;
  /** Ticks exactly the rows with these texts in the open quick pick, and confirms. */
  chooseMany(texts: readonly (string | RegExp)[]): Promise<void>;
  /** Types into the open quick input and confirms. */
  answer(text: string): Promise<void>;
  /** Waits until no question is open. */
  waitForNoQuestion(): Promise<void>;
  /** Opens a view by its name, as "Databases", and folds the others beside it. */
  openView(name: string): Promise<void>;
  /** The row of a tree (or list) whose text holds this. */
  treeRow(text: string | RegExp): Locator;
  clickTree(text: string | RegExp): Promise<void>;
  /** Waits for a notification with that text and gives its whole text. */
  waitForNotification(text: string | RegExp): Promise<string>;
  /** Presses a button of such a notification. */
  clickNotification(text: string | RegExp, button: string): Promise<void>;
  /** The text of the open modal dialog. */
  dialog(): Promise<string>;
  clickDialog(button: string): Promise<void>;
  /** The document of the webview panel that is open. */
  webview(): FrameLocator;
  /** The visible lines of the active editor. */
  visibleText(): Promise<string>;
}

export interface Question {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly string[];
}

export function windowOn(page: Page): Window {
  page.setDefaultTimeout(patience);
  const quickInput = page.locator('.quick-input-widget:visible');
  const quickInputBox = quickInput.locator('.quick-input-box input');
  const rows = quickInput.locator('.monaco-list-row');
  const row = (text: string | RegExp) => rows.filter({ hasText: text }).first();
  const notification = (text: string | RegExp) => page.locator(':is(.notification-toast, .notifications-center) .notification-list-item').filter({ hasText: text }).first();
  /** VS Code under its smoke test driver shows no toasts: the bell then tells that something is new, and lists it. */
  const findNotification = async (text: string | RegExp) => {
    const news = page.locator('.statusbar-item .codicon-bell-dot');
    const deadline = Date.now() + patience;
    while (!(await notification(text).isVisible()) && Date.now() < deadline) {
      if ((await news.isVisible()) && !(await page.locator('.notifications-center').isVisible())) await news.click();
      await page.waitForTimeout(100);
    }
    await notification(text).waitFor();
  };
  const dialogBox = page.locator('.monaco-dialog-box');
  const treeRow = (text: string | RegExp) => page.locator('.split-view-view .monaco-list-row:visible').filter({ hasText: text }).first();

  const openPalette = async (text: string) => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    await quickInputBox.waitFor();
    await quickInputBox.fill(text, { timeout: 3000 });
  };
  /**
   * The palette is opened again where it was closed: by what takes the focus just then, as a page that opens by itself does. It does not learn of
   * commands that become available, either.
   */
  const choosePaletteRow = async (text: string, found: Locator): Promise<void> => {
    await waitFor(`${text} in the palette`, patience, () => openPalette(text).then(() => found.click({ timeout: 3000 })).then(() => true, () => undefined));
  };

  return {
    page,
    treeRow,
    screenshot: async (name) => {
      mkdirSync(artifactsFolder, { recursive: true });
      const file = path.join(artifactsFolder, `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    runCommand: async (title) => {
      const exact = new RegExp(`(^|: )${escapeRegExp(title)}$`);
      const command = rows.filter({ has: page.locator('.label-name', { hasText: exact }) }).first();
      await choosePaletteRow(`>${title}`, command);
    },
    openFile: async (file) => {
      const name = path.posix.basename(file);
      await choosePaletteRow(file, rows.filter({ has: page.locator('.label-name', { hasText: new RegExp(`^${escapeRegExp(name)}$`) }) }).first());
      await page.locator('.tab.active', { hasText: name }).waitFor();
    },
    question: async () => {
      // The palette that the command was chosen in may still be leaving.
      await waitFor('the question behind the palette', 10_000, async () => ((await quickInputBox.inputValue().catch(() => '>')).startsWith('>') ? undefined : true));
      await rows.first().waitFor();
      return {
        title: (await quickInput.locator('.quick-input-title').textContent()) ?? '',
        placeholder: (await quickInputBox.getAttribute('placeholder')) ?? '',
        choices: await rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? element.textContent ?? '')),
      };
    },
    choose: async (text) => {
      await row(text).click();
    },
    chooseMany: async (texts) => {
      await rows.first().waitFor();
      for (const each of await rows.all()) {
        const content = (await each.textContent()) ?? '';
        const wanted = texts.some((text) => (typeof text === 'string' ? content.includes(text) : text.test(content)));
        const box = each.locator('.monaco-checkbox, input[type=checkbox]').first();
        const ticked = (await box.getAttribute('aria-checked')) === 'true' || (await each.getAttribute('aria-checked')) === 'true';
        if (wanted !== ticked) await box.click();
      }
      await quickInput.locator('.quick-input-action .monaco-button').first().click();
    },
    answer: async (text) => {
      await quickInputBox.waitFor();
      await quickInputBox.fill(text);
      await page.keyboard.press('Enter');
    },
    waitForNoQuestion: () => quickInput.waitFor({ state: 'hidden' }),
    openView: async (name) => {
      await choosePaletteRow(`>Focus on ${name} View`, rows.filter({ hasText: `Focus on ${name} View` }).first());
      // It gets the room of the others: of a list, those rows are in the document that are in sight.
      await page.locator(`.part.sidebar .pane-header[aria-label^="${name}"]`).waitFor();
      const others = page.locator(`.part.sidebar .pane-header[aria-expanded="true"]:not([aria-label^="${name}"])`);
      await waitFor('the other views to be folded', patience, async () => {
        if ((await others.count()) === 0) return true;
        await others.first().click();
        return undefined;
      });
    },
    clickTree: (text) => treeRow(text).click(),
    waitForNotification: async (text) => {
      await findNotification(text);
      return (await notification(text).locator('.notification-list-item-message').textContent()) ?? '';
    },
    clickNotification: async (text, button) => {
      await findNotification(text);
      await notification(text).hover();
      await notification(text).locator('.monaco-button', { hasText: button }).first().click();
    },
    dialog: async () => {
      await dialogBox.waitFor();
      return (await dialogBox.textContent()) ?? '';
    },
    clickDialog: (button) => dialogBox.locator('.monaco-button', { hasText: button }).first().click(),
    // VS Code puts an extension's page into a frame in a frame
    webview: () => page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame'),
    visibleText: async () => {
      const lines = await page.locator('.editor-instance .view-line:visible').evaluateAll((elements) =>
        elements.map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? '' })));
      return lines.toSorted((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n');
    },
  };
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
