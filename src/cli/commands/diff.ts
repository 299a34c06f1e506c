import type { Checkpoint } from "../../checkpoint/checkpoint";
import { openCheckpoint } from "../../checkpoint/open";
import { csv } from "../../comparison/csv";
import { comparisonRows } from "../../comparison/csv-rows";
import { comparisonHtml, reportedView } from "../../comparison/html-report";
import { sortKeys, sortTensors } from "../../comparison/sort";
import { summarise } from "../../comparison/summarise";
import { compareCheckpoints } from "../../distance/compare-checkpoints";
import { readPanelBundle } from "../../html/panel-report";
import type { Comparison } from "../../protocol/comparison";
import type { Spectra } from "../../protocol/spectrum";
import type { ComparisonReport } from "../../protocol/summary";
import { spectra } from "../../spectrum/spectra";
import { oneOf, parse, wholeNumber } from "../arguments";
import { withOptionalValue } from "../optional-value";
import { spectrumWorkerCommand } from "../worker-commands";
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
  html: { type: "string" },
  sort: { type: "string" },
  spectrum: { type: "boolean" },
  values: { type: "string" },
} as const;

const DEFAULT_VALUES = 10;

/** `diff`: how far each tensor moved from one checkpoint to another. */
export async function diff(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(withOptionalValue(args, "--csv", ".csv"), options, {
    names: ["A", "B"],
  });
  if (values.json && values.csv === "")
    throw new UsageError("--json and --csv both print to standard output: name a file for --csv.");
  const sort = oneOf("sort", values.sort, sortKeys) ?? "order";
  const count = wholeNumber("values", values.values, 1);
  if (count !== undefined && !values.spectrum)
    throw new UsageError("--values is the number of singular values: it needs --spectrum.");
  const { matching, selected } = selectionFrom(values);
  const { report, formats } = await withCheckpoints(positionals, async (a, b) => {
    const comparison = await shown("comparing", (onProgress) =>
      compareCheckpoints(a, b, { ...matching, onProgress }),
    );
    const sorted = { ...comparison, tensors: sortTensors(comparison.tensors, sort) };
    const formats = [a.format, b.format] as const;
    if (!values.spectrum) return { formats, report: finished(sorted, selected.leftOut()) };
    const spectrum = await shown("computing spectra", (onProgress) =>
      spectra(a, b, sorted, {
        count: count ?? DEFAULT_VALUES,
        program: [process.argv[1], spectrumWorkerCommand],
        names: [positionals[0], positionals[1]],
        onProgress,
      }),
    );
    return { formats, report: { ...finished(sorted, selected.leftOut(), spectrum), spectrum } };
  });
  warnOfUnused(selected);
  if (values.html !== undefined) {
    const [a, b] = positionals.map((path, i) => ({ path, format: formats[i] }));
    const bundle = await readPanelBundle(__dirname, "comparison");
    await writeOutput(values.html, comparisonHtml(reportedView(report, a, b), bundle));
  }
  await print(report, values);
  return 0;
}

function finished(
  comparison: Comparison,
  leftOut: readonly string[],
  spectrum?: Spectra,
): ComparisonReport {
  return { ...comparison, summary: summarise(comparison, spectrum), leftOut };
}

/** Runs a task with its progress on standard error. */
async function shown<T>(
  what: string,
  run: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const progress = new ShareProgress(what);
  try {
    return await run(progress.show);
  } finally {
    progress.end();
  }
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
  values: {
    readonly json?: boolean | undefined;
    readonly csv?: string | undefined;
    readonly html?: string | undefined;
  },
): Promise<void> {
  if (values.csv !== undefined)
    await writeOutput(values.csv || null, csv(comparisonRows(report, report.spectrum)));
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else if (values.csv !== "" && values.html === undefined)
    process.stdout.write(textComparison(report, terminalWidth()));
}
