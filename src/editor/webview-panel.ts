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
export function openWebviewPanel(extensionUri: vscode.Uri, request: WebviewRequest): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(request.viewType, request.title, vscode.ViewColumn.Active, { retainContextWhenHidden: true });
  fillWebviewPanel(panel, extensionUri, request);
  return panel;
}

/** The same for a panel that the editor brought back from its last session. */
export function fillWebviewPanel(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, { title, pageTitle, name }: Omit<WebviewRequest, 'viewType'>): void {
  panel.title = title;
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg');
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), vscode.Uri.joinPath(extensionUri, 'media')],
  };
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
}
