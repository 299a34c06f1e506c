import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import { failureOf, type Failure } from "../../protocol/rpc";
import type { Trajectory } from "../../protocol/trajectory";
import type {
  FoundSeries,
  FromTrajectoryPanel,
  ToTrajectoryPanel,
  TrajectoryView,
} from "../../protocol/trajectory-panel";
import { seriesName } from "../../trajectory/series-label";
import { Measurer } from "../comparison/measurer/measurer";
import { notOnDisk } from "../comparison/not-on-disk";
import { savePicture } from "../comparison/save-export";
import { Disposables } from "../disposables";
import { exportTrajectoryCsv, exportTrajectoryHtml } from "./export-trajectory";

/** Rests after a measurement, in its durations: however fast a training writes, two thirds of the disk stay its own. */
const REST = 2;

/** One folder, or several checkpoints, and whether more than weights are measured: what a panel is made from. */
export interface Series {
  readonly uris: readonly vscode.Uri[];
  readonly all: boolean;
}

/** One panel: measures its series in a process of its own, again whenever something was written, and tells the page. */
export class TrajectorySession extends Disposables {
  private readonly measurer = this.add(new Measurer());
  private running: AbortController | null = null;
  private state: TrajectoryView["state"] = "measuring";
  private failure: Failure | null = null;
  private trajectory: Trajectory | null = null;
  private found: FoundSeries | null = null;
  private pending = false;
  private signature = "";
  /** When all may be read again for their distances to the last. */
  private sweepFrom = 0;
  private ready = false;

  constructor(
    private series: Series,
    private readonly panel: vscode.WebviewPanel,
    private readonly extensionUri: vscode.Uri,
  ) {
    super();
    this.add(
      panel.webview.onDidReceiveMessage((message: FromTrajectoryPanel) => {
        void this.receive(message);
      }),
    );
    void this.follow();
  }

  override dispose(): void {
    this.running?.abort();
    this.running = null;
    super.dispose();
  }

  /** Whether this panel shows these. */
  shows({ uris }: Series): boolean {
    return String(this.series.uris) === String(uris);
  }

  reveal(): void {
    this.panel.reveal();
  }

  private get view(): TrajectoryView {
    const { uris, all } = this.series;
    const { state, failure, trajectory, pending, found } = this;
    return {
      uris: uris.map((uri) => uri.toString()),
      name: seriesName(uris.map(({ fsPath }) => fsPath)),
      path: uris.map(({ fsPath }) => fsPath).join("\n"),
      folder: uris.length === 1,
      ...{ all, state, failure, trajectory, pending, found },
    };
  }

  private async receive(message: FromTrajectoryPanel): Promise<void> {
    switch (message.type) {
      case "ready":
        this.ready = true;
        this.show();
        return;
      case "all":
        this.series = { ...this.series, all: message.all };
        this.trajectory = null;
        await this.follow();
        return;
      case "exportPng":
        await savePicture(this.series.uris[0], "trajectory", message.png);
        return;
      case "action":
        await this.act(message.action);
    }
  }

  private async act(
    action: Extract<FromTrajectoryPanel, { type: "action" }>["action"],
  ): Promise<void> {
    const [beside] = this.series.uris;
    switch (action) {
      case "again":
        return this.follow();
      case "stop":
        this.running?.abort();
        return;
      case "exportCsv":
        return exportTrajectoryCsv(beside, this.view);
      case "exportHtml":
        return exportTrajectoryHtml(beside, this.view, this.extensionUri);
    }
  }

  /** Measures, waits for a change, and so on; what was followed before is given up for it. */
  private async follow(): Promise<void> {
    this.running?.abort();
    const own = new AbortController();
    this.running = own;
    const { signal } = own;
    try {
      const away = this.series.uris.map(notOnDisk).find((failure) => failure !== null);
      if (away) {
        this.settle("failed", away);
        return;
      }
      while (this.running === own) await this.once(signal);
    } catch (error) {
      if (this.running !== own) return;
      if (signal.aborted) this.settle("stopped");
      else this.settle("failed", failureOf(error));
    }
  }

  /**
   * Measures what is new and waits until it is worth doing so again. A new checkpoint is shown as soon as it, the first
   * and the one before are read; all others are read for their distances to the new last when their turn comes.
   */
  private async once(signal: AbortSignal): Promise<void> {
    const paths = this.series.uris.map(({ fsPath }) => fsPath);
    await this.measure(paths, false, signal);
    if (this.pending && performance.now() >= this.sweepFrom) {
      const took = await this.measure(paths, true, signal);
      this.sweepFrom = performance.now() + REST * took;
    }
    const { signature } = this;
    const within = this.pending ? Math.max(0, this.sweepFrom - performance.now()) : null;
    await this.measurer.call(
      "whenChanged",
      { paths, signature, within },
      { signal, endless: true },
    );
  }

  /**
   * Measures, shows it, and rests.
   * @returns the milliseconds it took without the rest
   */
  private async measure(
    paths: readonly string[],
    toLast: boolean,
    signal: AbortSignal,
  ): Promise<number> {
    this.settle("measuring");
    const started = performance.now();
    const onProgress = (share: number): void => {
      this.post({ type: "progress", share });
    };
    const { trajectory, pending, signature, ...found } = await this.measurer.call(
      "trajectory",
      { paths, all: this.series.all, toLast },
      { signal, onProgress },
    );
    const took = performance.now() - started;
    this.trajectory = trajectory;
    this.pending = pending;
    this.signature = signature;
    this.found = found;
    this.settle("watching");
    await setTimeout(REST * took, undefined, { signal });
    return took;
  }

  private settle(state: TrajectoryView["state"], failure: Failure | null = null): void {
    this.state = state;
    this.failure = failure;
    this.show();
  }

  private show(): void {
    const { view } = this;
    this.panel.title = `${view.name}: trajectory`;
    this.post({ type: "view", view });
  }

  private post(message: ToTrajectoryPanel): void {
    if (this.ready) void this.panel.webview.postMessage(message);
  }
}
