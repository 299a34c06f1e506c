import type { Results, RunResult } from "../../src/protocol/results";
import { h, section, setText } from "../ui/dom";
import { figure } from "../ui/format";
import type { Part } from "./part";
import { pathSentence } from "./sentences";
import { bar, plainRow, plainTable } from "./table";

/** Means over the runs that recorded their path; null where none did. */
export function pathMeans(
  runs: readonly RunResult[],
): { readonly net: number; readonly path: number; readonly walk: number } | null {
  const recorded = runs.filter(
    (run) => run.distance !== null && run.pathLength !== null && run.sumSquaredSteps !== null,
  );
  if (recorded.length === 0) return null;
  const mean = (value: (run: RunResult) => number): number =>
    recorded.reduce((sum, run) => sum + value(run), 0) / recorded.length;
  return {
    net: mean((run) => run.distance!),
    path: mean((run) => run.pathLength!),
    walk: mean((run) => Math.sqrt(run.sumSquaredSteps!)),
  };
}

/** Net distance against the path walked and a random walk of the same steps. */
export function pathPart(): Part {
  const { element: table, body } = plainTable("Distance and path, means over runs", [
    "",
    "mean",
    "to scale",
  ]);
  table.classList.add("lengths");
  const words = h("p", { class: "sentences" });
  let shown: string | null = null;
  const update = (results: Results): void => {
    const means = pathMeans(results.runResults);
    const now = JSON.stringify(means);
    if (now === shown) return;
    shown = now;
    table.hidden = means === null;
    if (means === null) {
      setText(words, "The length of the path was not recorded by these runs.");
      return;
    }
    const { net, path, walk } = means;
    const longest = Math.max(net, path, walk);
    body.replaceChildren(
      plainRow("start to end", [figure(net), bar(net / longest, "", "final")]),
      plainRow("path walked", [figure(path), bar(path / longest, "", "plain")]),
      plainRow(
        h(
          "abbr",
          {
            title:
              "Root of the sum of squared steps: where steps of these lengths in random directions end",
          },
          "random walk",
        ),
        [figure(walk), bar(walk / longest, "", "plain")],
      ),
    );
    setText(words, pathSentence(net, path, walk));
  };
  return {
    element: section("path", "Path length", table, words),
    update(view) {
      if (view.results !== null) update(view.results);
    },
  };
}
