// Runs the extension host's tests in a desktop VS Code, downloaded once: needs a network and a display.
import { spawnSync } from "node:child_process";
import { cp } from "node:fs/promises";
import path from "node:path";
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from "@vscode/test-electron";
import { cache, root } from "./paths.mjs";
import { temporaryFolder } from "./temporary.mjs";

/** Why a desktop VS Code cannot run here, or undefined. */
export function desktopObstacle() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) {
    return "there is no display (under Xvfb, `xvfb-run -a npm test` gives one)";
  }
  return undefined;
}

/**
 * Downloads VS Code, or finds the one downloaded before.
 * @param {string} version
 */
export function downloadDesktop(version) {
  return downloadAndUnzipVSCode({ version, cachePath: path.join(cache, "vscode") });
}

/**
 * @param {{ program: string, vsix: string, tests: string, env: Record<string, string> }} options
 * @returns {Promise<number>} the exit code
 */
export async function runOnDesktop({ program, vsix, tests, env }) {
  const { folder, remove } = temporaryFolder("extension-host");
  try {
    const workspace = path.join(folder, "workspace");
    await cp(path.join(root, "test/e2e/workspace"), workspace, { recursive: true });
    const places = [
      `--extensions-dir=${path.join(folder, "extensions")}`,
      `--user-data-dir=${path.join(folder, "user-data")}`,
    ];
    const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(program, {
      reuseMachineInstall: true,
    });
    const installed = spawnSync(cli, [...cliArgs, ...places, "--install-extension", vsix], {
      encoding: "utf8",
      // On Windows the command line is a batch file, which only a shell starts.
      shell: process.platform === "win32",
    });
    if (installed.status !== 0) throw new Error(`The VSIX was not installed: ${installed.stderr}`);
    return await runTests({
      vscodeExecutablePath: program,
      reuseMachineInstall: true,
      extensionDevelopmentPath: tests,
      extensionTestsPath: path.join(tests, "suite.js"),
      launchArgs: [workspace, ...places, "--disable-workspace-trust"],
      extensionTestsEnv: env,
    });
  } finally {
    remove();
  }
}
