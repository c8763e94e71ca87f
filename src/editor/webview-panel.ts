import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** `name`: of the script in `dist/webview`, the style in `media` and the element that the script fills. */
export interface WebviewRequest {
  readonly viewType: string;
  readonly title: string;
  /** What the page is called, where the tab says more. */
  readonly pageTitle: string;
  readonly name: 'questions' | 'graph';
}

/** A panel that runs our own script and loads nothing else. It keeps its state while another tab is in front. */
export function openWebviewPanel(extensionUri: vscode.Uri, { viewType, title, pageTitle, name }: WebviewRequest): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), vscode.Uri.joinPath(extensionUri, 'media')],
    retainContextWhenHidden: true,
  });
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
  const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', `${name}.js`));
  const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'media', `${name}.css`));
  const nonce = randomBytes(16).toString('base64');
  panel.webview.html = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${panel.webview.cspSource}; script-src 'nonce-${nonce}'">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${style.toString()}">
  <title>${pageTitle}</title>
</head>
<body><main id="${name}"></main><script nonce="${nonce}" src="${script.toString()}"></script></body>
</html>`;
  return panel;
}
