// npm in folders of its own, for tools that are no dependency of the project.
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { findCommandFile } from "./commands.mjs";
import { mustRun } from "./processes.mjs";

/** How to reach the registry: the only settings that pass from the caller's npm to ours. */
const connection = new Set([
  "registry",
  "proxy",
  "https_proxy",
  "http_proxy",
  "noproxy",
  "cafile",
  "ca",
  "strict_ssl",
  "cache",
  "userconfig",
  "globalconfig",
]);

/**
 * An environment in which npm behaves the same on every machine. A parent `npm run` hands its settings
 * down as npm_config_*, and a user's own file may hold `yes=false` (npx refuses), `nodedir` (headers of
 * another Node) or `ignore-scripts`: none of them may decide what we install.
 * @param {Readonly<Record<string, string>>} [settings]
 */
export function npmEnvironment(settings = {}) {
  const environment = {};
  for (const [name, value] of Object.entries(process.env)) {
    const setting = /^npm_config_(.*)$/i.exec(name)?.[1];
    if (setting === undefined ? !/^npm_/i.test(name) : connection.has(setting.toLowerCase())) {
      environment[name] = value;
    }
  }
  const own = { yes: "true", audit: "false", fund: "false", loglevel: "error" };
  for (const [name, value] of Object.entries({ ...own, ...settings })) {
    environment[`npm_config_${name}`] = value;
  }
  return environment;
}

/** The folder of the npm package itself, which also carries node-gyp. */
export function npmFolder() {
  // npm_execpath may be another package manager's.
  const candidates = [
    process.env.npm_execpath,
    findCommandFile("npm"),
    path.join(path.dirname(process.execPath), "node_modules/npm/bin/npm-cli.js"),
  ];
  for (const file of candidates) {
    if (file === undefined || path.basename(file) !== "npm-cli.js") continue;
    const folder = path.dirname(path.dirname(file));
    if (existsSync(path.join(folder, "bin/npm-cli.js"))) return folder;
  }
  throw new Error("npm was not found; it comes with Node.js.");
}

/**
 * Runs npm with this program's own node.
 * @param {readonly string[]} args
 * @param {{ cwd: string, log?: string, env?: NodeJS.ProcessEnv, nice?: boolean }} options
 */
export async function npm(args, options) {
  const cli = path.join(npmFolder(), "bin/npm-cli.js");
  await mustRun(process.execPath, [cli, ...args], { env: npmEnvironment(), ...options });
}

/**
 * Installs packages into a folder of their own, from nothing: after an interrupted install, half a
 * package looks whole to npm. Install scripts do not run.
 * @param {string} folder
 * @param {readonly string[]} packages name@version
 * @param {string} [log]
 */
export async function installPackages(folder, packages, log) {
  await rm(path.join(folder, "node_modules"), { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // Without a package.json npm would install into the next folder above that has one: the project.
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  await npm(["install", "--ignore-scripts", "--no-save", "--no-package-lock", ...packages], {
    cwd: folder,
    ...(log === undefined ? {} : { log }),
  });
}
