import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import { cache } from "../../../scripts/lib/paths.mjs";
import { clickCodeLens, codeLenses } from "./editor";
import { type Notification, waitForNotification } from "./notifications";
import { type Problem, problems } from "./problems";
import { type Session, type SessionOptions, startSession } from "./session";
import { type Theme, themes } from "./settings";
import { type TreeItem, treeItems } from "./tree";
import { until } from "./until";
import { webviewFrame } from "./webview";

/** VS Code as its user sees it: opens, types, clicks and reads. */
export class Workbench {
  private constructor(readonly session: Session) {}

  /** Starts a session; whoever opens it must close it. */
  static async open(options: SessionOptions = {}): Promise<Workbench> {
    const workbench = new Workbench(await startSession(options));
    try {
      await workbench.ready();
    } catch (error) {
      await workbench.screenshot("start-failed");
      await workbench.close();
      throw error;
    }
    return workbench;
  }

  get page(): Page {
    return this.session.page;
  }

  /** The opened folder. */
  get workspace(): string {
    return this.session.workspace;
  }

  /** Waits until the window stands and an extension host runs that is none of these. */
  private async ready(earlier: ReadonlySet<number> = new Set()): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
    const started = (): boolean => this.extensionHosts().some((pid) => !earlier.has(pid));
    await until(started, "An extension host has started", 60_000);
  }

  private extensionHosts(): number[] {
    return this.processes()
      .filter(({ command }) => command.includes("--type=extensionHost"))
      .map(({ pid }) => pid);
  }

  /** Opens a file of the workspace, at a line counted from 1. */
  async openFile(file: string, line?: number): Promise<void> {
    const target = path.join(this.workspace, file) + (line === undefined ? "" : `:${line}`);
    await this.quickInput("Control+P", target, path.basename(file));
    await this.page
      .locator(`.tab.active[data-resource-name="${path.basename(file)}"]`)
      .waitFor({ timeout: 10_000 });
  }

  /** Runs the command that the palette shows under this title, category included. */
  async runCommand(title: string): Promise<void> {
    await this.quickInput("F1", `>${title}`, title);
  }

  /** The input box or list that is open, such as one that a command shows. */
  get quickInputWidget(): Locator {
    return this.page.locator(".quick-input-widget").filter({ visible: true });
  }

  /** Opens a picker, types, and takes the row with this label: commands appear only when the extensions are known. */
  private async quickInput(key: string, text: string, label: string): Promise<void> {
    await this.retry(async () => {
      await this.page.keyboard.press(key);
      await this.pick(text, label, 3000);
    });
  }

  /** Types into the open picker and takes the row with this label. */
  private async pick(text: string, label: string, timeout: number): Promise<void> {
    const picker = this.quickInputWidget;
    await picker.locator("input[type=text]").fill(text, { timeout });
    await picker
      .locator(".quick-input-list .monaco-list-row")
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .first()
      .click({ timeout });
  }

  /** Tries until it goes well; a key can be lost while the workbench moves its focus. */
  private async retry(action: () => Promise<void>): Promise<void> {
    for (const deadline = Date.now() + 30_000; ;) {
      try {
        await action();
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  codeLenses(): Promise<string[]> {
    return codeLenses(this.page);
  }

  clickCodeLens(text: string): Promise<void> {
    return clickCodeLens(this.page, text);
  }

  /** The document inside the webview that is to be seen. */
  webviewFrame(): Promise<Frame> {
    return webviewFrame(this.page);
  }

  waitForNotification(text: string | RegExp, timeout?: number): Promise<Notification> {
    return waitForNotification(this.page, text, timeout);
  }

  /** The items of a view in a side bar that is open, as far as they are unfolded. */
  treeItems(view: string): Promise<TreeItem[]> {
    return treeItems(this.page, view);
  }

  /** What the Problems panel lists. */
  async problems(): Promise<Problem[]> {
    await this.runCommand("Problems: Focus on Problems View");
    return problems(this.page);
  }

  /** Opens a side bar by its icon in the activity bar. */
  async openSideBar(title: string): Promise<void> {
    const tab = this.page.locator(".activitybar").getByRole("tab", { name: title });
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
    // Else the tab's own words would cover what is clicked next.
    await this.page.mouse.move(700, 450);
    await this.page
      .locator(".sidebar .composite.title")
      .filter({ hasText: new RegExp(title, "i") })
      .waitFor({ timeout: 10_000 });
  }

  /**
   * Reloads the window as its user does. (A reload of the page takes the last seconds' state from VS Code,
   * which saves it now and then and at its orderly end.)
   */
  async reload(): Promise<void> {
    const earlier = new Set(this.extensionHosts());
    await this.runCommand("Developer: Reload Window");
    await this.ready(earlier);
  }

  /** Switches the colour theme as a user does, while everything is open. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, workbenchClass } = themes[theme];
    const shown = this.page.locator(`.monaco-workbench.${workbenchClass}`);
    if (await shown.isVisible()) return;
    const before = await readFile(this.session.settingsFile, "utf8");
    await this.retry(async () => {
      await this.runCommand("Preferences: Color Theme");
      await this.pick(label, label, 3000);
      await shown.waitFor({ timeout: 10_000 });
    });
    // The picker shows a theme before it is chosen; chosen it is when it is written down.
    const saved = async (): Promise<boolean> =>
      (await readFile(this.session.settingsFile, "utf8")) !== before;
    await until(saved, "The settings name the new theme");
  }

  /** Trusts the workspace of a session that was opened restricted. */
  async grantTrust(): Promise<void> {
    await this.runCommand("Workspaces: Manage Workspace Trust");
    await this.page
      .locator(".workspace-trust-editor")
      .getByRole("button", { name: "Trust", exact: true })
      .click();
    await this.page.locator('[id="status.workspaceTrust"]').waitFor({ state: "hidden" });
  }

  /** Keeps a picture of the window in .cache/screenshots. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(cache, "screenshots", `${name}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
    return file;
  }

  /** The server's processes, and all that the extension has started, detached or not. */
  processes(): { readonly pid: number; readonly command: string }[] {
    return this.session.server.processes();
  }

  close(): Promise<void> {
    return this.session.close();
  }
}
