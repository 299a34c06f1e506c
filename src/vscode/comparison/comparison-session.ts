import * as vscode from "vscode";
import type { Comparison } from "../../protocol/comparison";
import type {
  ComparisonView,
  FromComparisonPanel,
  ToComparisonPanel,
} from "../../protocol/comparison-panel";
import { failureOf, type Failure } from "../../protocol/rpc";
import { Disposables } from "../disposables";
import { distinctNames } from "../../comparison/distinct-names";
import { exportComparisonCsv, exportComparisonHtml } from "./export-comparison";
import { Measurer } from "./measurer/measurer";
import { notOnDisk } from "./not-on-disk";
import { savePicture } from "./save-export";

/** Two checkpoints, and whether more than weights are compared: what a panel is made from. */
export interface ComparedPair {
  readonly a: vscode.Uri;
  readonly b: vscode.Uri;
  readonly all: boolean;
}

/** One panel: compares its pair in a process of its own, and tells the page. */
export class ComparisonSession extends Disposables {
  private readonly measurer = this.add(new Measurer());
  private running: AbortController | null = null;
  private state: ComparisonView["state"] = "running";
  private failure: Failure | null = null;
  private comparison: Comparison | null = null;
  private summary: readonly string[] = [];
  private formats: readonly [string | null, string | null] = [null, null];
  private ready = false;

  constructor(
    private pair: ComparedPair,
    private readonly panel: vscode.WebviewPanel,
    private readonly extensionUri: vscode.Uri,
  ) {
    super();
    this.add(
      panel.webview.onDidReceiveMessage((message: FromComparisonPanel) => {
        void this.receive(message);
      }),
    );
    void this.compare();
  }

  /** Whether this panel shows these two, in this order. */
  shows({ a, b }: ComparedPair): boolean {
    return this.pair.a.toString() === a.toString() && this.pair.b.toString() === b.toString();
  }

  reveal(): void {
    this.panel.reveal();
  }

  private get view(): ComparisonView {
    const { a, b, all } = this.pair;
    const [nameA, nameB] = distinctNames(a.path, b.path);
    const file = (uri: vscode.Uri, name: string, format: string | null) => {
      return { uri: uri.toString(), name, path: uri.fsPath, format };
    };
    const { state, failure, comparison, summary, formats } = this;
    return {
      a: file(a, nameA, formats[0]),
      b: file(b, nameB, formats[1]),
      ...{ all, state, failure, comparison, summary },
      ...{ spectrum: null, leftOut: [] },
    };
  }

  private async receive(message: FromComparisonPanel): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.show();
        return;
      case "all":
        await this.change({ ...this.pair, all: message.all });
        return;
      case "exportPng":
        await savePicture(this.pair.b, "comparison", message.png);
        return;
      case "action":
        await this.act(message.action);
    }
  }

  private async act(action: Extract<FromComparisonPanel, { type: "action" }>["action"]) {
    switch (action) {
      case "swap":
        return this.change({ ...this.pair, a: this.pair.b, b: this.pair.a });
      case "again":
        return this.compare();
      case "cancel":
        this.running?.abort();
        return;
      case "exportCsv":
        return exportComparisonCsv(this.pair.b, this.view);
      case "exportHtml":
        return exportComparisonHtml(this.pair.b, this.view, this.extensionUri);
    }
  }

  private async change(pair: ComparedPair): Promise<void> {
    this.pair = pair;
    this.comparison = null;
    this.summary = [];
    this.formats = [null, null];
    await this.compare();
  }

  /** Compares anew; a comparison under way is given up for it. */
  private async compare(): Promise<void> {
    this.running?.abort();
    const own = new AbortController();
    this.running = own;
    this.settle("running");
    const { a, b, all } = this.pair;
    const away = notOnDisk(a) ?? notOnDisk(b);
    if (away) {
      this.settle("failed", away);
      return;
    }
    try {
      const { formatA, formatB, comparison, summary } = await this.measurer.call(
        "compare",
        { a: a.fsPath, b: b.fsPath, all },
        {
          signal: own.signal,
          onProgress: (share) => {
            this.post({ type: "progress", share });
          },
        },
      );
      // Meanwhile the other way, or all tensors, may have been asked for.
      if (this.running !== own) return;
      this.formats = [formatA, formatB];
      this.comparison = comparison;
      this.summary = summary;
      this.settle("done");
    } catch (error) {
      if (this.running !== own) return;
      if (own.signal.aborted) this.settle("cancelled");
      else this.settle("failed", failureOf(error));
    } finally {
      this.measurer.rest();
    }
  }

  private settle(state: ComparisonView["state"], failure: Failure | null = null): void {
    this.state = state;
    this.failure = failure;
    this.show();
  }

  private show(): void {
    const { view } = this;
    this.panel.title = `${view.a.name} → ${view.b.name}`;
    this.post({ type: "view", view });
  }

  private post(message: ToComparisonPanel): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}
