import { spawn } from "node:child_process";
import * as vscode from "vscode";

/** Characters of what the process says that are kept: its last words. */
const mostWords = 2000;

/**
 * The command line's `qmcm ... --json` in a process of its own, with its progress in a notification from where it can be
 * cancelled.
 * @returns what it printed; null where it was cancelled
 * @throws Error with its last words
 */
export async function runQmcm<T>(
  title: string,
  cli: string,
  args: readonly string[],
): Promise<T | null> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, cancelled) =>
    printed<T>([cli, "qmcm", ...args, "--json"], cancelled, (message) => {
      progress.report({ message });
    }),
  );
}

function printed<T>(
  args: readonly string[],
  cancelled: vscode.CancellationToken,
  onProgress: (message: string) => void,
): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
      windowsHide: true,
    });
    const ending = cancelled.onCancellationRequested(() => child.kill());
    let [text, words] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      words = (words + part).slice(-mostWords);
      const share = /.* %$/m.exec(part);
      if (share) onProgress(share[0]);
    });
    child.on("error", reject);
    child.on("close", (code) => {
      ending.dispose();
      if (cancelled.isCancellationRequested) resolve(null);
      else if (code === 0) resolve(JSON.parse(text) as T);
      else reject(new Error(words.trim() || "it ended without a word."));
    });
  });
}
