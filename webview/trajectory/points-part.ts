import type { Trajectory } from "../../src/protocol/trajectory";
import { h, section } from "../ui/dom";
import { figure } from "../ui/format";
import type { Context, Part } from "./part";
import { pointName } from "./words";

/** More checkpoints are not listed: their curves are drawn, and the CSV has them all. */
const MOST = 1000;

/** The checkpoints in their order, with the distances that the curves show: the chart's text alternative. */
export function pointsPart({ ui }: Context): Part {
  const body = h("tbody");
  const heads = ["step", "checkpoint", "from the first", "to the last", "from the one before"];
  let drawn: readonly [Trajectory, string | null] | null = null;
  return {
    element: section(
      "points",
      "Checkpoints",
      h(
        "div",
        { class: "wide" },
        h(
          "table",
          {},
          h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
          body,
        ),
      ),
    ),
    update({ trajectory, pending }) {
      const { selected } = ui.state;
      if (drawn?.[0] === trajectory && drawn[1] === selected) return;
      drawn = [trajectory, selected];
      body.replaceChildren(...rows(trajectory, selected, pending));
    },
  };
}

function rows(
  { steps, tensors }: Trajectory,
  selected: string | null,
  pending: boolean,
): readonly HTMLElement[] {
  const tensor = tensors.find(({ name }) => name === selected);
  return steps.slice(0, MOST).map((point, i) => {
    const { fromFirst, toLast, fromPrevious } = tensor
      ? {
          fromFirst: tensor.fromFirst[i],
          toLast: tensor.toLast[i],
          fromPrevious: tensor.fromPrevious[i],
        }
      : point;
    return h(
      "tr",
      {},
      h("td", {}, point.step === null ? "–" : String(point.step)),
      h("th", { scope: "row", title: `${point.file}\n${point.modified}` }, pointName(point, steps)),
      h("td", {}, distance(fromFirst)),
      h("td", {}, toLast === null && pending ? "…" : distance(toLast)),
      h("td", {}, distance(fromPrevious)),
    );
  });
}

function distance(value: number | null): string {
  return value === 0 ? "0" : figure(value);
}
