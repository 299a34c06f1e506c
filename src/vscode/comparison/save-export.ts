import path from "node:path";
import * as vscode from "vscode";

/**
 * Asks where to save an export, writes it and says so.
 * @param beside the file or folder beside which it is offered to lie
 * @param name without extension
 */
export async function saveExport(
  beside: vscode.Uri,
  name: string,
  kind: { readonly title: string; readonly extension: string },
  content: () => Promise<Uint8Array | string> | Uint8Array | string,
): Promise<void> {
  const { title, extension } = kind;
  const file = `${path.parse(beside.path).name}-${name}.${extension}`;
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(beside, "..", file),
    filters: { [extension.toUpperCase()]: [extension] },
    title,
  });
  if (!target) return;
  try {
    const bytes = await content();
    await vscode.workspace.fs.writeFile(
      target,
      typeof bytes === "string" ? Buffer.from(bytes, "utf8") : bytes,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(`${title} failed: ${reason}`);
    return;
  }
  // Not awaited: a notification may stay for long.
  void offerToOpen(target);
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const open = "Open";
  const message = `Wrote ${vscode.workspace.asRelativePath(target)}.`;
  if ((await vscode.window.showInformationMessage(message, open)) !== open) return;
  if (target.path.endsWith(".html")) await vscode.env.openExternal(target);
  else await vscode.commands.executeCommand("vscode.open", target);
}

/** Saves a picture that a page has drawn. */
export async function savePicture(beside: vscode.Uri, name: string, png: string): Promise<void> {
  await saveExport(beside, name, { title: "Export PNG", extension: "png" }, () =>
    Buffer.from(png, "base64"),
  );
}
