import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { arrange, h, section, setAttribute } from "../ui/dom";
import { decimalsFor } from "../ui/format";
import type { Context, Part } from "./part";
import { RunRow } from "./run-row";
import { runLine } from "./run-line";
import { nextSort, rowsOf, sorted, type Row, type SortKey } from "./rows";

const COLUMNS: readonly (readonly [SortKey | null, string, string])[] = [
  ["run", "run", "Index of the run in the experiment"],
  [null, "level", "What the experiment varies, and how the run stops"],
  [
    null,
    "seed",
    "Seed of the initial weights, of the order of examples and of dropout; one number where they agree",
  ],
  ["distance", "distance", "Euclidean distance between initial and final weights"],
  [
    "accuracy",
    "accuracy",
    "Share of test examples classified right; of a running run, of the first few of them",
  ],
  ["loss", "loss", "Mean training loss over the last epoch; of a running run, of its latest step"],
  ["state", "state", "Time taken, or where the run is now"],
];

const besideMap = matchMedia("(min-width: 900px) and (min-height: 560px)");

/** All runs: sortable, selectable by pointer and keyboard, in step with the map, live while they run. */
export function runsPart(context: Context): Part {
  const { ui } = context;
  const chosen = runLine(context);
  const rows = new Map<number, RunRow>();
  const heads = new Map<SortKey, HTMLTableCellElement>();
  const headCells = COLUMNS.map(([key, words, title]) => {
    if (key === null) return h("th", { scope: "col", class: words, title }, words);
    const sort = (): void => {
      ui.set({ sort: nextSort(ui.state.sort, key) });
    };
    const cell = h(
      "th",
      { scope: "col", title },
      h("button", { type: "button", onclick: sort }, words),
    );
    heads.set(key, cell);
    return cell;
  });
  const body = h("tbody");
  const table = h(
    "table",
    { role: "grid", "aria-label": "Runs", class: "runs-table" },
    h("thead", {}, h("tr", {}, ...headCells)),
    body,
  );
  const element = section("runs", "Runs", chosen.element, table);

  const runOf = (target: EventTarget | null): number | null => {
    const row = target instanceof Element ? target.closest<HTMLElement>("tr[data-run]") : null;
    return row === null ? null : Number(row.dataset["run"]);
  };
  const choose = (row: Element | null | undefined): void => {
    if (!(row instanceof HTMLElement)) return;
    ui.set({ selected: runOf(row) });
    row.focus();
  };
  body.addEventListener("click", (event) => {
    const run = runOf(event.target);
    ui.set({ selected: run === ui.state.selected ? null : run });
  });
  body.addEventListener("keydown", (event) => {
    const row = (event.target as Element).closest("tr");
    const to = {
      ArrowDown: row?.nextElementSibling,
      ArrowUp: row?.previousElementSibling,
      Home: body.firstElementChild,
      End: body.lastElementChild,
      Enter: row,
      " ": row,
    }[event.key];
    if (event.key === "Escape") ui.set({ selected: null });
    else if (to === undefined) return;
    event.preventDefault();
    choose(to);
  });

  const rowFor = ({ run }: Row): RunRow => {
    let row = rows.get(run);
    if (row === undefined) rows.set(run, (row = new RunRow(run)));
    return row;
  };

  let seen: number | null = null;
  const update = (view: ResultsPanelView): void => {
    const { sort, selected } = ui.state;
    chosen.update(view);
    const all = sorted(rowsOf(view), sort);
    element.hidden = all.length === 0;
    table.classList.toggle(
      "no-levels",
      all.every(({ level }) => level === ""),
    );
    const most = (value: (row: Row) => number | null): number =>
      Math.max(0, ...all.map((row) => value(row) ?? 0));
    const decimals = {
      distance: decimalsFor(
        most((row) => row.distance),
        4,
      ),
      loss: decimalsFor(
        most((row) => row.loss),
        4,
      ),
    };
    for (const row of all) rowFor(row).update(row, decimals, row.run === selected);
    arrange(
      body,
      all.map((row) => rowFor(row).element),
    );
    // One row is in the tab order, the chosen or the first; arrow keys go on from there.
    const tabbed = all.find((row) => row.run === selected) ?? all[0];
    for (const row of all)
      setAttribute(rowFor(row).element, "tabindex", row === tabbed ? "0" : "-1");
    for (const [key, head] of heads)
      setAttribute(
        head,
        "aria-sort",
        key !== sort.key ? "none" : sort.descending ? "descending" : "ascending",
      );
    // A run chosen on the map is brought into sight once, where that leaves the map in sight as well.
    if (selected !== seen && selected !== null && besideMap.matches)
      rows.get(selected)?.element.scrollIntoView({ block: "nearest" });
    seen = selected;
  };
  return { element, update };
}
