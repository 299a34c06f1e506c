// Packages of the operating system, where it is Debian (or made from it) and we may install.
import { existsSync } from "node:fs";
import { run, mustRun } from "./processes.mjs";

export function canInstallDebianPackages() {
  return existsSync("/etc/debian_version") && process.getuid?.() === 0;
}

/**
 * Installs packages; elsewhere than on Debian as root, says what is missing.
 * @param {readonly string[]} packages plain package names
 * @param {string} purpose completes "needed ..."
 * @param {string} [log]
 */
export async function installDebianPackages(packages, purpose, log) {
  if (!canInstallDebianPackages()) {
    throw new Error(
      `Missing: ${packages.join(", ")} (Debian's names), needed ${purpose}. ` +
        "It is installed by itself only on Debian as root.",
    );
  }
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    ...(log === undefined ? {} : { log }),
  };
  // A machine that never ran it has no lists to install from; one with old lists gets a 404 for what was replaced.
  const update = await run("apt-get", ["update", "-qq"], options);
  if (update.code !== 0) throw new Error("apt-get update failed; see the lines above.");
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  await mustRun("apt-get", install, options);
}
