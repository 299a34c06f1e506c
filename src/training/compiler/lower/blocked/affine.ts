import { type Activation, constantOf } from "../../ir";
import type { Attribute, GraphBuilder } from "../../onnx/graph-builder";
import { reshape, resize } from "../../onnx/shaping";
import type { AffineOperands } from "../layout";
import type { Operand } from "../operand";
import type { Blocks } from "./blocks";
import type { BlockedOperators } from "./operators";

/** The attributes by which blocked convolutions apply an activation. */
export function activationAttributes(activation: Activation): Readonly<Record<string, Attribute>> {
  if (activation === "linear") return {};
  if (activation === "relu") return { activation: "Relu" };
  return { activation: "LeakyRelu", activation_params: { floats: [activation.leaky] } };
}

/**
 * Scaled images and a shift, summed: each image is a convolution of every channel for itself with a filter of
 * one pixel, which adds the sum so far. It passes over the pixels several times as fast as broadcasting does.
 */
export function blockedAffine(
  graph: GraphBuilder,
  blocks: Blocks,
  operators: BlockedOperators,
  { images, scales, shift }: AffineOperands,
  activation: Activation,
): string {
  const channels = shift.shape[0];
  const group = blocks.roundUp(channels);
  const vector = (operand: Operand) =>
    operand.derived("blocks", () => resize(graph, operand.plain(), [channels], [group]));
  const terms = images.map((image, i) => ({ image: image.packed(), scale: scales[i] }));
  const isOne = ({ scale }: { scale: Operand }) => constantOf(scale.value) === 1;
  // Images that are not scaled come in as the sum to add to.
  const unscaled = terms.filter(isOne);
  const first = unscaled.length === terms.length ? unscaled.pop() : undefined;
  const scaled = first ? [first] : terms.filter((term) => !isOne(term));
  let sum = unscaled
    .map(({ image }) => image)
    .reduce((total, image) => (total === "" ? image : graph.op("Add", [total, image])), "");
  scaled.forEach(({ image, scale }, i) => {
    const last = i === scaled.length - 1;
    const bias = last && constantOf(shift.value) !== 0 ? vector(shift) : "";
    const filter = reshape(graph, vector(scale), [group, 1, 1, 1]);
    const inputs = [image, filter, ...(bias === "" && sum === "" ? [] : [bias])];
    if (sum !== "") inputs.push(sum);
    sum = operators.scaled(graph, inputs, {
      group,
      ...(last && activationAttributes(activation)),
    });
  });
  return sum;
}
