import type { TensorKind } from "../protocol/summary";

const normalisation =
  /(?<![a-z])(?:\w*norm\w*|bn\d*|ln_?\w{0,2}|batch_?normalization\w*)(?![a-z])/i;
const embedding = /embed|(?<![a-z])(?:wte|wpe|token_embd|pos_embd)(?![a-z])/i;
const bias = /(?<![a-z])(?:bias\w*|b\d*)(?::\d+)?$/i;

/** What a tensor is for, as far as its name and shape tell. */
export function tensorKind({
  name,
  shape,
}: {
  readonly name: string;
  readonly shape: readonly number[];
}): TensorKind {
  const axes = shape.filter((size) => size !== 1).length;
  if (axes < 2 && (normalisation.test(name) || /(?:gamma|beta)(?::\d+)?$/i.test(name)))
    return "normalisation";
  if (axes < 2 && bias.test(name)) return "bias";
  if (embedding.test(name) && shape.length > 1) return "embedding";
  return shape.length > 1 ? "kernel" : "other";
}
