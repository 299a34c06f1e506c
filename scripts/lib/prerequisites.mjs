// What the tests need on this machine: a browser and VS Code, Slurm, Python with its frameworks, tfjs-node.
import { existsSync } from "node:fs";
import path from "node:path";
import { ensureChromium, findChromium } from "./chromium.mjs";
import { installCodeServer } from "./code-server.mjs";
import { canInstallDebianPackages } from "./debian.mjs";
import { ensurePythonFrameworks } from "./python.mjs";
import { ensureSlurm } from "./slurm.mjs";
import { codeServerFolder, codeServerVersion } from "./paths.mjs";
import { ensureTfjsNode } from "./tfjs-node.mjs";

/** Why the tests in a browser cannot run here as things stand, or undefined. */
export function codeServerObstacle() {
  const missing = [];
  if (findChromium() === undefined) missing.push("Chromium");
  if (!existsSync(path.join(codeServerFolder, ".stamps/verify"))) {
    missing.push(`code-server ${codeServerVersion}`);
  }
  return missing.length === 0 ? undefined : `${missing.join(" and ")} not installed`;
}

/** Installs what is missing, where it can be installed: on Debian as root. */
export async function installPrerequisites() {
  if (!canInstallDebianPackages()) return;
  await ensureChromium();
  await ensureSlurm();
  await ensurePythonFrameworks();
  await ensureTfjsNode().catch((error) =>
    console.warn(`The engine tfjs-node will not be tested: ${error.message}`),
  );
  await installCodeServer(codeServerVersion, codeServerFolder);
}
