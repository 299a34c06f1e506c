import type { LevelResult } from "../../../src/protocol/levels";
import type { Results, RunPlace } from "../../../src/protocol/results";
import { csvText } from "../../ui/csv";

/** The curves' data: a row for each level and step. */
export function curvesCsv(levels: readonly LevelResult[]): string {
  const rows = levels.flatMap(({ level, stop, curve }) =>
    (curve?.points ?? []).map(({ step, toFinal, fromInitial }) => [
      level.value,
      stop,
      step,
      toFinal.count,
      toFinal.mean,
      toFinal.std,
      fromInitial.mean,
      fromInitial.std,
    ]),
  );
  const header = ["level", "stop", "step", "runs", "to_final_mean", "to_final_std"];
  return csvText([...header, "from_initial_mean", "from_initial_std"], rows);
}

/** The intercepts' data: a row for each run. */
export function interceptsCsv({ runResults }: Results, stop: RunPlace["stop"]): string {
  const header = ["run", "key", "level", "stop", "repeat", "distance", "saved_distance"];
  const rows = runResults
    .filter((run) => run.stop === stop && run.level !== null)
    .map((run) => [
      run.run,
      run.key,
      run.level!.value,
      run.stop,
      run.repeat,
      run.distance,
      run.savedDistance,
      run.realisedRate,
      run.steps,
      run.trainAccuracy?.given ?? null,
      run.testAccuracy,
    ]);
  return csvText([...header, "realised_rate", "steps", "train_accuracy", "test_accuracy"], rows);
}

/** The table of levels. */
export function levelsCsv(levels: readonly LevelResult[]): string {
  const header = ["setting", "level", "stop", "runs", "diverged", "unconverged", "mean", "std"];
  const rows = levels.map((one) => [
    one.level.setting,
    one.level.value,
    one.stop,
    one.runs,
    one.diverged,
    one.unconverged,
    one.distance?.mean ?? null,
    one.distance?.std ?? null,
    one.distance?.interval?.low ?? null,
    one.distance?.interval?.high ?? null,
    one.convergedDistance?.mean ?? null,
    one.convergedDistance?.std ?? null,
    one.savedDistance?.mean ?? null,
    one.savedDistance?.std ?? null,
    one.realisedRate?.mean ?? null,
    one.labelKinds,
    one.steps?.mean ?? null,
    one.trainAccuracy?.mean ?? null,
    one.testAccuracy?.mean ?? null,
  ]);
  return csvText(
    [
      ...header,
      ...["low_95", "high_95", "converged_mean", "converged_std", "saved_mean", "saved_std"],
      ...["realised_rate", "label_kinds", "steps", "train_accuracy", "test_accuracy"],
    ],
    rows,
  );
}
