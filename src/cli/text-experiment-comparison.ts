import type {
  ComparedExperiment,
  ExperimentComparison,
  Normalisation,
} from "../protocol/experiment-comparison";
import type { RankCorrelation } from "../protocol/statistics";
import { figure } from "./figures";
import { textTable } from "./text-table";

const titles: Readonly<Record<Normalisation, string>> = {
  none: "distance",
  "initial-norm": "/ initial norm",
  parameters: "/ √parameters",
  "path-length": "/ path length",
  "random-walk": "/ random walk",
};

/** A comparison of experiments as plain text: distances, what differs, and the order of models. Ends with a newline. */
export function textExperimentComparison(comparison: ExperimentComparison): string {
  const parts = [distances(comparison), differences(comparison), rankings(comparison)];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function distances({ experiments }: ExperimentComparison): string {
  const names = Object.keys(titles) as Normalisation[];
  const rows = experiments.map((one) => [
    one.name,
    one.model,
    String(one.runs),
    ...names.map((name) => cell(one, name)),
  ]);
  const head = ["Experiment", "model", "runs", ...names.map((name) => titles[name])];
  return `Mean ± standard deviation over runs\n${textTable([head, ...rows])}`;
}

function cell({ distance }: ComparedExperiment, name: Normalisation): string {
  const found = distance[name];
  if (!found) return "-";
  return `${figure(found.mean, 4)}${found.std === null ? "" : ` ± ${figure(found.std, 2)}`}`;
}

function differences({ differences: all, comparable, varied }: ExperimentComparison): string {
  if (all.length === 0) return "All settings agree.";
  if (comparable) return `All settings agree but ${varied ?? ""}: ${list(all[0].values)}.`;
  const rows = all.map(({ setting, values }) => `  ${setting}: ${list(values)}`);
  return [
    `These experiments differ in ${all.length} settings, so that a difference in distance has no single cause:`,
    ...rows,
  ].join("\n");
}

function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}

function rankings({ rankings: all, selection, paperRanking, experiments }: ExperimentComparison) {
  if (all.length === 0) return "";
  const rows = all.map(({ normalisation, order, correlation }, at) => [
    titles[normalisation],
    order.map((place) => experiments[place].model).join(" < "),
    correlation ? correlation.rho.toFixed(2) : "-",
    figure(correlation?.p, 3),
    figure(selection.adjustedP[at], 3),
  ]);
  return [
    "Order of the models against the one that the paper expects (Table 3)",
    textTable([["", "order", "rho", "p", `p, of ${selection.tried}`], ...rows]),
    `The paper's own order: ${correlationText(paperRanking)}.`,
    `To choose the best of ${selection.tried} normalisations afterwards is selection: only the last column allows for it.`,
  ].join("\n");
}

function correlationText({ rho, p }: RankCorrelation): string {
  return `rho ${rho.toFixed(2)}, p = ${p.toFixed(2)}`;
}
