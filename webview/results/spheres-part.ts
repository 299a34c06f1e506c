import type { Radius, SphereStatistics } from "../../src/protocol/results";
import { h, section } from "../ui/dom";
import { plusMinus } from "../ui/format";
import type { Part } from "./part";
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

/** Radii of the initial and of the final states, each named for the space it was measured in. */
export function spheresPart(): Part {
  const { element: table, body } = plainTable("Mean radius ± standard deviation", [
    "states",
    "full weight space",
    "classical map",
    "metric map",
  ]);
  const element = section(
    "spheres",
    "Mean radius",
    h("div", { class: "wide" }, table),
    h(
      "p",
      { class: "note" },
      "Distance of the states to their centroid, mean ± standard deviation. The maps are of these states alone.",
    ),
  );
  let shown: string | null = null;
  return {
    element,
    update({ results }) {
      const sphere = results?.sphere ?? null;
      element.hidden = sphere === null;
      const now = JSON.stringify(sphere);
      if (sphere === null || now === shown) return;
      shown = now;
      body.replaceChildren(...row("initial", sphere.initial), ...row("final", sphere.final));
    },
  };
}
