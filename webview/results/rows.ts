import type { LiveRun } from "../../src/protocol/live";
import type { RunResult, RunSeeds } from "../../src/protocol/results";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { levelName } from "../../src/words/level-words";
import { sharesDone } from "../../src/words/run-progress";
import { runTimes, type RunTime } from "../../src/words/run-time";

/** One line of the runs table: a finished run's result, or where a run is now. */
export interface Row {
  readonly run: number;
  readonly seeds: RunSeeds | null;
  /** What its experiment varies, in words; empty where nothing is. */
  readonly level: string;
  readonly distance: number | null;
  readonly accuracy: number | null;
  readonly loss: number | null;
  /** The user's own numbers, of a command's run. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly state: "finished" | "diverged" | "running" | "stopped" | "queued" | "failed";
  /** Share done, 0 to 1, of a running run. */
  readonly progress: number | null;
  /** Of a command under way. */
  readonly time: RunTime | null;
  readonly live: LiveRun | null;
}

export const SORT_KEYS = ["run", "distance", "accuracy", "loss", "state"] as const;
/** A column's, of every table or of a metric by its name. */
export type SortKey = (typeof SORT_KEYS)[number] | `metric ${string}`;
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

function stateOf(live: LiveRun, alive: boolean): Row["state"] {
  if (live.state === "running" && !alive) return "stopped";
  return live.state === "finished" && live.distance === null ? "diverged" : live.state;
}

/** A run as a snapshot of an experiment tells it. */
function liveRow(
  live: LiveRun,
  alive: boolean,
  shareOf: (run: LiveRun) => number,
  timeOf: (run: LiveRun) => RunTime | null,
): Row {
  const finished = live.state === "finished";
  const command = live.state === "running" && live.kind === "command" ? live : null;
  const trainer = live.state === "running" && live.kind !== "command" ? live : null;
  return {
    run: live.run,
    seeds: null,
    level: "",
    distance: finished ? live.distance : (command?.distance ?? null),
    accuracy: finished
      ? live.testAccuracy
      : (trainer?.accuracy ?? accuracyOf(command?.metrics ?? {})),
    loss: trainer?.loss ?? null,
    metrics: command?.metrics ?? {},
    state: stateOf(live, alive),
    progress: alive && live.state === "running" ? shareOf(live) : null,
    time: alive ? timeOf(live) : null,
    live,
  };
}

/** The user's own number of this name, where it is a share: it stands where a built-in model's does. */
function accuracyOf(metrics: { readonly testAccuracy?: number }): number | null {
  const { testAccuracy = -1 } = metrics;
  return testAccuracy >= 0 && testAccuracy <= 1 ? testAccuracy : null;
}

function levelText({ level, stop }: RunResult, stops: boolean): string {
  return level === null ? "" : `${levelName(level)}${stops ? `, ${stop}` : ""}`;
}

/** Every run once: as its result tells, or as the live snapshot does where there is no result yet. */
export function rowsOf({ results, live, alive }: ResultsPanelView): Row[] {
  const rows = new Map<number, Row>();
  if (live) {
    const [shareOf, timeOf] = [sharesDone(live), runTimes(live)];
    for (const run of live.runs) rows.set(run.run, liveRow(run, alive, shareOf, timeOf));
  }
  const stops = new Set(results?.levels.map(({ stop }) => stop)).size;
  for (const result of results?.runResults ?? [])
    rows.set(result.run, {
      run: result.run,
      seeds: result.seeds,
      level: levelText(result, stops > 1),
      distance: result.distance,
      accuracy: result.testAccuracy,
      loss: result.trainingLoss,
      metrics: result.metrics,
      state: result.distance === null ? "diverged" : "finished",
      progress: null,
      time: null,
      live: rows.get(result.run)?.live ?? null,
    });
  return [...rows.values()];
}

const STATE_ORDER = {
  running: 0,
  stopped: 1,
  failed: 2,
  diverged: 3,
  queued: 4,
  finished: 5,
} as const;

function sortValue(row: Row, key: SortKey): number | null {
  if (key === "state") return STATE_ORDER[row.state] - (row.progress ?? 0);
  if (isMetricKey(key)) return row.metrics[key.slice(METRIC.length)] ?? null;
  return row[key];
}

const METRIC = "metric ";

/** The key that sorts by a metric of the user's. */
export function metricKey(name: string): SortKey {
  return `${METRIC}${name}`;
}

export function isMetricKey(key: unknown): key is `metric ${string}` {
  return typeof key === "string" && key.startsWith(METRIC);
}

/** Sorted rows; a figure that a run does not have yet comes last either way, equal ones by run. */
export function sorted(rows: readonly Row[], { key, descending }: Sort): Row[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [sortValue(a, key), sortValue(b, key)];
    if (left === right) return a.run - b.run;
    if (left === null) return 1;
    if (right === null) return -1;
    return sign * (left - right);
  });
}

/** The sort after a press on a column's header: the same column turns round, another starts at its own end. */
export function nextSort(sort: Sort, key: SortKey): Sort {
  if (sort.key === key) return { key, descending: !sort.descending };
  return { key, descending: key === "accuracy" };
}
