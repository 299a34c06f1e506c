import { z } from "zod";
import type { RunResult } from "../protocol/results";

const amount = z.number().min(0).nullable();
const share = z.number().min(0).max(1).nullable();
const seed = z.int().min(0);

/** Checks a run's result that was read from a file. */
export const runResultSchema: z.ZodType<RunResult> = z.strictObject({
  run: z.int().min(0),
  repeat: z.int().min(0),
  level: z
    .strictObject({
      setting: z.enum(["labelFraction", "labelCorruption", "initialWeights"]),
      value: z.number(),
    })
    .nullable(),
  stop: z.enum(["steps", "fit"]),
  key: z.string().regex(/^[0-9a-f]{32}$/),
  seeds: z.strictObject({ initialWeights: seed, order: seed, dropout: seed }),
  distance: amount,
  relativeDistance: amount,
  savedDistance: amount,
  initialNorm: amount,
  initialSha256: z.string().regex(/^[0-9a-f]{64}$/),
  pathLength: amount,
  sumSquaredSteps: amount,
  testAccuracy: share,
  trainAccuracy: z.strictObject({ given: share, true: share }).nullable(),
  realisedRate: share,
  labelKinds: z.int().min(0).nullable(),
  steps: z.int().min(0).nullable(),
  fitted: z.boolean().nullable(),
  curve: z
    .strictObject({
      steps: z.array(z.int().min(0)),
      fromInitial: z.array(amount),
      toFinal: z.array(amount),
    })
    .nullable(),
  trainingLoss: z.number().nullable(),
  losses: z.strictObject({
    first: z.number().nullable(),
    last: z.array(z.number().nullable()).max(3),
  }),
  metrics: z.record(z.string(), z.number().nullable()).default({}),
  skipped: z
    .strictObject({
      count: z.int().min(1),
      first: z.strictObject({ file: z.string(), reason: z.string() }),
    })
    .nullable()
    .default(null),
  tensors: z.array(
    z.strictObject({
      name: z.string(),
      shape: z.array(z.int().min(0)),
      distance: amount,
      relativeDistance: amount,
      pathLength: amount,
      sumSquaredSteps: amount,
    }),
  ),
});
