import type {
  MapMethod,
  MapPoint,
  MapStates,
  Radius,
  Results,
  RunPlace,
  RunResult,
  SampleStatistics,
  WeightMap,
} from "../../../src/protocol/results";
import type { DisplacementMap, Displacements } from "../../../src/protocol/states";
import { meanCurve } from "../../../src/experiment/mean-curve";
import { metricResults } from "../../../src/experiment/metric-results";
import type { RunMetrics } from "../../../src/experiment/run-metrics";
import type { LevelResult, LevelTrend } from "../../../src/protocol/levels";
import type { LiveRun, LiveSnapshot, LiveState } from "../../../src/protocol/live";

type Vector = readonly number[];

/** Small tensors whose movement is scaled to look like a network's: name, shape, size drawn, mean movement. */
const TENSORS = [
  ["conv2d/kernel", [3, 3, 3, 32], 120, 0.9],
  ["conv2d/bias", [32], 12, 0.08],
  ["conv2d_1/kernel", [3, 3, 32, 64], 300, 2.1],
  ["conv2d_1/bias", [64], 20, 0.11],
  ["dense/kernel", [1024, 64], 500, 3.1],
  ["dense/bias", [64], 20, 0.06],
  ["dense_1/kernel", [64, 10], 100, 1.4],
  ["dense_1/bias", [10], 10, 0.07],
] as const;

/** Uniform numbers in [0, 1) from a seed (Park and Miller's generator): the same results each time. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

const distance = (a: Vector, b: Vector): number => Math.hypot(...a.map((value, i) => value - b[i]));

/** Mean, standard deviation and coefficient of variation of some numbers. */
export function statisticsOf(values: readonly number[]): SampleStatistics {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const std = values.length < 2 ? null : Math.sqrt(squares / (values.length - 1));
  const cvPercent = std === null ? null : (100 * std) / mean;
  return { count: values.length, mean, std, cvPercent, interval: null };
}

function radius(points: readonly Vector[]): Radius {
  const centroid = points[0].map(
    (_, axis) => points.reduce((sum, p) => sum + p[axis], 0) / points.length,
  );
  const { mean, std } = statisticsOf(points.map((point) => distance(point, centroid)));
  return { meanRadius: mean, std };
}

/** The largest eigenvalues and vectors of a symmetric matrix, by power iteration with deflation. */
function eigen(
  matrix: readonly Vector[],
  wanted: number,
): { values: number[]; vectors: number[][] } {
  const rest = matrix.map((row) => [...row]);
  const values: number[] = [];
  const vectors: number[][] = [];
  for (let k = 0; k < wanted; k++) {
    let vector = rest.map((_, i) => Math.sin(1 + i * (k + 1)));
    let value = 0;
    for (let turn = 0; turn < 400; turn++) {
      const next = rest.map((row) => row.reduce((sum, entry, i) => sum + entry * vector[i], 0));
      value = Math.hypot(...next);
      vector = next.map((entry) => entry / value);
    }
    rest.forEach((row, i) => {
      for (let j = 0; j < row.length; j++) row[j] -= value * vector[i] * vector[j];
    });
    values.push(value);
    vectors.push(vector);
  }
  return { values, vectors };
}

function stressOf(positions: readonly Vector[], distances: readonly Vector[]): number {
  let [off, all] = [0, 0];
  for (let i = 0; i < positions.length; i++)
    for (let j = 0; j < i; j++) {
      off += (distance(positions[i], positions[j]) - distances[i][j]) ** 2;
      all += distances[i][j] ** 2;
    }
  return Math.sqrt(off / all);
}

/** Moves every point to where the others' distances want it (the Guttman transform), some hundred times. */
function majorise(start: readonly Vector[], distances: readonly Vector[]): Vector[] {
  let positions = start.map((position) => [...position]);
  for (let turn = 0; turn < 150; turn++)
    positions = positions.map((here, i) => {
      const sum = [0, 0, 0];
      positions.forEach((there, j) => {
        if (i === j) return;
        const now = Math.max(1e-12, distance(here, there));
        for (let axis = 0; axis < 3; axis++)
          sum[axis] += there[axis] + (distances[i][j] * (here[axis] - there[axis])) / now;
      });
      return sum.map((value) => value / (positions.length - 1));
    });
  return positions;
}

type State = Omit<MapPoint, "position"> & { readonly weights: Vector };

function mapsOf(states: MapStates, points: readonly State[]): Record<MapMethod, WeightMap> {
  const n = points.length;
  const distances = points.map((a) => points.map((b) => distance(a.weights, b.weights)));
  const squared = distances.map((row) => row.map((d) => d * d));
  const rows = squared.map((row) => row.reduce((sum, d) => sum + d, 0) / n);
  const total = rows.reduce((sum, d) => sum + d, 0) / n;
  const gram = squared.map((row, i) => row.map((d, j) => -0.5 * (d - rows[i] - rows[j] + total)));
  const { values, vectors } = eigen(gram, Math.min(n - 1, 8));
  const trace = gram.reduce((sum, row, i) => sum + row[i], 0);
  const classical = points.map((_, i) =>
    [0, 1, 2].map((k) => Math.sqrt(values[k]) * vectors[k][i]),
  );
  const metric = majorise(classical, distances);
  const make = (method: MapMethod, positions: readonly Vector[]): WeightMap => ({
    method,
    states,
    dimensions: 3,
    points: points.map(({ run, state }, i) => ({ run, state, position: positions[i] })),
    eigenvalues: values,
    explained: (values[0] + values[1] + values[2]) / trace,
    explainedNull: 3 / (n - 1),
    stress: stressOf(positions, distances),
    converged: true,
  });
  return { classical: make("classical", classical), metric: make("metric", metric) };
}

interface Trained {
  readonly initial: Vector;
  readonly final: Vector;
  readonly result: RunResult;
}

function train(run: number): Trained {
  const random = uniform(1000 + 77 * run);
  const initial: number[] = [];
  const final: number[] = [];
  const tensors = TENSORS.map(([name, shape, size, movement]) => {
    const bias = shape.length === 1;
    const before = Array.from({ length: size }, () => (bias ? 0 : 0.42 * normal(random)));
    const step = Array.from({ length: size }, () => normal(random));
    const length = (movement * (1 + 0.006 * normal(random))) / Math.hypot(...step);
    initial.push(...before);
    final.push(...before.map((value, i) => value + length * step[i]));
    const moved = length * Math.hypot(...step);
    const norm = Math.hypot(...before);
    return {
      name,
      shape,
      distance: moved,
      relativeDistance: norm === 0 ? null : moved / norm,
      pathLength: 4.1 * moved,
      sumSquaredSteps: (0.3 * moved) ** 2,
    };
  });
  const moved = distance(initial, final);
  return {
    initial,
    final,
    result: {
      run,
      repeat: run,
      level: null,
      stop: "steps",
      trainAccuracy: null,
      realisedRate: null,
      labelKinds: 10,
      steps: 3910,
      metrics: {},
      skipped: null,
      fitted: null,
      curve: null,
      key: (run * 2654435761).toString(16).padStart(16, "0"),
      seeds: { initialWeights: run, order: run, dropout: run },
      distance: moved,
      relativeDistance: moved / Math.hypot(...initial),
      savedDistance: moved,
      initialNorm: Math.hypot(...initial),
      initialSha256: run.toString(16).padStart(64, "0"),
      pathLength: moved * (4.1 + 0.05 * normal(random)),
      sumSquaredSteps: (moved * (0.3 + 0.005 * normal(random))) ** 2,
      testAccuracy: 0.7012 + 0.004 * normal(random),
      trainingLoss: 0.8431 + 0.012 * normal(random),
      losses: { first: 2.1, last: [0.9, 0.87, 0.85] },
      tensors,
    },
  };
}

function nearest(
  from: readonly Vector[],
  to: readonly Vector[],
): { own: number; allOwn: boolean; margin: number } {
  const margins = from.map((state, i) => {
    const others = to.filter((_, j) => j !== i).map((other) => distance(state, other));
    return Math.min(...others) / distance(state, to[i]);
  });
  const own = margins.filter((margin) => margin > 1).length;
  return { own, allOwn: own === from.length, margin: Math.min(...margins) };
}

function displacementsOf(trained: readonly Trained[]): Displacements | null {
  if (trained.length < 2) return null;
  const moves = trained.map(({ initial, final }) => final.map((value, i) => value - initial[i]));
  const norm = (move: Vector): number => Math.hypot(...move);
  const cosines = moves.flatMap((a, i) =>
    moves
      .slice(0, i)
      .map((b) => a.reduce((sum, value, k) => sum + value * b[k], 0) / norm(a) / norm(b)),
  );
  const { mean, std } = statisticsOf(cosines);
  const [from, to] = [Math.min(...cosines), Math.max(...cosines)];
  const counts = Array<number>(50).fill(0);
  for (const cosine of cosines)
    counts[Math.min(49, Math.floor((50 * (cosine - from)) / (to - from || 1)))]++;
  const maps = mapsOf(
    "final",
    moves.map((weights, run) => ({ run, state: "final" as const, weights })),
  );
  const made = (method: MapMethod): DisplacementMap => ({
    ...maps[method],
    states: "displacements",
  });
  return {
    runs: moves.length,
    pairs: cosines.length,
    mean,
    std,
    histogram: { from, to, counts },
    maps: [made("classical"), made("metric")],
  };
}

/** Results that look like a real experiment's and are computed as one's: every figure follows from the weights. */
export function generatedResults(runs = 20, planned = runs, name = "tf-cnn, 20 seeds"): Results {
  const trained = Array.from({ length: runs }, (_, run) => train(run));
  const results = trained.map(({ result }) => result);
  const states = (state: "initial" | "final"): State[] =>
    trained.map((one, run) => ({ run, state, weights: one[state] }));
  const [before, after] = [states("initial"), states("final")];
  const maps = {
    joint: mapsOf("joint", [...before, ...after]),
    initial: mapsOf("initial", before),
    final: mapsOf("final", after),
  };
  const sphere = (points: readonly State[], of: Record<MapMethod, WeightMap>) => ({
    fullSpace: radius(points.map(({ weights }) => weights)),
    map: radius(of.classical.points.map(({ position }) => position)),
    metricMap: radius(of.metric.points.map(({ position }) => position)),
  });
  const forward = nearest(
    trained.map((one) => one.initial),
    trained.map((one) => one.final),
  );
  const reverse = nearest(
    trained.map((one) => one.final),
    trained.map((one) => one.initial),
  );
  return {
    format: "weight-odometer results 7",
    name,
    model: "tf-cnn",
    dataset: "cifar-10",
    settings: {
      model: "tf-cnn",
      dataset: "cifar-10",
      trainingImages: null,
      labels: { fraction: 1, equalImages: false, corruption: null, seed: 0 },
      augmentation: null,
      epochs: 10,
      equalSteps: false,
      stop: "steps",
      checkpointEvery: null,
      batchSize: 128,
      learningRate: 0.01,
      schedule: { name: "constant" },
      optimizer: { name: "sgd" },
      weightDecay: 0,
      preprocessing: "normalize",
      depth: null,
      width: 1,
      inputSize: null,
    },
    varied: null,
    corruptionKind: null,
    fitEpochs: null,
    paper: {
      model: "tf-cnn",
      title: "TF CNN Demo",
      configuration: {
        dataset: "CIFAR-10",
        learningRate: "0.01",
        epochs: 10,
        batchSize: 128,
        optimizer: "Stochastic Gradient Descent",
        preprocessing: ["normalize", "rescale", "standardize"],
      },
      distance: { count: 1000, mean: 4.026, std: 0.053, cvPercent: 1.316 },
      rank: { expected: 2, actual: 3, dataset: "cifar-10" },
      sphere: {
        initial: { meanRadius: 1.28, std: 0.007 },
        final: { meanRadius: 1.34, std: 0.12 },
      },
      remarks: [],
    },
    runs,
    diverged: 0,
    planned,
    parameters: 122570,
    engines: [
      {
        engine: {
          name: "onnxruntime",
          version: "1",
          lowering: "nchwc8",
          kernelLevel: "avx2",
          threads: 1,
        },
        runs,
      },
    ],
    statistics: statisticsOf(results.map((run) => run.distance!)),
    savedStatistics: statisticsOf(results.map((run) => run.savedDistance!)),
    accuracy: statisticsOf(results.map((run) => run.testAccuracy!)),
    curve: null,
    metrics: [],
    metricSources: "",
    convergence: {
      criterion: { fallShare: 0.02, riseShare: 0.1, farthest: 10 },
      unconverged: [],
      statistics: statisticsOf(results.map((run) => run.distance!)),
    },
    tensorStatistics: TENSORS.map(([tensor, shape], i) => ({
      name: tensor,
      shape,
      distance: statisticsOf(results.map((run) => run.tensors[i].distance!)),
      relativeDistance:
        shape.length === 1
          ? null
          : statisticsOf(results.map((run) => run.tensors[i].relativeDistance!)),
    })),
    levels: [],
    trends: [],
    checks: [],
    warnings: [
      { code: "ordinal", figures: ["table-2"] },
      { code: "permutable-units", figures: ["fig-1", "fig-3"] },
    ],
    nearestStates: results.map(({ run, distance: moved }) => ({
      run,
      nearest: run,
      distance: moved!,
    })),
    evenness: [],
    clusters: null,
    displacements: displacementsOf(trained),
    nearest: { applicable: true, pairs: runs, ...forward, reverse },
    sphere: { initial: sphere(before, maps.initial), final: sphere(after, maps.final) },
    maps: Object.values(maps).flatMap(({ classical, metric }) => [classical, metric]),
    mapped: runs,
    pruned: 0,
    unlike: false,
    floor: null,
    runResults: results,
  };
}

/** A live snapshot of an experiment of which these runs are in these states. */
export function generatedLive(
  state: LiveState,
  finished: number,
  running: number,
  queued: number,
): LiveSnapshot {
  const runs = Array.from({ length: finished + running + queued }, (_, run): LiveRun => {
    const key = `key-${run}`;
    if (run < finished)
      return {
        run,
        key,
        state: "finished",
        distance: 4.02,
        testAccuracy: 0.7012,
        seconds: 84 + (run % 5),
      };
    if (run >= finished + running) return { run, key, state: "queued" };
    const step = 1700 - 900 * (run - finished);
    return {
      run,
      key,
      state: "running",
      epoch: Math.ceil(step / 391),
      epochs: 10,
      step,
      steps: 3910,
      loss: 1.0412,
      imagesPerSecond: 1200,
      accuracy: 0.61,
    };
  });
  return {
    format: "weight-odometer live 1",
    place: null,
    name: "tf-cnn, 20 seeds",
    state,
    message: null,
    scheduler: { pid: 4242, host: "node-7", started: "1" },
    startedAt: 1_700_000_000_000,
    updatedAt: 1_700_000_060_000,
    secondsLeft: 74,
    runs,
  };
}

/** The same with 3 repeats at 5 levels: distances that fall over corruption at equal steps and rise where trained to fit. */
export function generatedLevels(
  varied: "labelFraction" | "labelCorruption",
  stops: readonly RunPlace["stop"][] = ["steps"],
): Results {
  const base = generatedResults(4);
  const values = [0.2, 0.4, 0.6, 0.8, 1];
  const random = uniform(5);
  const rises = (stop: RunPlace["stop"]) => varied === "labelFraction" || stop === "fit";
  const runs = stops.flatMap((stop, s) =>
    values.flatMap((value, l) =>
      base.runResults.slice(0, 3).map((run, repeat): RunResult => {
        const moved = (rises(stop) ? 3 + l : 7 - l) + 0.1 * normal(random);
        return {
          ...run,
          run: 15 * s + 3 * l + repeat,
          key: (1 + 15 * s + 3 * l + repeat).toString(16).padStart(32, "c"),
          repeat,
          level: { setting: varied, value },
          stop,
          distance: moved,
          savedDistance: moved,
          realisedRate: varied === "labelCorruption" ? 0.9 * value : 0,
          fitted: stop === "fit" ? true : null,
          curve: {
            steps: [0, 50, 100],
            fromInitial: [0, 0.7 * moved, moved],
            toFinal: [moved, 0.4 * moved, 0],
          },
        };
      }),
    ),
  );
  const levels = stops.flatMap((stop) =>
    values.map((value): LevelResult => {
      const here = runs.filter((run) => run.stop === stop && run.level?.value === value);
      const distance = statisticsOf(here.map((run) => run.distance!));
      return {
        level: { setting: varied, value },
        stop,
        runs: here.length,
        diverged: 0,
        unconverged: 0,
        distance,
        convergedDistance: distance,
        savedDistance: distance,
        testAccuracy: statisticsOf(here.map((run) => run.testAccuracy!)),
        trainAccuracy: null,
        realisedRate: statisticsOf(here.map((run) => run.realisedRate!)),
        steps: statisticsOf(here.map(() => 100)),
        labelKinds: 10,
        curve: {
          points: [0, 1, 2].map((at) => ({
            step: 50 * at,
            toFinal: statisticsOf(here.map((run) => run.curve!.toFinal[at]!)),
            fromInitial: statisticsOf(here.map((run) => run.curve!.fromInitial[at]!)),
          })),
          runs: here.length,
          interpolated: stop === "fit",
        },
      };
    }),
  );
  const figure = varied === "labelFraction" ? "fig-6" : "fig-7";
  const trends = stops.map((stop): LevelTrend => {
    const test = (direction: "rising" | "falling") => ({
      direction,
      statistic: 165,
      p: rises(stop) === (direction === "rising") ? 0.0001 : 1,
      repeats: 3,
      levels: 5,
      method: "exact" as const,
    });
    return {
      figure,
      stop,
      expected: rises(stop) ? "rising" : "falling",
      expectedByPaper: stop === "steps",
      levels: values,
      repeats: 3,
      incompleteRepeats: 0,
      rising: test("rising"),
      falling: test("falling"),
      spearman: { rho: rises(stop) ? 1 : -1, p: 1 / 60, count: 5, method: "exact" },
      weak: false,
      verdict: rises(stop) ? "rising" : "falling",
      significance: 0.025,
      supports: varied === "labelFraction" ? null : rises(stop) ? "more-complex" : "conflicting",
      converged: null,
    };
  });
  return {
    ...base,
    name: `tf-cnn, ${varied}`,
    varied,
    runs: runs.length,
    planned: runs.length,
    statistics: null,
    savedStatistics: null,
    accuracy: null,
    tensorStatistics: [],
    convergence: { ...base.convergence, statistics: null },
    levels,
    trends,
    warnings: [
      { code: "ordinal", figures: [figure] },
      { code: "steps-not-fit", figures: [figure] },
      { code: "few-repeats", figures: [figure], runs: 3 },
    ],
    nearest: null,
    sphere: null,
    maps: [],
    runResults: runs,
  };
}

/**
 * The same with two numbers of the user's: one that goes with the distance and is told along the training, and one that
 * the first run does not tell.
 */
export function withMetrics(results: Results): Results {
  const runs = results.runResults.map((run) => ({
    ...run,
    metrics: { perplexity: 1e-5 * run.distance!, "F1 score": run.run === 0 ? null : 0.5 },
  }));
  const read = new Map(runs.map((run) => [run.key, metricsOf(run)]));
  const metrics = metricResults(runs, results.levels, results.statistics !== null, read);
  const steps = [0, 100, 200, 300];
  const curve =
    results.statistics === null
      ? null
      : meanCurve(
          runs.map(({ distance }) => ({
            curve: {
              steps,
              fromInitial: steps.map((step) => distance! * Math.sqrt(step / 300)),
              toFinal: steps.map((step) => distance! * Math.sqrt(1 - step / 300)),
            },
          })),
        );
  return { ...results, runResults: runs, metrics, curve };
}

function metricsOf({ run, metrics }: RunResult): RunMetrics {
  const at = Array.from({ length: 100 }, (_, i) => 3 * (i + 1));
  const perplexity: RunMetrics[string] = {
    source: { file: "metrics.jsonl", key: "perplexity" },
    value: metrics["perplexity"]!,
    series: {
      axis: "step",
      at,
      values: at.map((step) => metrics["perplexity"]! * (1 + 4 * Math.exp(-step / 60))),
    },
    problem: null,
  };
  const source = { file: "f1.json", key: "f1" };
  const f1: RunMetrics[string] =
    run === 0
      ? { source, value: null, series: null, problem: "f1.json: there is no such file" }
      : { source, value: 0.5, series: { axis: "value", at: [1], values: [0.5] }, problem: null };
  return { perplexity, "F1 score": f1 };
}
