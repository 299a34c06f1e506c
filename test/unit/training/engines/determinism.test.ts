import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint";

test("the same seeds give the same bytes in one process, others give others", async () => {
  const first = await fingerprint("mnist-dense", 1);
  expect(await fingerprint("mnist-dense", 1)).toBe(first);
  expect(await fingerprint("mnist-dense", 2)).not.toBe(first);
});

test("the same seeds give the same bytes in a fresh process, with convolutions too", async () => {
  // Inside the checkout, where the bundle finds onnxruntime-node.
  mkdirSync(".cache", { recursive: true });
  const folder = mkdtempSync(path.resolve(".cache", "fingerprint-"));
  try {
    const outfile = path.join(folder, "fingerprint.cjs");
    await build({
      entryPoints: [path.join(__dirname, "fingerprint.ts")],
      footer: {
        js: "module.exports.fingerprint(process.argv[2], 1).then((text) => process.stdout.write(text));",
      },
      bundle: true,
      platform: "node",
      format: "cjs",
      external: ["onnxruntime-node"],
      logLevel: "error",
      outfile,
    });
    for (const model of ["mnist-dense", "tf-cnn"]) {
      const fresh = execFileSync(process.execPath, [outfile, model], { encoding: "utf8" });
      expect(fresh).toBe(await fingerprint(model, 1));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
