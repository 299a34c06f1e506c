import type * as vscode from "vscode";

const key = "weightOdometer.submissions";

/**
 * Which results directories hold what this user sent to a cluster, kept outside of every workspace: a folder that
 * somebody else made cannot claim it.
 */
export class SubmissionMemory {
  constructor(private readonly memento: vscode.Memento) {}

  has(root: string): boolean {
    return this.roots().includes(root);
  }

  async note(root: string, submitted: boolean): Promise<void> {
    if (this.has(root) === submitted) return;
    const others = this.roots().filter((other) => other !== root);
    await this.memento.update(key, submitted ? [...others, root] : others);
  }

  private roots(): readonly string[] {
    const value = this.memento.get<unknown>(key);
    return Array.isArray(value) ? value.filter((root) => typeof root === "string") : [];
  }
}
