import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { WorkspaceExperiment } from "../workspace-experiment";

/** Whether an experiment's results were made with another content of its script than the file has now. */
export async function isChanged(
  { results }: WorkspaceExperiment,
  script: string,
): Promise<boolean> {
  if (!results || results.runs === 0 || results.settings.kind !== "command") return false;
  const made = results.settings.script;
  if (!made) return false;
  const content = await readFile(script).catch(() => null);
  return content !== null && createHash("sha256").update(content).digest("hex") !== made.sha256;
}
