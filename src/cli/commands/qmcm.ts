import { availableParallelism } from "node:os";
import { estimateOfRuns } from "../../experiment/estimate-of-runs";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { readPanelBundle } from "../../html/panel-report";
import type { QmcmView } from "../../protocol/qmcm";
import { qmcmHtml } from "../../qmcm/html-report";
import { simulateQmcm } from "../../qmcm/simulate";
import { estimateView, simulationView } from "../../qmcm/views";
import { decimal, parse, wholeNumber } from "../arguments";
import { loadExperiment } from "../load-results";
import { ShareProgress } from "../share-progress";
import { textEstimate, textSimulation } from "../text-qmcm";
import { UsageError } from "../usage-error";
import { writeOutput } from "../write-output";

/** `qmcm`: the paper's quasi-Monte Carlo method, simulated or on the runs of an experiment. */
export async function qmcm(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "simulate") return simulate(rest);
  if (name === "estimate") return estimate(rest);
  throw new UsageError(`qmcm takes simulate or estimate${name ? `, not ${name}` : ""}.`);
}

const simulateOptions = {
  points: { type: "string" },
  dimensions: { type: "string" },
  ratio: { type: "string" },
  seed: { type: "string" },
  sweep: { type: "boolean" },
  json: { type: "boolean" },
  html: { type: "string" },
} as const;

async function simulate(args: readonly string[]): Promise<number> {
  const { values } = parse(args, simulateOptions, { names: [] });
  const choice = {
    points: wholeNumber("points", values.points, 3) ?? 10_000,
    dimensions: wholeNumber("dimensions", values.dimensions, 2) ?? 100,
    ratio: decimal("ratio", values.ratio) ?? 0.1,
    seed: wholeNumber("seed", values.seed, 0) ?? 0,
    sweep: values.sweep ?? false,
  };
  const simulation = await shown((onProgress) =>
    simulateQmcm(choice, { onProgress }).catch((error: unknown) => {
      throw error instanceof RangeError ? new UsageError(error.message) : error;
    }),
  );
  if (values.html !== undefined) await writeHtml(values.html, simulationView(simulation));
  if (values.json) process.stdout.write(`${JSON.stringify(simulation)}\n`);
  else if (values.html === undefined) process.stdout.write(textSimulation(simulation));
  return 0;
}

async function writeHtml(file: string, view: QmcmView): Promise<void> {
  await writeOutput(file, qmcmHtml(view, await readPanelBundle(__dirname, "qmcm")));
}

const estimateOptions = {
  threshold: { type: "string" },
  samples: { type: "string" },
  seed: { type: "string" },
  json: { type: "boolean" },
  html: { type: "string" },
} as const;

async function estimate(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, estimateOptions, { names: ["DIR"] });
  const choice = {
    threshold: decimal("threshold", values.threshold) ?? 0.3,
    samples: wholeNumber("samples", values.samples, 2) ?? 200,
    seed: wholeNumber("seed", values.seed, 0) ?? 0,
  };
  const directory = new ExperimentDirectory(positionals[0] ?? "");
  const { experiment, name } = await loadExperiment(directory);
  const result = await shown((onProgress) =>
    estimateOfRuns(directory, experiment, name, choice, {
      threads: availableParallelism(),
      onProgress,
    }),
  );
  if (values.html !== undefined) await writeHtml(values.html, estimateView(name, result));
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else if (values.html === undefined) process.stdout.write(textEstimate(result));
  return 0;
}

/** Runs a task with its stages on standard error. */
async function shown<T>(
  run: (onProgress: (stage: string, share: number) => void) => Promise<T>,
): Promise<T> {
  const lines = new Map<string, ShareProgress>();
  const words: Readonly<Record<string, string>> = {
    distances: "measuring distances",
    sweep: "measuring distances for each r",
    floor: "drawing normal samples",
  };
  try {
    return await run((stage, share) => {
      const line = lines.get(stage) ?? new ShareProgress(words[stage] ?? stage);
      lines.set(stage, line);
      line.show(share, 1);
    });
  } finally {
    for (const line of lines.values()) line.end();
  }
}
