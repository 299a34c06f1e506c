import type { Checkpoint } from "../../checkpoint/checkpoint";
import { openCheckpoint } from "../../checkpoint/open";
import { csv } from "../../comparison/csv";
import { comparisonRows } from "../../comparison/csv-rows";
import { sortKeys, sortTensors } from "../../comparison/sort";
import { summarise } from "../../comparison/summarise";
import { compareCheckpoints } from "../../distance/compare-checkpoints";
import type { ComparisonReport } from "../../protocol/summary";
import { oneOf, parse } from "../arguments";
import { withOptionalValue } from "../optional-value";
import { selectionFrom, selectionOptions, warnOfUnused } from "../selection-options";
import { ShareProgress } from "../share-progress";
import { terminalWidth } from "../terminal-width";
import { textComparison } from "../text-comparison";
import { UsageError } from "../usage-error";
import { writeOutput } from "../write-output";

const options = {
  ...selectionOptions,
  json: { type: "boolean" },
  csv: { type: "string" },
  sort: { type: "string" },
} as const;

/** `diff`: how far each tensor moved from one checkpoint to another. */
export async function diff(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(withOptionalValue(args, "--csv", ".csv"), options, {
    names: ["A", "B"],
  });
  if (values.json && values.csv === "")
    throw new UsageError("--json and --csv both print to standard output: name a file for --csv.");
  const sort = oneOf("sort", values.sort, sortKeys) ?? "order";
  const { matching, selected } = selectionFrom(values);
  const report = await withCheckpoints(positionals, async (a, b) => {
    const progress = new ShareProgress("comparing");
    try {
      const comparison = await compareCheckpoints(a, b, { ...matching, onProgress: progress.show });
      const tensors = sortTensors(comparison.tensors, sort);
      return {
        ...comparison,
        tensors,
        summary: summarise(comparison),
        leftOut: selected.leftOut(),
      };
    } finally {
      progress.end();
    }
  });
  warnOfUnused(selected);
  await print(report, values);
  return 0;
}

async function withCheckpoints<T>(
  [a = "", b = ""]: readonly string[],
  use: (a: Checkpoint, b: Checkpoint) => Promise<T>,
): Promise<T> {
  const first = await openCheckpoint(a);
  try {
    const second = await openCheckpoint(b);
    try {
      return await use(first, second);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

async function print(
  report: ComparisonReport,
  values: { readonly json?: boolean | undefined; readonly csv?: string | undefined },
): Promise<void> {
  if (values.csv !== undefined)
    await writeOutput(values.csv || null, csv(comparisonRows(report, report.spectrum)));
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else if (values.csv !== "") process.stdout.write(textComparison(report, terminalWidth()));
}
