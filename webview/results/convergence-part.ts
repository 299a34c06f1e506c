import type { Results, SampleStatistics } from "../../src/protocol/results";
import {
  checkText,
  convergenceCriterion,
  tellsLosses,
  unconvergedRuns,
} from "../../src/words/check-words";
import { h, section, type Child } from "../ui/dom";
import { count, plural, plusMinus } from "../ui/format";
import type { Context, Part } from "./part";

/** More runs than this are counted, not listed. */
const LISTED = 40;

function withAndWithout({ statistics, convergence }: Results): string {
  if (statistics === null) return "";
  const words = (of: SampleStatistics | null): string =>
    of === null ? "none" : `${plusMinus(of.mean, of.std)} (N = ${count(of.count)})`;
  return `Mean distance of all runs that did not diverge ${words(statistics)}; of converged ones alone ${words(convergence.statistics)}.`;
}

/** What was checked of the runs, which of them did not converge, and the figures with and without these. */
export function convergencePart({ ui }: Context): Part {
  const holder = h("div", { class: "sentences" });
  let shown = "";
  const link = (run: number): HTMLElement =>
    h(
      "button",
      {
        type: "button",
        class: "link",
        "aria-label": `Run ${run}`,
        onclick: () => {
          ui.set({ selected: run });
        },
      },
      count(run),
    );
  const listed = (runs: readonly number[]): readonly Child[] => [
    ...runs.slice(0, LISTED).flatMap((run, i) => [i === 0 ? "" : ", ", link(run)]),
    ...(runs.length > LISTED ? [` and ${count(runs.length - LISTED)} more`] : []),
  ];
  return {
    element: section("convergence", "Checks and convergence", holder),
    update({ results }) {
      if (!results) return;
      const { checks, convergence, runs } = results;
      const failed = unconvergedRuns(convergence);
      const judged = tellsLosses(results);
      const now = JSON.stringify([judged, checks, convergence, runs, results.statistics]);
      if (now === shown) return;
      shown = now;
      holder.replaceChildren(
        ...checks.map((check) =>
          h("p", { class: check.holds ? "holds" : "warning" }, checkText(check)),
        ),
        ...(failed.length === 0 && judged
          ? [h("p", { class: "holds" }, `All ${plural(runs, "run")} converged.`)]
          : failed.map(({ why, runs: of }) =>
              h("p", { class: "warning" }, `${plural(of.length, "run")}, ${why}: `, ...listed(of)),
            )),
        ...(failed.length === 0 || results.statistics === null
          ? []
          : [h("p", {}, withAndWithout(results))]),
        h(
          "p",
          { class: "note" },
          judged
            ? convergenceCriterion(convergence)
            : "Whether runs converged is not judged: they do not tell their mean loss of each epoch.",
        ),
      );
    },
  };
}
