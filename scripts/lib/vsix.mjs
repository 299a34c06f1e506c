// This machine's VSIX.
import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";
import { mustRun } from "./processes.mjs";
import { ownTarget } from "./targets.mjs";

/** @type {Promise<string> | undefined} */
let packaged;

/**
 * What WEIGHT_ODOMETER_VSIX names (`npm test` has just packaged it), else packaged now, once, so that a
 * test never runs against yesterday's code.
 * @returns {Promise<string>}
 */
export function ownVsix() {
  packaged ??= findOrPackage();
  return packaged;
}

/** Where scripts/package.mjs writes it. */
export async function ownVsixPath() {
  const { name, version } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  return path.join(root, `${name}-${ownTarget()}-${version}.vsix`);
}

async function findOrPackage() {
  const named = process.env.WEIGHT_ODOMETER_VSIX;
  if (named !== undefined) {
    await access(named);
    return named;
  }
  await mustRun(process.execPath, [path.join(root, "scripts/package.mjs")]);
  return ownVsixPath();
}
