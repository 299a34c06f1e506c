// sharp's native packages: npm installs those of this machine only, so that other platforms' are fetched to package for them.
import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { installPackages } from "./npm.mjs";
import { cache, packageFile, root } from "./paths.mjs";
import { decoderPackages } from "./shipped-files.mjs";

/**
 * A node_modules folder that holds sharp's packages for a platform.
 * @param {string} target such as darwin-arm64
 */
export async function decoderFolder(target) {
  const names = decoderPackages(target);
  const own = path.join(root, "node_modules");
  if (names.every((name) => existsSync(path.join(own, name)))) return own;
  const { version, optionalDependencies } = JSON.parse(
    await readFile(packageFile("sharp/package.json"), "utf8"),
  );
  const folder = path.join(cache, `sharp-${version}-${target}`);
  if (!existsSync(folder)) {
    const [os, cpu] = target.split("-");
    const aside = `${folder}.${process.pid}`;
    try {
      await installPackages(aside, [
        // Named packages of another platform are refused otherwise, whatever --os says.
        "--force",
        `--os=${os}`,
        `--cpu=${cpu}`,
        ...(os === "linux" ? ["--libc=glibc"] : []),
        ...names.map((name) => `${name}@${optionalDependencies[name]}`),
      ]);
      await rename(aside, folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }
  return path.join(folder, "node_modules");
}
