import type { Radius, Results, SphereStatistics } from "../../src/protocol/results";
import { stateSentences } from "../../src/words/state-words";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section } from "../ui/dom";
import { NONE, plusMinus } from "../ui/format";
import type { Part } from "./part";
import { sampleLine } from "./sample-line";
import { plainRow, plainTable } from "./table";

const cell = ({ meanRadius, std }: Radius): string => plusMinus(meanRadius, std);

function row(
  name: "initial" | "final",
  spheres: SphereStatistics | null,
): readonly HTMLTableRowElement[] {
  if (!spheres) return [];
  const label = h("span", { class: name }, h("i"), name);
  return [plainRow(label, [cell(spheres.fullSpace), cell(spheres.map), cell(spheres.metricMap)])];
}

/** The captions of the paper's Fig. 1: its maps are called classical, its radii are those of metric ones. */
function paperRows({ paper }: Results): readonly HTMLTableRowElement[] {
  if (!paper?.sphere) return [];
  return (["initial", "final"] as const).map((name) => {
    const { meanRadius, std } = paper.sphere![name];
    const line = plainRow(`paper, ${name}`, [NONE, NONE, `${meanRadius} ± ${std}`]);
    line.classList.add("of-paper");
    return line;
  });
}

function csv({ sphere, evenness }: Results): string {
  const radii = (["initial", "final"] as const).flatMap((state) => {
    const found = sphere?.[state];
    return found
      ? (["fullSpace", "map", "metricMap"] as const).map((space) => [
          `${state} radius, ${space}`,
          found[space].meanRadius,
          found[space].std,
          null,
        ])
      : [];
  });
  const tests = evenness.flatMap(({ state, method, resultant, anisotropy }) => [
    [`${state} ${method} resultant`, resultant.statistic, null, resultant.p],
    [`${state} ${method} anisotropy`, anisotropy.statistic, null, anisotropy.p],
  ]);
  return csvText(["figure", "value", "std", "p"], [...radii, ...tests]);
}

/** Radii of the initial and of the final states, each named for the space it was measured in, and how they lie. */
export function spheresPart(): Part {
  let current: Results | null = null;
  const { element: table, body } = plainTable("Mean radius ± standard deviation", [
    "states",
    "full weight space",
    "classical map",
    "metric map",
  ]);
  const title = h("h2", { id: "spheres-title" });
  const words = h("div", { class: "sentences" });
  const sample = sampleLine();
  const element = section(
    "spheres",
    "",
    h("div", { class: "wide" }, table),
    h(
      "p",
      { class: "note" },
      "Distance of the states to their centroid, mean ± standard deviation. The maps are of these states alone.",
    ),
    words,
    sample.element,
    csvLink("radii.csv", () => (current ? csv(current) : "")),
  );
  element.querySelector("h2")!.replaceWith(title);
  let shown: string | null = null;
  return {
    element,
    update({ results }) {
      element.hidden = !results?.sphere;
      if (!results?.sphere) return;
      current = results;
      sample.show(results, results.mapped);
      const { sphere, varied } = results;
      const sentences = stateSentences(results);
      const now = JSON.stringify([sphere, sentences]);
      if (now === shown) return;
      shown = now;
      title.textContent =
        varied === null
          ? "Fig. 1: how the states lie"
          : varied === "initialWeights"
            ? "Fig. 2: how the states lie"
            : "How the states lie";
      body.replaceChildren(
        ...row("initial", sphere.initial),
        ...row("final", sphere.final),
        ...(varied === null ? paperRows(results) : []),
      );
      words.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));
    },
  };
}
