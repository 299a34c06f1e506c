import { readFileSync } from "node:fs";
import path from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import type {
  CheckpointView,
  FromCheckpointEditor,
  TensorApi,
  ToCheckpointEditor,
} from "../../../src/protocol/checkpoint-editor";
import { isRpcMessage, type RpcMessage } from "../../../src/protocol/rpc";
import { RpcServer, type Handlers } from "../../../src/protocol/rpc-server";
import { readerFailure } from "../../../src/reader/failure";
import { readerHandlers } from "../../../src/reader/reader-handlers";
import type { TestBrowser } from "../webview/browser";
import { themes, themeStyle } from "./theme";

type FromPage = FromCheckpointEditor | RpcMessage;

export interface PageOptions extends BrowserContextOptions {
  readonly theme?: keyof typeof themes;
  /** The state of an earlier editor. */
  readonly saved?: object;
}

/** The editor's page in Chromium, its host played by the test with the real reader in this process. */
export class EditorPage {
  /** What the page sent, calls included. */
  readonly received: FromPage[] = [];
  private readonly server: RpcServer<TensorApi>;

  private constructor(
    readonly page: Page,
    readonly complaints: readonly string[],
    private readonly file: string,
  ) {
    this.server = new RpcServer<TensorApi>(
      tensorHandlers(file),
      (message) => void this.send(message),
      readerFailure,
    );
  }

  static async open(
    browser: TestBrowser,
    file: string,
    { theme = "dark", saved, ...context }: PageOptions = {},
  ): Promise<EditorPage> {
    const folder = process.env["WEBVIEW_BUNDLES"] ?? "dist/webview";
    const bundle = (name: string): string => readFileSync(path.join(folder, name), "utf8");
    const html = `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-n'; style-src 'nonce-n'; img-src data:">
<style nonce="n">${themeStyle(theme)} ${bundle("checkpoint.css")}</style></head>
<body class="${themes[theme].body}"><script nonce="n">${pageApi(saved)}</script>
<script nonce="n">${bundle("checkpoint.js")}</script></body></html>`;
    const { page, complaints } = await browser.open(html, context);
    const editor = new EditorPage(page, complaints, file);
    await page.exposeFunction("toHost", (message: FromPage) => {
      editor.receive(message);
    });
    await page.evaluate("for (const message of window.queue.splice(0)) toHost(message)");
    return editor;
  }

  /** Reads the file and shows what is in it. */
  async showFile(revision = 1): Promise<CheckpointView> {
    const context = { signal: new AbortController().signal, progress: () => undefined };
    const listing = await readerHandlers().open({ path: this.file }, context);
    return this.show({ listing, revision });
  }

  async show(patch: Partial<CheckpointView>): Promise<CheckpointView> {
    const view: CheckpointView = {
      name: path.basename(this.file),
      path: this.file,
      listing: null,
      revision: 0,
      failure: null,
      ...patch,
    };
    await this.send({ type: "view", view });
    return view;
  }

  /** Calls of a method that the page has made, in order. */
  calls(method: keyof TensorApi): Extract<RpcMessage, { rpc: "call" }>[] {
    return this.received.filter(
      (message): message is Extract<RpcMessage, { rpc: "call" }> =>
        isRpcMessage(message) && message.rpc === "call" && message.method === method,
    );
  }

  /** The state that the page keeps. */
  saved(): Promise<Record<string, unknown>> {
    return this.page.evaluate<Record<string, unknown>>("window.saved");
  }

  private receive(message: FromPage): void {
    this.received.push(message);
    if (isRpcMessage(message)) this.server.receive(message);
  }

  private async send(message: ToCheckpointEditor | RpcMessage): Promise<void> {
    const text = JSON.stringify(message, (_, value: unknown) =>
      ArrayBuffer.isView(value)
        ? {
            $array: value.constructor.name,
            bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"),
          }
        : value,
    );
    // The page may have been closed while an answer was on its way.
    await this.page.evaluate(`fromHost(${JSON.stringify(text)})`).catch(() => undefined);
  }
}

/** VS Code's side of the page: messages to the test, typed arrays out of it. */
function pageApi(saved: object | undefined): string {
  return `window.queue = []; window.saved = ${JSON.stringify(saved ?? null)};
function acquireVsCodeApi() {
  return {
    postMessage: (message) => { if (window.toHost) toHost(message); else queue.push(message); },
    getState: () => saved ?? undefined,
    setState: (state) => { saved = state; },
  };
}
function fromHost(text) {
  const data = JSON.parse(text, (_, value) => {
    if (!value || !value.$array) return value;
    const bytes = Uint8Array.from(atob(value.bytes), (c) => c.charCodeAt(0));
    return new window[value.$array](bytes.buffer);
  });
  window.dispatchEvent(new MessageEvent("message", { data }));
}`;
}

function tensorHandlers(file: string): Handlers<TensorApi> {
  const { figures, values, picture } = readerHandlers();
  return {
    figures: (request, context) => figures({ ...request, path: file }, context),
    values: (request, context) => values({ ...request, path: file }, context),
    picture: (request, context) => picture({ ...request, path: file }, context),
  };
}
