import type { LiveSnapshot } from "./live";
import type { Results } from "./results";

/** Results that another version has written are being computed anew, or why they could not be. */
export type Remaking =
  { readonly state: "working" } | { readonly state: "failed"; readonly message: string };

/** What the results panel shows: all of it, each time. */
export interface ResultsPanelView {
  /** URI of the experiment file, which the panel keeps in its state to be restored by; null in a report. */
  readonly experiment: string | null;
  readonly name: string;
  /** Null until the first run has finished. */
  readonly results: Results | null;
  /** Null where the experiment was never started, or the snapshot is gone. */
  readonly live: LiveSnapshot | null;
  /** True where a scheduler is alive now; a snapshot alone cannot tell (its process may be dead). */
  readonly alive: boolean;
  /** Left out, or null, where results are of this version, or there are none. */
  readonly remaking?: Remaking | null;
}

export type ToResultsPanel = { readonly type: "view"; readonly view: ResultsPanelView };

export type FromResultsPanel =
  | { readonly type: "ready" }
  /** Show the folder of the run of this key, with its checkpoints. */
  | { readonly type: "showRun"; readonly key: string }
  /** Show what the command of the run of this index has printed. */
  | { readonly type: "showOutput"; readonly run: number }
  | {
      readonly type: "action";
      readonly action:
        "run" | "pause" | "resume" | "cancel" | "openFile" | "exportReport" | "remake";
    };
