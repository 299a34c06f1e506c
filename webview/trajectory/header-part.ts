import type { FromTrajectoryPanel, TrajectoryView } from "../../src/protocol/trajectory-panel";
import { arrange, h, setAttribute, setText } from "../ui/dom";
import type { Context, Part } from "./part";
import { stateLine } from "./words";

type Action = Extract<FromTrajectoryPanel, { type: "action" }>["action"] | "exportPng";

const LABELS: readonly (readonly [Action, string])[] = [
  ["stop", "Stop"],
  ["again", "Measure Again"],
  ["exportCsv", "Export CSV"],
  ["exportPng", "Export PNG"],
  ["exportHtml", "Export HTML"],
];

export interface HeaderPart extends Part<TrajectoryView> {
  /** Shows how much of a measurement is done. */
  progress(share: number): void;
}

/** What is followed, what can be done, and progress. */
export function headerPart({ host }: Context, exportPng: () => void): HeaderPart {
  const name = h("h1");
  const state = h("p", { class: "state" });
  const done = h("div", { class: "done" });
  const bar = h(
    "div",
    {
      class: "progress",
      role: "progressbar",
      "aria-label": "Measurement",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
    },
    done,
  );
  const everything = h("input", {
    type: "checkbox",
    onchange: () => {
      host.post({ type: "all", all: everything.checked });
    },
  });
  const buttons = new Map(
    LABELS.map(([action, label]) => {
      const onclick = (): void => {
        if (action === "exportPng") exportPng();
        else host.post({ type: "action", action });
      };
      return [action, h("button", { type: "button", class: "link", onclick }, label)];
    }),
  );
  const actions = h("div", { class: "actions", role: "group", "aria-label": "Trajectory" });
  const all = h(
    "label",
    { class: "everything", title: "Also buffers and moving averages of weights" },
    everything,
    "All tensors",
  );
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
        h("div", { class: "words" }, name, state),
        host.report ? null : actions,
      ),
      bar,
    ),
    progress,
    update(view) {
      setText(name, view.name);
      setAttribute(name, "title", view.path);
      setText(state, stateLine(view));
      everything.checked = view.all;
      bar.classList.toggle("quiet", view.state !== "measuring");
      if (view.state !== "measuring") progress(0);
      arrange(actions, [all, ...wanted(view).map((action) => buttons.get(action)!)]);
    },
  };
}

function wanted({ state, trajectory }: TrajectoryView): readonly Action[] {
  const follow = state === "measuring" || state === "watching" ? "stop" : "again";
  return trajectory === null ? [follow] : [follow, "exportCsv", "exportPng", "exportHtml"];
}
