import { z } from "zod";
import type { Level } from "../protocol/results";
import { corruptionSchema, fractionSchema } from "./label-options";

const atLeastTwo = <T extends z.ZodType>(value: T) => z.array(value).min(2).max(1000);

/** The one setting that an experiment varies, and its values. */
export const levelsSchema = z
  .union([
    z
      .strictObject({ labelFraction: atLeastTwo(fractionSchema) })
      .describe("Experiment 3: shares of the label kinds."),
    z
      .strictObject({
        labelCorruption: atLeastTwo(corruptionSchema.shape.rate),
        kind: corruptionSchema.shape.kind.default("shuffle"),
      })
      .describe("Experiment 4: rates of label corruption."),
    z
      .strictObject({ initialWeights: atLeastTwo(z.int().min(0).max(4294967295)) })
      .describe("Experiment 2: seeds of the scratches that runs start from."),
  ])
  .describe(
    "Values of one setting: each is trained `runs` times, with the same seeds at every level. By default none.",
  );

export type Levels = z.infer<typeof levelsSchema>;

/** The levels of an experiment, in its order. */
export function levelsOf(levels: Levels): readonly Level[] {
  if ("labelFraction" in levels)
    return levels.labelFraction.map((value) => ({ setting: "labelFraction", value }));
  if ("labelCorruption" in levels)
    return levels.labelCorruption.map((value) => ({ setting: "labelCorruption", value }));
  return levels.initialWeights.map((value) => ({ setting: "initialWeights", value }));
}

interface WithLevels {
  readonly levels?: Levels | undefined;
  readonly train: { readonly labelFraction?: unknown; readonly labelCorruption?: unknown };
  readonly seeds?: { readonly initialWeights?: unknown } | undefined;
}

/** Values named twice, and settings that are both varied and given. */
export function levelProblems({ levels, train, seeds }: WithLevels) {
  if (!levels) return [];
  const all = levelsOf(levels);
  const [{ setting }] = all;
  const problems: { path: string[]; message: string }[] = [];
  if (new Set(all.map(({ value }) => value)).size < all.length)
    problems.push({ path: ["levels", setting], message: "A value stands here twice." });
  const [place, given] =
    setting === "initialWeights"
      ? [["seeds", setting], seeds?.initialWeights]
      : [["train", setting], train[setting]];
  if (given !== undefined)
    problems.push({
      path: place,
      message: `${setting} is what the levels vary: leave it out here.`,
    });
  return problems;
}
