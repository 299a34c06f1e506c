import path from "node:path";
import { openCheckpoint } from "../../../src/checkpoint/open";
import type { TensorToWrite } from "../../../src/checkpoint/write-safetensors";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";
import { summarise } from "../../../src/comparison/summarise";
import { compareCheckpoints } from "../../../src/distance/compare-checkpoints";
import type { ComparisonView } from "../../../src/protocol/comparison-panel";
import { normals } from "./normals";

const WIDTH = 24;
const SHAPES: Readonly<Record<string, readonly number[]>> = {
  "self_attn.q_proj.weight": [WIDTH, WIDTH],
  "self_attn.k_proj.weight": [WIDTH / 2, WIDTH],
  "self_attn.v_proj.weight": [WIDTH / 2, WIDTH],
  "self_attn.o_proj.weight": [WIDTH, WIDTH],
  "mlp.gate_proj.weight": [3 * WIDTH, WIDTH],
  "mlp.up_proj.weight": [3 * WIDTH, WIDTH],
  "mlp.down_proj.weight": [WIDTH, 3 * WIDTH],
  "input_layernorm.weight": [WIDTH],
  "post_attention_layernorm.weight": [WIDTH],
};

/** Names and shapes of a small language model, as Hugging Face writes them. */
export function transformerShapes(
  layers: number,
): readonly (readonly [string, readonly number[]])[] {
  return [
    ["model.embed_tokens.weight", [100, WIDTH]],
    ...Array.from({ length: layers }, (_, layer) =>
      Object.entries(SHAPES).map(
        ([name, shape]) => [`model.layers.${layer}.${name}`, shape] as const,
      ),
    ).flat(),
    ["model.norm.weight", [WIDTH]],
    ["lm_head.weight", [100, WIDTH]],
  ];
}

/**
 * Writes the model at a time of its training: the later, the farther from its beginning, deep layers farther than
 * shallow ones; norms never move.
 */
export async function writeTransformer(file: string, time: number, layers = 12): Promise<string> {
  const tensors = transformerShapes(layers).map(([name, shape], index): TensorToWrite => {
    const count = shape.reduce((product, size) => product * size, 1);
    const [start, move] = [normals(index, count), normals(1000 + index, count)];
    const layer = Number(/layers\.(\d+)/.exec(name)?.[1] ?? layers / 2);
    const kind = name.includes("norm") ? 0 : name.includes("q_proj") ? 0.02 : 0.006;
    const step = Math.sqrt(time) * kind * (0.2 + layer / layers);
    return { name, shape, values: Float32Array.from(start, (x, i) => 0.05 * x + step * move[i]) };
  });
  await writeSafetensors(file, tensors);
  return file;
}

/** What the host sends for two checkpoints: their real comparison. */
export async function comparedView(a: string, b: string): Promise<ComparisonView> {
  const [first, second] = [await openCheckpoint(a), await openCheckpoint(b)];
  try {
    const file = (at: string) => ({
      uri: `file://${at}`,
      name: path.basename(at),
      path: at,
      format: "safetensors",
    });
    const comparison = await compareCheckpoints(first, second);
    return {
      a: file(a),
      b: file(b),
      all: false,
      state: "done",
      failure: null,
      comparison,
      summary: summarise(comparison).sentences,
      spectrum: null,
      leftOut: [],
    };
  } finally {
    await first.close();
    await second.close();
  }
}
