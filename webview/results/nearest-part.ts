import type { NearestState } from "../../src/protocol/states";
import { prunedSentence } from "../../src/words/floor-words";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section } from "../ui/dom";
import { count, figure, plural } from "../ui/format";
import { svg } from "../ui/chart/svg";
import { hasLevelFigure } from "./levels/levels-part";
import { someOf } from "./nearest-states";
import type { Part } from "./part";
import { sampleLine } from "./sample-line";
import { startsOf } from "./starts";

/** Lines that are drawn; the data has all. */
const DRAWN = 8;
const LINE = 22;
const LEFT = 58;
const WIDTH = 400;
const RIGHT = 96;

function line({ run, nearest, distance }: NearestState, i: number, longest: number): SVGElement {
  const y = LINE * i + 14;
  const x = LEFT + ((WIDTH - LEFT - RIGHT) * distance) / longest;
  const whose = run === nearest ? "its own" : `run ${count(nearest)}'s`;
  return svg(
    "g",
    {},
    svg("text", { x: LEFT - 12, y: y + 4, "text-anchor": "end" }, `run ${count(run)}`),
    svg("line", { class: "whisker", x1: LEFT, x2: x, y1: y, y2: y }),
    svg("circle", { class: "point initial", cx: LEFT, cy: y, r: 4 }),
    svg("circle", { class: "point final", cx: x, cy: y, r: 4 }),
    svg("text", { x: x + 10, y: y + 4 }, `${figure(distance)}, ${whose}`),
  );
}

/** Fig. 3 from real runs: how far an element x (an initial state) is from X' (all final states). */
export function nearestPart(): Part {
  let current: readonly NearestState[] = [];
  const holder = h("div", { class: "chart nearest" });
  const words = h("p", { class: "caption" });
  const sample = sampleLine();
  const element = section(
    "fig-three",
    "Fig. 3: from an initial state to the nearest final one",
    holder,
    words,
    sample.element,
    csvLink("fig-3.csv", () =>
      csvText(
        ["run", "nearest_run", "distance"],
        current.map(({ run, nearest, distance }) => [run, nearest, distance]),
      ),
    ),
  );
  return {
    element,
    update({ results }) {
      const states = results?.nearestStates ?? [];
      element.hidden = states.length === 0 || hasLevelFigure(results);
      if (!results || element.hidden || states === current) return;
      current = states;
      sample.show(results, results.mapped);
      const starts = startsOf(results.runResults);
      const some = someOf(states, DRAWN);
      const longest = Math.max(...some.map(({ distance }) => distance));
      const height = LINE * some.length + 6;
      const label = `Distance from initial states to the nearest of all final states: ${some
        .map(({ run, distance }) => `run ${run}, ${figure(distance)}`)
        .join("; ")}.`;
      holder.replaceChildren(
        svg(
          "svg",
          { role: "img", "aria-label": label, viewBox: `0 0 ${WIDTH} ${height}` },
          ...some.map((state, i) => line(state, i, longest > 0 ? longest : 1)),
        ),
      );
      const pruned = prunedSentence(results);
      const own = states.filter(({ run, nearest }) => starts.get(nearest) === run).length;
      words.textContent =
        `d_X′(x) of the paper: x an initial state (orange), X′ all final states, of which the nearest is drawn (blue), at its distance in the full space. ` +
        `For ${count(own)} of ${plural(states.length, "initial state")} it is one that training from it ended in.` +
        (some.length < states.length
          ? ` Drawn: ${some.length} of ${count(states.length)}, from the nearest to the farthest.`
          : "") +
        (pruned === null ? "" : ` ${pruned}`);
    },
  };
}
