import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { mapOfRuns } from "../../experiment/map-of-runs";
import { oneOf, parse } from "../arguments";
import { loadExperiment } from "../load-results";
import { textTable } from "../text-table";

/** `map`: where the initial and final weights of all finished runs lie in a 2-D or 3-D map. */
export async function map(args: readonly string[]): Promise<number> {
  const options = {
    json: { type: "boolean" },
    dimensions: { type: "string" },
    states: { type: "string" },
    method: { type: "string" },
  } as const;
  const { values, positionals } = parse(args, options, { names: ["DIR"] });
  const dimensions = oneOf("dimensions", values.dimensions, ["2", "3"]) === "2" ? 2 : 3;
  const states = oneOf("states", values.states, ["joint", "initial", "final"]) ?? "joint";
  const method = oneOf("method", values.method, ["classical", "metric"]) ?? "classical";
  const directory = new ExperimentDirectory(positionals[0] ?? "");
  const { experiment, name } = await loadExperiment(directory);
  const result = await mapOfRuns(directory, experiment, name, { dimensions, states, method });
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  }
  const axes = ["x", "y", "z"].slice(0, dimensions);
  const rows = result.points.map(({ run, state, position }) => [
    `${run} ${state}`,
    ...position.map((x) => x.toFixed(4)),
  ]);
  process.stdout.write(`${textTable([["run, state", ...axes], ...rows])}\n`);
  process.stdout.write(
    `stress-1 ${result.stress.toFixed(4)}, explained ${(100 * result.explained).toFixed(2)} % (without structure ${(100 * result.explainedNull).toFixed(2)} %)\n`,
  );
  return 0;
}
