// @tensorflow/tfjs-node, built in .cache/tfjs-node against the libtensorflow inside PyPI's wheel of TensorFlow, since its
// own install script downloads one.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { peersPython } from "../../bench/peers/environment.mjs";
import { findCommand } from "./commands.mjs";
import { installDebianPackages } from "./debian.mjs";
import { installPackages, npmEnvironment, npmFolder } from "./npm.mjs";
import { cache } from "./paths.mjs";
import { mustRun } from "./processes.mjs";

/** The newest Node-API that tfjs-node 4.22 has a name for. */
const napi = 8;
const folder = path.join(cache, "tfjs-node");
const module = path.join(folder, "node_modules/@tensorflow/tfjs-node");

/**
 * Builds it where that was not done before. Linux only.
 * @returns its folder
 * @throws where there is no package index, compiler or Python
 */
export async function ensureTfjsNode() {
  if (!existsSync(path.join(module, `lib/napi-v${napi}/tfjs_binding.node`))) await build();
  return module;
}

async function build() {
  if (["g++", "make"].some((name) => findCommand(name) === undefined))
    await installDebianPackages(["g++", "make"], "to build tfjs-node");
  const wheel = execFileSync(
    peersPython("tensorflow"),
    [
      "-c",
      "import importlib.util as u; print(u.find_spec('tensorflow').submodule_search_locations[0])",
    ],
    { encoding: "utf8" },
  ).trim();
  await installPackages(folder, ["@tensorflow/tfjs-node@4.22.0"]);
  await linkTensorFlow(wheel);
  const gyp = path.join(npmFolder(), "node_modules/node-gyp/bin/node-gyp.js");
  const options = [
    "--module_name=tfjs_binding",
    `--module_path=${path.join(module, `lib/napi-v${napi}`)}`,
    `--napi_build_version=${napi}`,
  ];
  // The headers that came with Node, where they did: node-gyp would fetch them.
  const prefix = path.dirname(path.dirname(process.execPath));
  if (existsSync(path.join(prefix, "include/node/node_api.h"))) options.push(`--nodedir=${prefix}`);
  await mustRun(process.execPath, [gyp, "rebuild", ...options], {
    cwd: module,
    env: npmEnvironment(),
    log: path.join(folder, "build.log"),
    timeout: 600_000,
  });
}

/** Where binding.gyp looks for TensorFlow: the wheel's files under the names that the linker asks for. */
async function linkTensorFlow(wheel) {
  const lib = path.join(module, "deps/lib");
  await rm(path.join(module, "deps"), { recursive: true, force: true });
  await mkdir(lib, { recursive: true });
  await symlink(path.join(wheel, "include"), path.join(module, "deps/include"));
  for (const [name, file] of [
    ["libtensorflow.so", "libtensorflow_cc.so.2"],
    ["libtensorflow_cc.so.2", "libtensorflow_cc.so.2"],
    ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
    ["libtensorflow_framework.so.2", "libtensorflow_framework.so.2"],
  ])
    await symlink(path.join(wheel, file), path.join(lib, name));
}
