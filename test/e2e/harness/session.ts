import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { chromiumArguments, findChromium } from "../../../scripts/lib/chromium.mjs";
import { startGuarded, type Guarded } from "../../../scripts/lib/guarded.mjs";
import { codeServerFolder } from "../../../scripts/lib/paths.mjs";
import { mustRun } from "../../../scripts/lib/processes.mjs";
import { ownVsix } from "../../../scripts/lib/vsix.mjs";
import { settings, type Theme, themes } from "./settings";

export interface SessionOptions {
  /** The folder that is copied and opened; test/e2e/workspace where it is not given. */
  readonly workspace?: string;
  /** True: the workspace is not trusted until somebody says so (Restricted Mode). */
  readonly restricted?: boolean;
  readonly theme?: Theme;
  /** Added to the user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server, and so of the extension. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running VS Code server with the packaged extension, and a browser page that shows it. */
export interface Session {
  readonly page: Page;
  /** The opened folder: a copy that the test may change. */
  readonly workspace: string;
  readonly settingsFile: string;
  /** Where the extension is installed. */
  readonly extensions: string;
  readonly server: Guarded;
  close(): Promise<void>;
}

const startTimeout = 60_000;

/** Starts everything from nothing: fresh extension, user-data and home folders. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const folder = await mkdtemp(path.join(tmpdir(), "weight-odometer-e2e-"));
  const cleanUp: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  ];
  const close = async (): Promise<void> => {
    // Latest first, and each even where another fails.
    const results = [];
    for (let step = cleanUp.pop(); step; step = cleanUp.pop())
      results.push(...(await Promise.allSettled([step()])));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  };
  try {
    const extensions = path.join(folder, "extensions");
    const userData = path.join(folder, "user-data");
    const workspace = path.join(folder, "workspace");
    const settingsFile = path.join(userData, "User/settings.json");
    await mkdir(path.dirname(settingsFile), { recursive: true });
    await cp(options.workspace ?? path.join(__dirname, "../workspace"), workspace, {
      recursive: true,
    });
    const theme = themes[options.theme ?? "dark"].setting;
    await writeFile(
      settingsFile,
      JSON.stringify({ ...settings, "workbench.colorTheme": theme, ...options.settings }),
    );
    // In a remote window settings of a machine's scope are read from the machine's own file.
    const machineFile = path.join(userData, "Machine/settings.json");
    await mkdir(path.dirname(machineFile), { recursive: true });
    await writeFile(machineFile, JSON.stringify(options.settings ?? {}));
    await installExtension(extensions, userData);
    const server = startServer(folder, { extensions, userData, workspace }, options);
    cleanUp.push(() => server.stop());
    const [, address] = await server.printed(/listening on (http:\/\/\S+?)\/?\s/, startTimeout);
    const browser = await startBrowser();
    cleanUp.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${address}/?folder=${encodeURIComponent(workspace)}`);
    return { page, workspace, settingsFile, extensions, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function installExtension(extensions: string, userData: string): Promise<void> {
  const log = path.join(userData, "install.log");
  await mustRun(
    path.join(codeServerFolder, "bin/code-ext"),
    [
      "--install-extension",
      await ownVsix(),
      ...["--extensions-dir", extensions],
      ...["--server-data-dir", userData],
    ],
    { log },
  );
}

function startServer(
  folder: string,
  places: { extensions: string; userData: string; workspace: string },
  options: SessionOptions,
): Guarded {
  const home = path.join(folder, "home");
  return startGuarded(
    folder,
    path.join(codeServerFolder, "bin/code-server"),
    [
      ...["--auth", "none", "--bind-addr", "127.0.0.1:0"],
      ...["--extensions-dir", places.extensions, "--user-data-dir", places.userData],
      ...["--disable-telemetry", "--disable-update-check"],
      ...(options.restricted ? [] : ["--disable-workspace-trust"]),
      places.workspace,
    ],
    {
      ...process.env,
      // Neither the user's own configuration is read nor anything left in it.
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, ".config"),
      XDG_DATA_HOME: path.join(home, ".local/share"),
      CODE_SERVER_CONFIG: path.join(folder, "config.yaml"),
      ...options.env,
    },
  );
}

async function startBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error("No Chromium was found on PATH.");
  return chromium.launch({ executablePath, args: chromiumArguments });
}
