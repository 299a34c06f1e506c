import type * as OnnxRuntime from "onnxruntime-node";
import { loadOnnxRuntime } from "../../onnx-runtime/load";
import { sessionOptions } from "../../onnx-runtime/session-options";
import { GraphBuilder } from "../compiler/onnx/graph-builder";

export type Runtime = typeof OnnxRuntime;
export type { InferenceSession, Tensor } from "onnxruntime-node";

let loading: Promise<Runtime> | undefined;

/** ONNX Runtime, loaded on first use. */
export function loadRuntime(): Promise<Runtime> {
  return (loading ??= loadOnnxRuntime());
}

/**
 * Opens a session on a serialised model: one operator at a time, on `threads` threads.
 * @throws Error that says so where there is no adapter for WebGPU
 */
export async function openSession(
  model: Uint8Array,
  threads: number,
  provider: "cpu" | "webgpu" = "cpu",
): Promise<OnnxRuntime.InferenceSession> {
  const { InferenceSession } = await loadRuntime();
  try {
    return await InferenceSession.create(model, {
      ...sessionOptions(threads),
      executionProviders: provider === "cpu" ? ["cpu"] : [provider, "cpu"],
    });
  } catch (error) {
    const refusal = /Failed to get a WebGPU adapter: *(.*)/.exec((error as Error).message);
    if (refusal === null) throw error;
    const reason = refusal[1].trim();
    throw new Error(
      `WebGPU finds no graphics adapter on this machine (${reason}): ` +
        `it needs a GPU with a Vulkan, Metal or Direct3D 12 driver. Leave --engine onnx-webgpu out to train on the CPU.`,
      { cause: error },
    );
  }
}

let detecting: Promise<8 | 16 | undefined> | undefined;

/**
 * Channels in a block of ONNX Runtime's own convolution layout (domain com.microsoft.nchwc): 8 with AVX2,
 * 16 with AVX-512; undefined where this build or processor has no such operators.
 */
export function blockSize(): Promise<8 | 16 | undefined> {
  return (detecting ??= detectBlockSize());
}

async function detectBlockSize(): Promise<8 | 16 | undefined> {
  try {
    const { Tensor } = await loadRuntime();
    // Reordering rounds the channels up to a whole block: four become eight or sixteen.
    const graph = new GraphBuilder();
    graph.input("x", "float32", [1, 4, 1, 1]);
    graph.op("ReorderInput", ["x"], { domain: "com.microsoft.nchwc", output: "y" });
    graph.output("y", "float32");
    const session = await openSession(graph.model(), 1);
    const { y } = await session.run({
      x: new Tensor("float32", Float32Array.of(1, 2, 3, 4), [1, 4, 1, 1]),
    });
    await session.release();
    const channels = y.dims[1];
    return channels === 8 || channels === 16 ? channels : undefined;
  } catch {
    return undefined;
  }
}
