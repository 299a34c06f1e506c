import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineSteps, type Steps } from "./engine-steps";

/** Chromium's Vulkan driver in software: where no GPU is, WebGPU can be tested on it. */
const chromium = "/usr/lib/chromium";
const driver = path.join(chromium, "vk_swiftshader_icd.json");
const driverEnvironment = { LD_LIBRARY_PATH: chromium, VK_ICD_FILENAMES: driver };

let folder: string;
let program: string;

beforeAll(async () => {
  // Inside the checkout, where the bundle finds onnxruntime-node.
  mkdirSync(".cache", { recursive: true });
  folder = mkdtempSync(path.resolve(".cache", "engines-"));
  program = path.join(folder, "engine-steps.cjs");
  await build({
    entryPoints: [path.join(__dirname, "engine-steps.ts")],
    footer: {
      js: "module.exports.engineSteps(process.argv[2]).then((steps) => process.stdout.write(JSON.stringify(steps)), (error) => { console.error(error.message); process.exit(1); });",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["onnxruntime-node"],
    logLevel: "error",
    outfile: program,
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Steps in a process of their own, since an engine's libraries read the environment when they are loaded. */
async function stepsOf(
  engine: string,
  environment: NodeJS.ProcessEnv,
  cwd = folder,
): Promise<Steps> {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [program, engine], { env, cwd });
  return JSON.parse(stdout) as Steps;
}

function expectEqual(found: Steps, expected: Steps): void {
  found.losses.forEach((loss, i) => {
    expect(Math.abs(loss - expected.losses[i])).toBeLessThan(1e-4);
  });
  found.weights.flat().forEach((value, i) => {
    expect(Math.abs(value - expected.weights.flat()[i])).toBeLessThan(1e-5);
  });
}

test.skipIf(!existsSync(driver))(
  "WebGPU computes what the CPU does",
  async () => {
    const found = await stepsOf("onnx-webgpu", driverEnvironment);
    expect(found.engine).toMatchObject({ name: "onnxruntime-webgpu", lowering: "plain" });
    expectEqual(found, await engineSteps("onnxruntime-plain"));
    expectEqual(found, await engineSteps("tfjs"));
  },
  300_000,
);

test("without a graphics adapter WebGPU is refused in plain words", async () => {
  await expect(
    stepsOf("onnx-webgpu", { VK_ICD_FILENAMES: "none", VK_DRIVER_FILES: "none" }),
  ).rejects.toThrow("WebGPU finds no graphics adapter on this machine");
});

test("tfjs-node is asked for by name where it is not installed", async () => {
  const environment = { PATH: "", NODE_PATH: "" };
  await expect(stepsOf("tfjs-node", environment, "/")).rejects.toThrow(
    /needs the package @tensorflow\/tfjs-node, which is not installed in .*npm install/,
  );
});

/** Where scripts/tfjs-node.mjs has built it. */
const tfjsNode = path.resolve(".cache", "tfjs-node");

const binding = "node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node";

test.skipIf(!existsSync(path.join(tfjsNode, binding)))(
  "tfjs-node computes what tfjs does in JavaScript",
  async () => {
    const found = await stepsOf("tfjs-node", {}, tfjsNode);
    expect(found.engine).toMatchObject({ name: "tfjs-node", lowering: "none" });
    expectEqual(found, await engineSteps("tfjs"));
  },
  120_000,
);
