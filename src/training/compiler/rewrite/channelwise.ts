import { type Node, type Value, constantOf, elements, sameShape } from "../ir";
import { type ChannelVector, channelVector, combine, filled } from "./channel-vectors";
import type { ProgramEditor, Rule } from "./program-editor";

/**
 * Finds arithmetic that treats all pixels of a channel alike, which is what batch normalisation and its
 * gradient consist of: between vectors it is done before they are spread over the pixels, and images with
 * vectors become affine nodes. Means become sums, since gradients use both.
 */
export const channelwise: Rule = (node, editor) => {
  const { operation, output } = node;
  if (output.dtype !== "float32") return undefined;
  if (operation.op === "reduce") return summed(node, editor);
  if (operation.op !== "binary" || output.shape.length !== 4) return undefined;
  const { fn } = operation;
  if (fn === "Max" || fn === "Min") return undefined;
  const [a, b] = node.inputs;
  const [u, v] = [a, b].map((value) => channelVector(editor, value, output.shape));
  if (u !== undefined && v !== undefined) {
    if (constantOf(u) !== undefined && constantOf(v) !== undefined) return undefined;
    return editor.emit({ op: "broadcast" }, [combine(editor, fn, u, v)], output.shape);
  }
  const [image, vector] = u === undefined ? [a, v] : [b, u];
  if (vector === undefined || !sameShape(image.shape, output.shape)) return undefined;
  const [one, none] = [filled(1, output.shape[3]), filled(0, output.shape[3])];
  const negative = () => combine(editor, "Mul", vector, filled(-1, output.shape[3]));
  switch (fn) {
    case "Add":
      return affine(editor, image, one, vector);
    case "Sub":
      return image === a
        ? affine(editor, image, one, negative())
        : affine(editor, image, filled(-1, output.shape[3]), vector);
    case "Mul":
      return affine(editor, image, vector, none);
    case "Div":
      return image === a
        ? affine(editor, image, combine(editor, "Div", one, vector), none)
        : undefined;
  }
};

function affine(
  editor: ProgramEditor,
  image: Value,
  scale: ChannelVector,
  shift: ChannelVector,
): Value {
  return editor.emit(
    { op: "affine", terms: 1, activation: "linear" },
    [image, scale, shift],
    image.shape,
  );
}

/** Sums and means over all pixels, as a sum without kept axes. */
function summed({ operation, inputs, output }: Node, editor: ProgramEditor): Value | undefined {
  if (operation.op !== "reduce" || (operation.fn !== "Sum" && operation.fn !== "Mean"))
    return undefined;
  const [{ shape }] = inputs;
  if (shape.length !== 4 || [...operation.axes].sort().join() !== "0,1,2") return undefined;
  if (operation.fn === "Sum" && !operation.keepDims) return undefined;
  const channels = shape[3];
  const sum = editor.emit({ op: "reduce", fn: "Sum", axes: [0, 1, 2], keepDims: false }, inputs, [
    channels,
  ]);
  const pixels = elements(shape) / channels;
  const result =
    operation.fn === "Sum" ? sum : combine(editor, "Div", sum, filled(pixels, channels));
  return operation.keepDims ? editor.emit({ op: "reshape" }, [result], output.shape) : result;
}
