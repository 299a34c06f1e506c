import type { Node, Operation, Value } from "../ir";

const spatial: ReadonlySet<Operation["op"]> = new Set([
  "affine",
  "convolution",
  "convolutionInputGradient",
  "convolutionFilterGradient",
  "maxPool",
  "maxPoolGradient",
  "averagePool",
  "averagePoolGradient",
  "upsample",
  "upsampleGradient",
  "lrn",
  "lrnGradient",
] as const);
const passingOn: ReadonlySet<Operation["op"]> = new Set([
  "binary",
  "unary",
  "step",
  "leakyRelu",
  "leakyReluGradient",
  "broadcast",
  "concat",
  "slice",
  "pad",
] as const);

/** Values that convolutions or pooling will use, directly or through nodes that keep images: better packed. */
export function valuesWantedPacked(nodes: readonly Node[]): ReadonlySet<Value> {
  const wanted = new Set<Value>();
  for (const { operation, inputs, output } of [...nodes].reverse()) {
    if (!spatial.has(operation.op) && !(passingOn.has(operation.op) && wanted.has(output)))
      continue;
    for (const input of inputs) if (input.shape.length === 4) wanted.add(input);
  }
  return wanted;
}
