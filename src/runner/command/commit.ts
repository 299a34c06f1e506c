import { execFile } from "node:child_process";

/** The commit that a folder's repository stands at; null where it is in none, or there is no git. */
export async function commitOf(folder: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile("git", ["rev-parse", "HEAD"], { cwd: folder, timeout: 10_000 }, (error, stdout) => {
      const commit = stdout.trim();
      resolve(error === null && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null);
    });
  });
}
