import type { Results } from "../../src/protocol/results";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section, setText } from "../ui/dom";
import { figure } from "../ui/format";
import { hasLevelFigure } from "./levels/levels-part";
import { pathMeans } from "./means";
import type { Part } from "./part";
import { pathSentence } from "./sentences";
import { bar, plainRow, plainTable } from "./table";

/** Net distance against the path walked and a random walk of the same steps. */
export function pathPart(): Part {
  const { element: table, body } = plainTable("Distance and path, means over runs", []);
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
      plainRow("start to end", [figure(net), bar(net / longest, "", "accent")]),
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
  let current: Results["runResults"] = [];
  const download = csvLink("path.csv", () =>
    csvText(
      ["run", "start_to_end", "path_walked", "random_walk"],
      current.map(({ run, distance, pathLength, sumSquaredSteps }) => [
        run,
        distance,
        pathLength,
        sumSquaredSteps === null ? null : Math.sqrt(sumSquaredSteps),
      ]),
    ),
  );
  const element = section("path", "Path length, means over runs", table, words, download);
  return {
    element,
    update(view) {
      // Over levels that are learnt differently a mean means nothing.
      element.hidden = hasLevelFigure(view.results);
      if (view.results === null) return;
      current = view.results.runResults;
      update(view.results);
      download.hidden = table.hidden;
    },
  };
}
