import type { Trajectory } from "../../src/protocol/trajectory";
import { LineChart } from "../ui/chart/line-chart";
import { h, section, setText } from "../ui/dom";
import { CURVES, endName, trajectoryLines } from "./trajectory-lines";
import type { Context, Part } from "./part";

/** The three distances over the checkpoints: of all tensors, or of the selected one. */
export function curvesPart({ ui }: Context): Part {
  const chart = new LineChart(300);
  const of = h("span", { class: "subject" });
  const all = h(
    "button",
    {
      type: "button",
      class: "link",
      onclick: () => {
        ui.set({ selected: null });
      },
    },
    "All tensors",
  );
  const last = h("span", {}, "to the last");
  const legend = h(
    "p",
    { class: "curve-legend" },
    ...CURVES.map(([kind, key, name, [from, to]]) =>
      h(
        "span",
        { class: `curve-key ${kind}` },
        h("i"),
        key === "toLast" ? last : name,
        h("small", {}, "d(w", h("sub", {}, from), ", w", h("sub", {}, to), ")"),
      ),
    ),
  );
  let drawn: readonly [Trajectory, string | null] | null = null;
  let settled: Trajectory | null = null;
  return {
    element: section(
      "curves",
      "Distance over training",
      h("p", { class: "subject-line" }, of, all),
      chart.element,
      legend,
    ),
    update({ trajectory, pending }) {
      const { selected } = ui.state;
      if (!pending) settled = trajectory;
      if (drawn?.[0] === trajectory && drawn[1] === selected) return;
      drawn = [trajectory, selected];
      const tensor = trajectory.tensors.find(({ name }) => name === selected);
      setText(of, tensor?.name ?? "all tensors together");
      all.hidden = tensor === undefined;
      setText(last, settled && pending ? `to ${endName(settled)}` : "to the last");
      chart.show(
        trajectoryLines(trajectory, selected, settled ?? trajectory),
        `Curves of the distance from the first checkpoint, to the last and from the one before, over ${trajectory.steps.length} checkpoints. The table of checkpoints has the same figures.`,
      );
    },
    picture: () => ({
      title: `${of.textContent}: from the first (orange), to the last (blue), from the one before (dashed)`,
      drawing: chart.drawing,
    }),
  };
}
