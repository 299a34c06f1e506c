import { stat } from "node:fs/promises";
import type { Uri } from "vscode";
import { orderSeries } from "../../trajectory/order-series";

/** Two checkpoints, the one first that training wrote first: by the steps in their names, else by time. */
export async function inOrder(a: Uri, b: Uri): Promise<[Uri, Uri]> {
  const files = await Promise.all(
    [a, b].map(async (uri) => {
      const stats = await stat(uri.fsPath).catch(() => null);
      return { uri, file: uri.fsPath, modifiedMs: stats?.mtimeMs ?? 0 };
    }),
  );
  const [first, second] = orderSeries(files).files;
  return [first.uri, second.uri];
}
