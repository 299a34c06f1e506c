import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { csvLink } from "../ui/csv-link";
import { arrange, h, section, setAttribute } from "../ui/dom";
import type { Context, Part } from "./part";
import { decimalsOf, RunRow } from "./run-row";
import { runLine } from "./run-line";
import { runsCsv } from "./runs-csv";
import { RunsHead } from "./runs-head";
import { columnsOf } from "./run-columns";
import { nextSort, rowsOf, sorted, type Row } from "./rows";

const besideMap = matchMedia("(min-width: 900px) and (min-height: 560px)");

/** All runs: sortable, selectable by pointer and keyboard, in step with the map, live while they run. */
export function runsPart(context: Context): Part {
  const { ui } = context;
  const chosen = runLine(context, "all");
  const rows = new Map<number, RunRow>();
  const head = new RunsHead((key) => {
    ui.set({ sort: nextSort(ui.state.sort, key) });
  });
  const body = h("tbody");
  const table = h(
    "table",
    { role: "grid", "aria-label": "Runs", class: "runs-table" },
    h("thead", {}, head.element),
    body,
  );
  let results: ResultsPanelView["results"] = null;
  const download = csvLink("runs.csv", () => (results ? runsCsv(results) : ""));
  const element = section("runs", "Runs", chosen.element, table, download);

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
    results = view.results;
    download.hidden = results === null || results.runResults.length === 0;
    const all = sorted(rowsOf(view), sort);
    element.hidden = all.length === 0;
    const columns = columnsOf(all);
    for (const name of ["level", "accuracy", "loss"] as const)
      table.classList.toggle(`no-${name}`, !columns[name]);
    head.update(sort, columns.metrics);
    const decimals = decimalsOf(all, columns);
    for (const row of all) rowFor(row).update(row, decimals, row.run === selected);
    arrange(
      body,
      all.map((row) => rowFor(row).element),
    );
    // One row is in the tab order, the chosen or the first; arrow keys go on from there.
    const tabbed = all.find((row) => row.run === selected) ?? all[0];
    for (const row of all)
      setAttribute(rowFor(row).element, "tabindex", row === tabbed ? "0" : "-1");
    // A run chosen on the map is brought into sight once, where that leaves the map in sight as well.
    if (selected !== seen && selected !== null && besideMap.matches)
      rows.get(selected)?.element.scrollIntoView({ block: "nearest" });
    seen = selected;
  };
  return { element, update };
}
