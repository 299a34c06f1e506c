// code-server for the tests: installed once into a folder, whole or not at all.
import path from "node:path";
import { codeServerSteps } from "./code-server-steps.mjs";
import { takeSteps } from "./steps.mjs";

/** Counts up when the steps change what they leave behind. */
const recipe = 1;

/**
 * @param {string} version
 * @param {string} folder
 */
export async function installCodeServer(version, folder) {
  if (process.platform !== "linux") {
    throw new Error("code-server is installed from npm on Linux only.");
  }
  const target = path.resolve(folder);
  // The path is part of the recipe: wrappers and links hold it, and a copied folder would run its original.
  await takeSteps(
    target,
    `code-server ${version}, recipe ${recipe}, in ${target}\n`,
    codeServerSteps(version, target),
  );
}
