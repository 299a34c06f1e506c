// Bundles test/extension-host for the extension host, with an extension that only says "these are tests".
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { cache, root } from "./paths.mjs";

const source = path.join(root, "test/extension-host");

/**
 * @returns {Promise<string>} the folder of an extension whose suite.js is to be run. It lies in this
 * checkout, where `require` finds Mocha.
 */
export async function bundleExtensionHostTests() {
  const folder = path.join(cache, "extension-host-tests");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // VS Code runs tests only for an extension under development. Ours is the packaged one, installed as
  // its users install it; so the one under development is empty.
  await writeFile(
    path.join(folder, "package.json"),
    JSON.stringify({
      name: "extension-host-tests",
      publisher: "weight-odometer",
      version: "0.0.0",
      engines: { vscode: "*" },
    }),
  );
  const options = {
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  };
  const tests = (await readdir(source)).filter((file) => file.endsWith(".test.ts"));
  await build({
    ...options,
    stdin: {
      contents: tests.map((file) => `import ${JSON.stringify(`./${file}`)};`).join("\n"),
      resolveDir: source,
    },
    outfile: path.join(folder, "tests.js"),
  });
  await build({
    ...options,
    entryPoints: [path.join(source, "suite.ts")],
    outfile: path.join(folder, "suite.js"),
  });
  return folder;
}
