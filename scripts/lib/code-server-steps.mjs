// The steps that install code-server, the real VS Code workbench and server, from package registries alone.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { chmod, mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { findCommand } from "./commands.mjs";
import { installDebianPackages } from "./debian.mjs";
import { installPackages, npm, npmEnvironment, npmFolder } from "./npm.mjs";
import { mustRun } from "./processes.mjs";

/** What compiling the native modules takes, and ripgrep, whose npm package downloads from elsewhere. */
const tools = [
  { debian: "build-essential", command: "g++" },
  { debian: "build-essential", command: "make" },
  { debian: "python3", command: "python3" },
  { debian: "ripgrep", command: "rg" },
];

/**
 * @param {string} version of code-server
 * @param {string} folder
 * @returns {readonly import("./steps.mjs").Step[]}
 */
export function codeServerSteps(version, folder) {
  const app = path.join(folder, "app");
  const server = path.join(app, "node_modules/code-server");
  const vscode = path.join(server, "lib/vscode");
  const node = path.join(folder, "bin/node");
  const install = (cwd, log) => npm(["install", "--omit=dev", "--ignore-scripts"], { cwd, log });

  return [
    { name: "tools", action: installTools },
    // Without its postinstall: the steps below do that work, without its downloads.
    { name: "package", action: (log) => installPackages(app, [`code-server@${version}`], log) },
    { name: "node", action: (log) => provideNode(folder, server, log) },
    {
      name: "dependencies",
      action: async (log) => {
        await rm(path.join(vscode, "node_modules"), { recursive: true, force: true });
        await install(vscode, log);
      },
    },
    {
      name: "extension-dependencies",
      action: async (log) => {
        const extensions = path.join(vscode, "extensions");
        await rm(path.join(extensions, "node_modules"), { recursive: true, force: true });
        await install(extensions, log);
        await mustRun(node, ["./postinstall.mjs"], { cwd: extensions, log, env: npmEnvironment() });
      },
    },
    { name: "native", action: (log) => buildNative(node, server, log) },
    { name: "links", action: () => link(vscode) },
    { name: "wrappers", action: () => writeWrappers(folder, server) },
    { name: "verify", action: (log) => verify(node, folder, server, log) },
  ];
}

async function installTools(log) {
  const missing = tools.filter(({ command }) => findCommand(command) === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(({ debian }) => debian))];
  await installDebianPackages(packages, "to compile VS Code's server for the tests", log);
}

/** Where a Node is installed: its bin/node lies beside its include/node. */
function prefixOf(node) {
  return path.dirname(path.dirname(realpathSync(node)));
}

/**
 * Links bin/node to a Node of the major that this code-server asks for: this one where its headers are
 * there, else the one in an npm package that carries both. That has a folder of its own: were its .bin
 * in a folder above app/, npm would put that node on the PATH of every lifecycle script.
 */
async function provideNode(folder, server, log) {
  const manifest = JSON.parse(readFileSync(path.join(server, "package.json"), "utf8"));
  const major = /\d+/.exec(manifest.engines.node)[0];
  let node = realpathSync(process.execPath);
  const fits = process.versions.node.split(".")[0] === major;
  if (!fits || !existsSync(path.join(prefixOf(node), "include/node/node.h"))) {
    const name = `node-linux-${process.arch}`;
    await installPackages(path.join(folder, "node"), [`${name}@${major}`], log);
    node = path.join(folder, "node/node_modules", name, "bin/node");
  }
  await mkdir(path.join(folder, "bin"), { recursive: true });
  await replaceLink(node, path.join(folder, "bin/node"));
}

async function replaceLink(target, file) {
  await rm(file, { force: true });
  await symlink(target, file);
}

/**
 * Compiles the native modules by npm's own node-gyp rather than by `npm rebuild`: some install scripts first
 * try a download, node-pty's calls `npx node-gyp`, and newer npm may hold install scripts back. Left out:
 * kerberos (proxy sign-in) and sqlite3 (the AI agent host), which these tests never load.
 */
async function buildNative(node, server, log) {
  const gyp = path.join(npmFolder(), "node_modules/node-gyp/bin/node-gyp.js");
  const build = async (cwd, ...more) => {
    const args = [gyp, "rebuild", ...more];
    // By the environment: there node-gyp lets it win over a user's own setting.
    const env = npmEnvironment({ nodedir: prefixOf(node), jobs: "2" });
    // At low priority: it keeps the machine busy for a while.
    await mustRun("nice", ["-n", "19", node, ...args], { cwd, env, log });
  };
  const modules = path.join(server, "lib/vscode/node_modules");
  for (const name of ["@vscode/spdlog", "@vscode/native-watchdog", "native-watchdog"]) {
    const module = path.join(modules, name);
    if (existsSync(path.join(module, "binding.gyp"))) await build(module);
  }
  const platform = `linux-${process.arch}`;
  const pty = path.join(modules, "node-pty");
  if (!existsSync(path.join(pty, "prebuilds", platform, "pty.node"))) await build(pty);
  const beside = path.join(server, "../argon2");
  const argon2 = existsSync(beside) ? beside : path.join(server, "node_modules/argon2");
  if (!existsSync(path.join(argon2, "prebuilds", platform))) {
    // The layout of node-pre-gyp, in which this version looks for its binary.
    const place = path.join(argon2, "lib/binding/napi-v3");
    const definitions = ["napi_build_version=3", "module_name=argon2", `module_path=${place}`];
    await build(argon2, "--", ...definitions.map((definition) => `-D${definition}`));
  }
}

/** The links that code-server's own postinstall makes, and ripgrep. */
async function link(vscode) {
  await replaceLink("node_modules", path.join(vscode, "node_modules.asar"));
  await replaceLink("code-linux.sh", path.join(vscode, "bin/remote-cli/code-server"));
  await replaceLink("browser-linux.sh", path.join(vscode, "bin/helpers/browser.sh"));
  const ripgrep = path.join(vscode, "node_modules/@vscode/ripgrep");
  if (existsSync(ripgrep)) {
    await mkdir(path.join(ripgrep, "bin"), { recursive: true });
    await replaceLink(findCommand("rg"), path.join(ripgrep, "bin/rg"));
  }
  const universal = path.join(vscode, "node_modules/@vscode/ripgrep-universal/bin");
  if (existsSync(universal)) {
    for (const platform of await readdir(universal)) {
      const file = path.join(universal, platform);
      if (platform === `linux-${process.arch}`) await chmod(path.join(file, "rg"), 0o755);
      else await rm(file, { recursive: true });
    }
  }
}

/** A server started by any other way than these two entries breaks the service worker of its webviews. */
async function writeWrappers(folder, server) {
  const node = path.join(folder, "bin/node");
  // Else the server would write its configuration into the home folder.
  const config = path.join(folder, "config.yaml");
  const wrappers = {
    "code-server": [
      `export CODE_SERVER_CONFIG="\${CODE_SERVER_CONFIG:-${config}}"`,
      `exec "${node}" "${path.join(server, "out/node/entry.js")}" "$@"`,
    ],
    "code-ext": [
      `exec "${node}" "${path.join(server, "lib/vscode/out/server-main.js")}" --accept-server-license-terms "$@"`,
    ],
  };
  for (const [name, lines] of Object.entries(wrappers)) {
    const file = path.join(folder, "bin", name);
    await writeFile(file, ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
  }
}

/** Loads every native module on the very Node that will run them. */
async function verify(node, folder, server, log) {
  const vscode = path.join(server, "lib/vscode");
  const names = ["@vscode/spdlog", "@vscode/native-watchdog", "native-watchdog"];
  const modules = [...names, "node-pty", "@parcel/watcher"]
    .map((name) => path.join(vscode, "node_modules", name))
    .filter((module) => existsSync(module));
  const load = `for (const module of ${JSON.stringify(modules)}) require(module);
    require(require.resolve("argon2", { paths: [${JSON.stringify(server)}] }));`;
  await mustRun(node, ["-e", load], { cwd: vscode, log });
  await mustRun(path.join(folder, "bin/code-server"), ["--version"], { log });
}
