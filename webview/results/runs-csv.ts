import type { Results } from "../../src/protocol/results";
import { csvText } from "../ui/csv";

const COLUMNS = [
  "run",
  "key",
  "level",
  "stop",
  "repeat",
  "seed_initial_weights",
  "seed_order",
  "seed_dropout",
  "distance",
  "saved_distance",
  "initial_norm",
  "path_length",
  "random_walk",
  "steps",
  "loss",
  "train_accuracy",
  "test_accuracy",
];

/** A row for each finished run: its seeds, what it measured, and the key that its folder is named by. */
export function runsCsv({ runResults, metrics }: Pick<Results, "runResults" | "metrics">): string {
  const names = metrics.map(({ name }) => name);
  return csvText(
    [...COLUMNS, ...names],
    runResults.map((run) => [
      run.run,
      run.key,
      run.level?.value ?? null,
      run.stop,
      run.repeat,
      run.seeds.initialWeights,
      run.seeds.order,
      run.seeds.dropout,
      run.distance,
      run.savedDistance,
      run.initialNorm,
      run.pathLength,
      run.sumSquaredSteps === null ? null : Math.sqrt(run.sumSquaredSteps),
      run.steps,
      run.trainingLoss,
      run.trainAccuracy?.given ?? null,
      run.testAccuracy,
      ...names.map((name) => run.metrics[name] ?? null),
    ]),
  );
}
