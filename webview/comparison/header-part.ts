import type {
  ComparedFile,
  ComparisonView,
  FromComparisonPanel,
} from "../../src/protocol/comparison-panel";
import { arrange, h, setAttribute, setText } from "../ui/dom";
import { plural } from "../ui/format";
import type { Context, Part } from "./part";

type Action = Extract<FromComparisonPanel, { type: "action" }>["action"] | "exportPng";

const LABELS: readonly (readonly [Action, string])[] = [
  ["cancel", "Cancel"],
  ["again", "Compare Again"],
  ["swap", "Swap"],
  ["exportCsv", "Export CSV"],
  ["exportPng", "Export PNG"],
  ["exportHtml", "Export HTML"],
];

export interface HeaderPart extends Part<ComparisonView> {
  /** Shows how much of a comparison is done. */
  progress(share: number): void;
}

/** The two files, what is compared, what can be done, and progress. */
export function headerPart({ host }: Context, exportPng: () => void): HeaderPart {
  const [a, b] = [fileWords("initial"), fileWords("final")];
  const state = h("p", { class: "state" });
  const spoken = h("p", { class: "unseen", role: "status" });
  const done = h("div", { class: "done" });
  const bar = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": "Comparison",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    done,
  );
  const buttons = new Map(
    LABELS.map(([action, label]) => [
      action,
      h(
        "button",
        {
          type: "button",
          class: "link",
          onclick: () => {
            if (action === "exportPng") exportPng();
            else host.post({ type: "action", action });
          },
        },
        label,
      ),
    ]),
  );
  const actions = h("div", { class: "actions", role: "group", "aria-label": "Comparison" });
  const progress = (share: number): void => {
    done.style.width = `${100 * share}%`;
    setAttribute(bar, "aria-valuenow", String(Math.round(100 * share)));
  };
  return {
    element: h(
      "header",
      {},
      h(
        "div",
        { class: "title" },
        h(
          "div",
          { class: "words" },
          h("h1", {}, a.name, h("span", { class: "arrow" }, " → "), b.name),
          state,
        ),
        host.report ? null : actions,
      ),
      spoken,
      bar,
    ),
    progress,
    update(view) {
      a.show(view.a);
      b.show(view.b);
      setText(state, stateWords(view));
      setText(spoken, spokenWords(view));
      bar.classList.toggle("quiet", view.state !== "running");
      if (view.state !== "running") progress(0);
      arrange(
        actions,
        wanted(view).map((action) => buttons.get(action)!),
      );
    },
  };
}

function fileWords(kind: "initial" | "final"): {
  readonly name: HTMLElement;
  show(file: ComparedFile): void;
} {
  const text = h("span");
  const name = h("span", { class: `file ${kind}` }, h("i"), text);
  return {
    name,
    show(file) {
      setText(text, file.name);
      setAttribute(name, "title", file.path);
    },
  };
}

function wanted({ state, comparison }: ComparisonView): readonly Action[] {
  if (state === "running") return ["cancel"];
  if (comparison === null) return ["again", "swap"];
  return ["swap", "exportCsv", "exportPng", "exportHtml"];
}

function stateWords({ state, comparison, a, b }: ComparisonView): string {
  if (state === "running") return "comparing…";
  if (state === "cancelled") return "cancelled";
  if (comparison === null || a.format === null || b.format === null) return "";
  const formats = a.format === b.format ? a.format : `${a.format} → ${b.format}`;
  return `${formats} · ${plural(comparison.tensors.length, "tensor")} · ${plural(comparison.parameters, "parameter")} compared`;
}

function spokenWords({ state }: ComparisonView): string {
  return { running: "Comparing", done: "Compared", cancelled: "Cancelled", failed: "" }[state];
}
