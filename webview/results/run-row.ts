import { duration } from "../../src/words/duration";
import { progressText } from "../../src/words/run-progress";
import { basisText, runTimeText } from "../../src/words/run-time";
import { arrange, h, setAttribute, setText } from "../ui/dom";
import { count, decimalsFor, fixed, share } from "../ui/format";
import type { Columns } from "./run-columns";
import type { Row } from "./rows";

/** Decimals that all rows of a table share. */
export interface Decimals {
  readonly distance: number;
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Four digits of the largest of each column. */
export function decimalsOf(rows: readonly Row[], { metrics }: Columns): Decimals {
  const of = (value: (row: Row) => number | null): number =>
    decimalsFor(Math.max(0, ...rows.map((row) => Math.abs(value(row) ?? 0))), 4);
  return {
    distance: of((row) => row.distance),
    loss: of((row) => row.loss),
    metrics: Object.fromEntries(
      metrics.map((name) => [name, of((row) => row.metrics[name] ?? null)]),
    ),
  };
}

function seedText({ seeds }: Row): string {
  if (seeds === null) return "";
  const { initialWeights, order, dropout } = seeds;
  return initialWeights === order && order === dropout
    ? count(initialWeights)
    : [initialWeights, order, dropout].map(count).join(" / ");
}

function stateText({ state, live, time }: Row): string {
  if (live?.state === "running" && state === "running")
    return `${progressText(live, { distance: true })}${time ? ` · ${runTimeText(time)}` : ""}`;
  if (state === "finished" && live?.state === "finished")
    return live.seconds === null ? "finished" : duration(live.seconds);
  return state;
}

/** One row, changed in place by each snapshot. */
export class RunRow {
  private readonly name = h("th", { scope: "row" });
  private readonly level = h("td", { class: "level" });
  private readonly seed = h("td", { class: "seed" });
  private readonly distance = h("td", { class: "distance" });
  private readonly accuracy = h("td", { class: "accuracy" });
  private readonly loss = h("td", { class: "loss" });
  private readonly metrics = new Map<string, HTMLElement>();
  private readonly done = h("i");
  private readonly words = h("span");
  private readonly state = h(
    "td",
    { class: "state-cell" },
    this.words,
    h("span", { class: "tick", "aria-hidden": "true" }, this.done),
  );
  readonly element = h("tr", { tabindex: -1 });

  constructor(readonly run: number) {
    setText(this.name, count(run));
    this.element.dataset["run"] = String(run);
  }

  /** Shows what is known of the run now. */
  update(row: Row, decimals: Decimals, selected: boolean): void {
    setText(this.level, row.level);
    setText(this.seed, seedText(row));
    setText(this.distance, row.distance === null ? "" : fixed(row.distance, decimals.distance));
    setText(this.accuracy, row.accuracy === null ? "" : share(row.accuracy, 2));
    setText(this.loss, row.loss === null ? "" : fixed(row.loss, decimals.loss));
    const metrics = Object.entries(decimals.metrics).map(([name, places]) => {
      const value = row.metrics[name] ?? null;
      const cell = this.metricCell(name);
      setText(cell, value === null ? "" : fixed(value, places));
      return cell;
    });
    arrange(this.element, [
      ...[this.name, this.level, this.seed, this.distance, this.accuracy, this.loss],
      ...metrics,
      this.state,
    ]);
    setText(this.words, stateText(row));
    const failure = row.live?.state === "failed" ? row.live.message : null;
    setAttribute(this.state, "title", row.time ? basisText(row.time) : failure);
    setAttribute(this.element, "class", `is-${row.state}`);
    setAttribute(this.element, "aria-selected", String(selected));
    this.done.style.width = `${100 * (row.progress ?? 0)}%`;
  }

  private metricCell(name: string): HTMLElement {
    const cell = this.metrics.get(name) ?? h("td", { class: "metric" });
    this.metrics.set(name, cell);
    return cell;
  }
}
