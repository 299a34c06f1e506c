import { createHash } from "node:crypto";
import { access, copyFile, mkdir, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Packages that the bundles load, beside what lies next to them in an installed extension. */
const packages = ["onnxruntime-node", "onnxruntime-common"];

/**
 * The command line's bundle where compute nodes see it: as it is where it lies on the same disk as the results, which
 * nodes must see in any case; else in a copy beside the results, made once for each version.
 * @param root the experiment's directory
 */
export async function sharedPrograms(cli: string, root: string): Promise<string> {
  const [there, here] = await Promise.all([stat(path.dirname(cli)), stat(root)]);
  if (there.dev === here.dev) return cli;
  const hash = createHash("sha256");
  for (const file of ["cli.js", "trainer.js", "supervisor.js"])
    hash.update(await readFile(path.join(path.dirname(cli), file)));
  const target = path.join(root, "programs", hash.digest("hex").slice(0, 12));
  const copy = path.join(target, "cli.js");
  if (await exists(copy)) return copy;
  const aside = `${target}.${process.pid}`;
  try {
    await copyTree(path.dirname(cli), aside);
    for (const name of packages)
      await copyPackage(cli, name, path.join(aside, "node_modules", name));
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another submitter was first.
    if (!(await exists(copy))) throw error;
  }
  return copy;
}

/** Takes a package along that the bundle finds elsewhere; only this platform's libraries. */
async function copyPackage(cli: string, name: string, target: string): Promise<void> {
  if (await exists(target)) return;
  const folder = packageFolder(cli, name);
  const native = new RegExp(`/bin/napi-v\\d+/(?!${process.platform}(/${process.arch})?(/|$))`);
  await copyTree(folder, target, (file) => !native.test(file));
}

/** Packages need not export their manifest: the folder is looked for where Node looks. */
function packageFolder(cli: string, name: string): string {
  const folders = createRequire(cli).resolve.paths(name) ?? [];
  const found = folders
    .map((folder) => path.join(folder, name))
    .find((folder) => existsSync(path.join(folder, "package.json")));
  if (found === undefined) throw new Error(`The package ${name} is missing beside ${cli}.`);
  return found;
}

async function copyTree(
  from: string,
  to: string,
  wanted: (file: string) => boolean = () => true,
): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (!wanted(source)) continue;
    if (entry.isDirectory()) await copyTree(source, target, wanted);
    else if (entry.isFile()) await copyFile(source, target);
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
