import { readFile } from "node:fs/promises";
import path from "node:path";
import { embedJson, htmlPage } from "./page";

/** A panel's own script and style: its report draws with the same code. */
export interface PanelBundle {
  readonly script: string;
  readonly style: string;
}

/**
 * A panel's bundle as the build wrote it.
 * @param folder the built programs' folder, dist
 * @throws an fs error
 */
export async function readPanelBundle(folder: string, panel: string): Promise<PanelBundle> {
  const read = (extension: string) =>
    readFile(path.join(folder, "webview", `${panel}.${extension}`), "utf8");
  return { script: await read("js"), style: await read("css") };
}

/**
 * One HTML file that shows what a panel shows: the panel's bundle with its view beside it, which the page reads instead
 * of asking VS Code.
 */
export function panelReport(title: string, view: object, bundle: PanelBundle): string {
  return htmlPage({
    title,
    ...bundle,
    body: `<noscript>This report draws its figures with a script inside this file; allow scripts to see it.</noscript>
<script type="application/json" id="view">${embedJson(view)}</script>`,
  });
}
