import { openCheckpoint } from "../../checkpoint/open";
import { compareCheckpoints } from "../../distance/compare-checkpoints";
import type { Comparison, Movement } from "../../protocol/comparison";
import { parse } from "../arguments";
import { textTable } from "../text-table";

/** `diff`: how far each tensor moved from one checkpoint to another. */
export async function diff(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { json: { type: "boolean" } }, { names: ["A", "B"] });
  const [a = "", b = ""] = positionals;
  const first = await openCheckpoint(a);
  try {
    const second = await openCheckpoint(b);
    try {
      const comparison = await compareCheckpoints(first, second);
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
  const { tensors, unmatched, notCounted } = comparison;
  const rows = tensors.map((tensor) => [
    tensor.name,
    tensor.shape.join("x") || "scalar",
    ...figures(tensor),
  ]);
  const table = textTable([
    ["tensor", "shape", "distance", "relative", "cosine"],
    ...rows,
    ["total", "", ...figures(comparison)],
  ]);
  const lists = [
    list("Only in A, or of another shape or type in B", unmatched.a),
    list("Only in B, or of another shape or type in A", unmatched.b),
    list("Not counted (integers)", notCounted),
    comparison.nonFinite > 0
      ? `\n${comparison.nonFinite} values are infinite or NaN; distance of the others: ${figure(comparison.finiteDistance)}\n`
      : "",
  ];
  return `${table}\n${lists.join("")}`;
}

function list(title: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `\n${title}: ${names.join(", ")}\n`;
}

function figures({ distance, relativeDistance, cosine }: Movement): string[] {
  return [distance, relativeDistance, cosine].map(figure);
}

function figure(value: number | null): string {
  return value === null ? "-" : value.toPrecision(6);
}
