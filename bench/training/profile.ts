// Says where ONNX Runtime's time goes in a step of ours: MODEL ROWS TIMED. Prints milliseconds of one step by operator,
// and the slowest nodes with the shapes that they were given.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { lower } from "../../src/training/compiler/lower";
import { blockedLayout } from "../../src/training/compiler/lower/blocked/layout";
import { plainLayout } from "../../src/training/compiler/lower/plain-layout";
import { rewrite } from "../../src/training/compiler/rewrite";
import { stepNames, traceTrainingStep } from "../../src/training/compiler/step";
import { allocateMasks, fillDropoutMask } from "../../src/training/engines/dropout-masks";
import { type Tensor, blockSize, loadRuntime } from "../../src/training/engines/onnx-runtime";
import { modelDefinition } from "../../src/training/models";
import { initialState } from "../../src/training/models/initial-weights";
import { randomBatch } from "./batch";

/** An entry of ONNX Runtime's profile; `dur` is in microseconds. */
interface Entry {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly args?: { readonly op_name?: string; readonly input_type_shape?: readonly object[] };
}

async function main([id = "", rowsText = "", timed = ""]: readonly string[]) {
  const rows = Number(rowsText);
  const model = modelDefinition(id);
  const { InferenceSession, Tensor } = await loadRuntime();
  const size = await blockSize();
  const layout = size === undefined ? plainLayout : blockedLayout(size);
  const { weights, dropouts } = initialState(model, 1);
  const { images, targets } = randomBatch(model, rows);
  const feeds: Record<string, Tensor> = {};
  const feed = (name: string, values: Float32Array, shape: readonly number[]) => {
    feeds[name] = new Tensor("float32", values, shape);
  };
  for (const { name, values, shape } of weights) feed(name, values, shape);
  feed(stepNames.images, images, [rows, ...model.inputShape]);
  model.targets.forEach(({ name, dtype, shape }, i) => {
    feeds[stepNames.target(name)] = new Tensor(dtype, targets[i], [rows, ...shape]);
  });
  allocateMasks(dropouts, rows).forEach((mask, i) => {
    fillDropoutMask(mask, dropouts[i].rate, 1, 0, i);
    feed(stepNames.mask(i), mask, [rows, ...dropouts[i].shape]);
  });

  const folder = mkdtempSync(path.join(tmpdir(), "profile-"));
  try {
    const session = await InferenceSession.create(
      lower(rewrite(traceTrainingStep(model, rows)), layout),
      {
        executionMode: "sequential",
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 3,
        enableProfiling: true,
        profileFilePrefix: path.join(folder, "ort"),
      },
    );
    for (let i = 0; i <= Number(timed); i++) await session.run(feeds);
    session.endProfiling();
    await session.release();
    print(entriesIn(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All nodes' times in a folder's profile. */
function entriesIn(folder: string): Entry[] {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  return (JSON.parse(readFileSync(files[0], "utf8")) as Entry[]).filter(
    ({ cat, name }) => cat === "Node" && name.endsWith("_kernel_time"),
  );
}

/** Milliseconds of each node's quickest run but the first, summed by operator and of the slowest nodes. */
function print(entries: readonly Entry[]): void {
  const nodes = [...grouped(entries, ({ name }) => name)].map(([name, [{ args }, ...later]]) => ({
    name: name.replace("_kernel_time", ""),
    operator: args?.op_name ?? "",
    shapes: (args?.input_type_shape ?? []).map((shape) => JSON.stringify(Object.values(shape)[0])),
    ms: Math.min(...later.map(({ dur }) => dur)) / 1000,
  }));
  const total = nodes.reduce((sum, { ms }) => sum + ms, 0);
  const line = (ms: number, ...words: readonly (string | number)[]) => {
    const share = `${((100 * ms) / total).toFixed(1)} %`;
    console.log(`${ms.toFixed(2).padStart(10)} ms ${share.padStart(7)}  ${words.join("  ")}`);
  };
  line(total, "all", nodes.length);
  const byOperator = [...grouped(nodes, ({ operator }) => operator)]
    .map(([operator, own]) => ({
      operator,
      count: own.length,
      ms: own.reduce((sum, { ms }) => sum + ms, 0),
    }))
    .sort((a, b) => b.ms - a.ms);
  for (const { operator, count, ms } of byOperator) line(ms, operator, count);
  console.log();
  for (const { ms, operator, shapes, name } of nodes.sort((a, b) => b.ms - a.ms).slice(0, 40))
    line(ms, operator, shapes.join(" "), name);
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  return groups;
}

void main(process.argv.slice(2));
