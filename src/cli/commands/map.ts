import {
  displacementMap,
  type DisplacementMapWithCosines,
} from "../../experiment/displacement-map";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { mapOfRuns } from "../../experiment/map-of-runs";
import type { WeightMap } from "../../protocol/results";
import { oneOf, parse } from "../arguments";
import { loadExperiment } from "../load-results";
import { textHistogram } from "../text-histogram";
import { textTable } from "../text-table";

const mapped = ["joint", "initial", "final", "displacements"] as const;

/** `map`: where the initial and final weights of all finished runs, or their displacements, lie in a 2-D or 3-D map. */
export async function map(args: readonly string[]): Promise<number> {
  const options = {
    json: { type: "boolean" },
    dimensions: { type: "string" },
    of: { type: "string" },
    states: { type: "string" },
    method: { type: "string" },
  } as const;
  const { values, positionals } = parse(args, options, { names: ["DIR"] });
  const dimensions = oneOf("dimensions", values.dimensions, ["2", "3"]) === "2" ? 2 : 3;
  const states =
    oneOf("of", values.of, mapped) ?? oneOf("states", values.states, mapped) ?? "joint";
  const method = oneOf("method", values.method, ["classical", "metric"]) ?? "classical";
  const directory = new ExperimentDirectory(positionals[0] ?? "");
  const { experiment, name } = await loadExperiment(directory);
  const choice = { dimensions, method } as const;
  const result =
    states === "displacements"
      ? await displacementMap(directory, experiment, name, choice)
      : await mapOfRuns(directory, experiment, name, { ...choice, states });
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : textMap(result));
  return 0;
}

function textMap(result: WeightMap | DisplacementMapWithCosines): string {
  const axes = ["x", "y", "z"].slice(0, result.dimensions);
  const rows = result.points.map((point) => [
    `${point.run} ${"state" in point ? point.state : "displacement"}`,
    ...point.position.map((x) => x.toFixed(4)),
  ]);
  const lines = [
    textTable([["run, state", ...axes], ...rows]),
    `stress-1 ${result.stress.toFixed(4)}, explained ${percent(result.explained)} (without structure ${percent(result.explainedNull)})`,
  ];
  if ("cosines" in result) {
    const { mean, std, pairs } = result.cosines;
    const spread = std === null ? "" : ` ± ${std.toFixed(4)}`;
    lines.push(`\ncosine between two displacements ${mean.toFixed(4)}${spread}, ${pairs} pairs`);
    lines.push(textHistogram(result.cosines.histogram));
  }
  return `${lines.join("\n")}\n`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
