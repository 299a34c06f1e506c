import { duration } from "../../src/words/duration";
import { progressText } from "../../src/words/run-progress";
import { basisText, runTimeText } from "../../src/words/run-time";
import { h, setAttribute, setText } from "../ui/dom";
import { count, fixed, share } from "../ui/format";
import type { Row } from "./rows";

/** Decimals that all rows of a table share. */
export interface Decimals {
  readonly distance: number;
  readonly loss: number;
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
  private readonly accuracy = h("td");
  private readonly loss = h("td");
  private readonly done = h("i");
  private readonly words = h("span");
  private readonly state = h(
    "td",
    { class: "state-cell" },
    this.words,
    h("span", { class: "tick", "aria-hidden": "true" }, this.done),
  );
  readonly element = h(
    "tr",
    { tabindex: -1 },
    this.name,
    this.level,
    this.seed,
    this.distance,
    this.accuracy,
    this.loss,
    this.state,
  );

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
    setText(this.words, stateText(row));
    const failure = row.live?.state === "failed" ? row.live.message : null;
    setAttribute(this.state, "title", row.time ? basisText(row.time) : failure);
    setAttribute(this.element, "class", `is-${row.state}`);
    setAttribute(this.element, "aria-selected", String(selected));
    this.done.style.width = `${100 * (row.progress ?? 0)}%`;
  }
}
