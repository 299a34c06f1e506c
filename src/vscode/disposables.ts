import type * as vscode from "vscode";

/** Things to dispose together; what is added after the end is disposed at once. */
export class Disposables implements vscode.Disposable {
  private items: vscode.Disposable[] | null = [];

  add<T extends vscode.Disposable>(item: T): T {
    if (this.items) this.items.push(item);
    else item.dispose();
    return item;
  }

  dispose(): void {
    const items = this.items ?? [];
    this.items = null;
    for (const item of items.reverse()) item.dispose();
  }
}
