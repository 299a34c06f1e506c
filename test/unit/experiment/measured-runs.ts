import type { ExperimentFile } from "../../../src/experiment/experiment";
import type { MeasuredRun } from "../../../src/experiment/ledger";
import { placeOf, plan } from "../../../src/experiment/plan";
import type { RunResult } from "../../../src/protocol/results";

/** A measured run for each that an experiment asks for, as `change` has it. */
export function measuredRuns(
  experiment: ExperimentFile,
  change: (run: RunResult) => Partial<RunResult> = () => ({}),
): MeasuredRun[] {
  return plan(experiment).map((planned) => {
    const { seeds, settings } = planned;
    const result: RunResult = {
      ...placeOf(planned),
      key: planned.run.toString(16).padStart(32, "0"),
      seeds,
      distance: 1,
      relativeDistance: 0.5,
      savedDistance: 1,
      initialNorm: 2,
      initialSha256: seeds.initialWeights.toString(16).padStart(64, "0"),
      pathLength: 4,
      sumSquaredSteps: 0.25,
      testAccuracy: 0.5,
      trainAccuracy: { given: 0.75, true: 0.5 },
      realisedRate: settings.labels.corruption?.rate ?? 0,
      labelKinds: Math.max(1, Math.round(10 * settings.labels.fraction)),
      steps: 100,
      fitted: planned.stop === "fit" ? true : null,
      curve: null,
      trainingLoss: 0.5,
      losses: { first: 2, last: [0.52, 0.51, 0.5] },
      metrics: {},
      skipped: null,
      tensors: [],
    };
    return {
      result: { ...result, ...change(result) },
      origin: "one",
      engine: {
        name: "onnxruntime",
        version: "1",
        lowering: "plain",
        kernelLevel: "avx2",
        threads: 1,
      },
      parameters: 100,
    };
  });
}
