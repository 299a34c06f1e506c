import { arrange, h, setAttribute } from "../ui/dom";
import { metricKey, type Sort, type SortKey } from "./rows";

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

/** Columns that a table leaves out where no run fills them. */
const HIDEABLE: ReadonlySet<SortKey> = new Set(["accuracy", "loss"]);

/** The head of the runs' table: names that explain themselves and sort, with a column for each metric of the user's. */
export class RunsHead {
  readonly element = h("tr");
  private readonly sortable = new Map<SortKey, HTMLElement>();
  private readonly fixed: readonly HTMLElement[];

  constructor(private readonly sort: (key: SortKey) => void) {
    this.fixed = COLUMNS.map(([key, words, title]) =>
      key === null
        ? h("th", { scope: "col", class: words, title }, words)
        : this.cell(key, words, title, HIDEABLE.has(key) ? words : ""),
    );
  }

  update(sort: Sort, metrics: readonly string[]): void {
    const own = metrics.map((name) =>
      this.cell(
        metricKey(name),
        name,
        "A metric of the experiment's own, its last value",
        "metric",
      ),
    );
    arrange(this.element, [...this.fixed.slice(0, -1), ...own, ...this.fixed.slice(-1)]);
    for (const [key, cell] of this.sortable)
      setAttribute(
        cell,
        "aria-sort",
        key !== sort.key ? "none" : sort.descending ? "descending" : "ascending",
      );
  }

  private cell(key: SortKey, words: string, title: string, name: string): HTMLElement {
    const sort = (): void => {
      this.sort(key);
    };
    const cell =
      this.sortable.get(key) ??
      h(
        "th",
        { scope: "col", class: name, title },
        h("button", { type: "button", onclick: sort }, words),
      );
    this.sortable.set(key, cell);
    return cell;
  }
}
