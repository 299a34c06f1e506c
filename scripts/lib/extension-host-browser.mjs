// Runs the extension host's tests in VS Code's own server, with a browser in place of a display.
import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import { URLSearchParams } from "node:url";
import { chromium } from "playwright-core";
import { chromiumArguments, findChromium } from "./chromium.mjs";
import { startGuarded } from "./guarded.mjs";
import { codeServerFolder, root } from "./paths.mjs";
import { mustRun } from "./processes.mjs";
import { temporaryFolder } from "./temporary.mjs";

/**
 * @param {{ vsix: string, tests: string, env: NodeJS.ProcessEnv, timeout: number }} options
 * @returns {Promise<number>} the exit code that VS Code reports
 */
export async function runInBrowser({ vsix, tests, env, timeout }) {
  const { folder, remove } = temporaryFolder("extension-host");
  const program = path.join(codeServerFolder, "bin/code-ext");
  const places = [
    ...["--extensions-dir", path.join(folder, "extensions")],
    ...["--server-data-dir", path.join(folder, "server")],
  ];
  const workspace = path.join(folder, "workspace");
  const log = path.join(folder, "install.log");
  /** @type {(() => Promise<unknown>)[]} */
  const cleanUp = [async () => remove()];
  try {
    await cp(path.join(root, "test/e2e/workspace"), workspace, { recursive: true });
    await mkdir(path.join(folder, "home"));
    await mustRun(program, ["--install-extension", vsix, ...places], { log });
    const server = startGuarded(
      folder,
      program,
      [
        ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token"],
        ...["--enable-smoke-test-driver", "--disable-workspace-trust", ...places],
      ],
      { ...env, HOME: path.join(folder, "home") },
    );
    cleanUp.push(() => server.stop());
    const [, port] = await server.printed(/agent listening on (\d+)/, 60_000);
    const browser = await chromium.launch({
      executablePath: findChromium(),
      args: chromiumArguments,
    });
    cleanUp.push(() => browser.close());
    return await openAndWait(await browser.newPage(), `127.0.0.1:${port}`, {
      workspace,
      tests,
      timeout,
    });
  } finally {
    for (const step of cleanUp.reverse()) await step();
  }
}

/** Opens the workbench with the tests as its errand; the workbench says when they are done, and how. */
async function openAndWait(page, host, { workspace, tests, timeout }) {
  let timer;
  const code = new Promise((resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The extension host's tests took longer than ${timeout} ms.`)),
      timeout,
    );
    void page.exposeFunction("codeAutomationExit", resolve);
  });
  // The console is VS Code's and every extension's: the results say what failed.
  await page.exposeFunction("codeAutomationLog", () => undefined);
  const at = (file) => `vscode-remote://${host}${file}`;
  const payload = [
    ["extensionDevelopmentPath", at(tests)],
    ["extensionTestsPath", at(path.join(tests, "suite.js"))],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  try {
    await page.goto(`http://${host}/?${query}`);
    return Number(await code);
  } finally {
    clearTimeout(timer);
  }
}
