import type { TensorRole } from "../checkpoint/checkpoint";
import { patternList, selection, type Selection } from "../comparison/patterns";
import type { MatchOptions } from "../distance/match-tensors";
import { stripPrefixes } from "../distance/strip-prefixes";

/** Options of commands that compare tensors by name. */
export const selectionOptions = {
  all: { type: "boolean" },
  include: { type: "string", multiple: true },
  exclude: { type: "string", multiple: true },
  "no-strip-prefix": { type: "boolean" },
} as const;

export interface SelectionValues {
  readonly all?: boolean | undefined;
  readonly include?: string[] | undefined;
  readonly exclude?: string[] | undefined;
  readonly "no-strip-prefix"?: boolean | undefined;
}

const weights: readonly TensorRole[] = ["weight"];
const withBuffers: readonly TensorRole[] = ["weight", "buffer", "average"];

/** How tensors are matched, and what the patterns left out. */
export function selectionFrom(values: SelectionValues): {
  readonly matching: Required<MatchOptions>;
  readonly selected: Selection;
} {
  const exactNames = values["no-strip-prefix"] ?? false;
  const selected = selection(
    patternList(values.include),
    patternList(values.exclude),
    exactNames ? undefined : (name) => stripPrefixes(name).name,
  );
  const roles = values.all ? withBuffers : weights;
  return { matching: { exactNames, roles, select: selected.select }, selected };
}

/** Says on standard error which patterns matched nothing. */
export function warnOfUnused({ unused }: Selection): void {
  for (const pattern of unused())
    process.stderr.write(`weight-odometer: no tensor name matches ${JSON.stringify(pattern)}.\n`);
}
