import type * as vscode from 'vscode';

/** The part of the Python extension's API that is used here (npm: `@vscode/python-extension`, `PythonExtension.environments`). */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: vscode.Uri | undefined } } | undefined>;
  };
}

/** The interpreter chosen in the Python extension for a file; null without the extension, or when it does not say. Never rejects. */
export async function chosenInterpreter(extension: Pick<vscode.Extension<unknown>, 'activate'> | undefined, resource: vscode.Uri, note: (reason: string) => void): Promise<string | null> {
  if (extension === undefined) return null;
  try {
    const { environments } = (await extension.activate()) as PythonApi;
    const environment = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath(resource));
    return environment?.executable.uri?.fsPath ?? null;
  } catch (error) {
    note(`The Python extension does not say which interpreter is chosen: ${String(error)}`);
    return null;
  }
}
