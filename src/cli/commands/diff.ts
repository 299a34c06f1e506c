import { openCheckpoint } from "../../checkpoint/open";
import { compareCheckpoints } from "../../distance/compare-checkpoints";
import type { Comparison, Movement, TensorConflict } from "../../protocol/comparison";
import { parse } from "../arguments";
import { textTable } from "../text-table";

/** `diff`: how far each tensor moved from one checkpoint to another. */
export async function diff(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(
    args,
    { json: { type: "boolean" }, all: { type: "boolean" }, "exact-names": { type: "boolean" } },
    { names: ["A", "B"] },
  );
  const [a = "", b = ""] = positionals;
  const first = await openCheckpoint(a);
  try {
    const second = await openCheckpoint(b);
    try {
      const comparison = await compareCheckpoints(first, second, {
        roles: values.all ? ["weight", "buffer", "average"] : ["weight"],
        exactNames: values["exact-names"] ?? false,
      });
      process.stdout.write(
        values.json ? `${JSON.stringify(comparison)}\n` : textComparison(comparison),
      );
      return 0;
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

function textComparison(comparison: Comparison): string {
  const { tensors, notCounted } = comparison;
  const rows = tensors.map((tensor) => [tensor.name, shape(tensor), ...figures(tensor)]);
  const table = textTable([
    ["tensor", "shape", "distance", "relative", "RMS", "rotation", "largest", "changed"],
    ...rows,
    ["total", "", ...figures(comparison)],
  ]);
  const lists = [
    list("Only in A", comparison.onlyInA),
    list("Only in B", comparison.onlyInB),
    list("Not comparable", comparison.conflicts.map(textConflict)),
    list("Not counted (integers)", notCounted),
    list("Prefixes taken off names in A", comparison.strippedPrefixes.a),
    list("Prefixes taken off names in B", comparison.strippedPrefixes.b),
    list(
      "Changed by no more than rounding to the file's type may cause",
      tensors.filter(({ nearRoundingFloor }) => nearRoundingFloor).map(({ name }) => name),
    ),
    comparison.nonFinite > 0
      ? `\n${comparison.nonFinite} values are infinite or NaN; distance of the others: ${figure(comparison.finiteDistance)}\n`
      : "",
  ];
  return `${table}\n${lists.join("")}`;
}

function textConflict({ name, reason, a, b }: TensorConflict): string {
  return reason === "shape"
    ? `${name} (${shape(a)} in A, ${shape(b)} in B)`
    : `${name} (${a.dtype} in A, ${b.dtype} in B)`;
}

function list(title: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `\n${title}: ${names.join(", ")}\n`;
}

function shape(tensor: { readonly shape: readonly number[] }): string {
  return tensor.shape.join("x") || "scalar";
}

function figures(movement: Movement): string[] {
  const { distance, relativeDistance, rmsChange, rotation, maxChange, changedShare } = movement;
  return [
    ...[distance, relativeDistance, rmsChange, rotation, maxChange].map(figure),
    changedShare === null ? "-" : `${(100 * changedShare).toFixed(1)} %`,
  ];
}

function figure(value: number | null): string {
  return value === null ? "-" : value.toPrecision(6);
}
