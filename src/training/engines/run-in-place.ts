import type { InferenceSession, Tensor } from "./onnx-runtime";

/** The output that a compiled step has before all others, for {@link runInPlace}: an empty sequence. */
export const noTensor = "no-tensor";

/** What onnxruntime-node says of an output that is no tensor, once everything is computed. */
const refusal = "Non tensor type is temporarily not supported";

/**
 * Runs a step whose results all have their memory, and leaves them there. onnxruntime-node 1.30 copies every output into
 * a buffer of its own after a run, even those that were given memory (a twentieth of VGG-16's step, and 550 MB): a first
 * output that it refuses to convert keeps it from that. Releases that answer with the memory given to them
 * (microsoft/onnxruntime#32346) need neither this nor that output.
 * @param memory a tensor for each of the session's outputs but `noTensor`; holds the results afterwards
 * @throws what the run throws
 */
export async function runInPlace(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  memory: Readonly<Record<string, Tensor>>,
): Promise<void> {
  try {
    await session.run(feeds, { ...memory, [noTensor]: null });
  } catch (error) {
    if (!(error instanceof Error && error.message.includes(refusal))) throw error;
  }
}
