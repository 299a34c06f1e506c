// Folders that are gone when this program ends, however it ends (but for SIGKILL).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { endOnSignals } from "./processes.mjs";

/**
 * @param {string} purpose part of its name
 * @returns {{ folder: string, remove: () => void }}
 */
export function temporaryFolder(purpose) {
  endOnSignals();
  const folder = mkdtempSync(path.join(tmpdir(), `weight-odometer-${purpose}-`));
  const remove = () => {
    process.off("exit", remove);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.on("exit", remove);
  return { folder, remove };
}
