import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../../../scripts/lib/paths.mjs";
import { mustRun } from "../../../scripts/lib/processes.mjs";
import { ownTarget } from "../../../scripts/lib/targets.mjs";

let packaged: Promise<string> | undefined;

/**
 * This machine's VSIX: what WEIGHT_ODOMETER_VSIX names (`npm test` has just packaged it), else
 * packaged now, once, so that a test never runs against yesterday's code.
 */
export function ownVsix(): Promise<string> {
  packaged ??= findOrPackage();
  return packaged;
}

async function findOrPackage(): Promise<string> {
  const named = process.env["WEIGHT_ODOMETER_VSIX"];
  if (named !== undefined) {
    await access(named);
    return named;
  }
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    version: string;
  };
  await mustRun(process.execPath, [path.join(root, "scripts/package.mjs")]);
  return path.join(root, `weight-odometer-${ownTarget()}-${manifest.version}.vsix`);
}
