import { type Value, constantOf, sameShape } from "../ir";
import type { ProgramEditor } from "./program-editor";

/** A number for each channel, [channels]: a value of the program, or one number for all of them. */
export type ChannelVector = Value;

export function filled(value: number, channels: number): ChannelVector {
  return { shape: [channels], dtype: "float32", source: { constant: value } };
}

/** What `value`, broadcast to images of `shape`, adds to or multiplies each channel with; undefined for images. */
export function channelVector(
  editor: ProgramEditor,
  value: Value,
  shape: readonly number[],
): ChannelVector | undefined {
  const channels = shape[3];
  const constant = constantOf(value);
  if (constant !== undefined) return filled(constant, channels);
  const node = editor.producer(value);
  if (node?.operation.op === "broadcast" && sameShape(value.shape, shape))
    return channelVector(editor, node.inputs[0], shape);
  if (sameShape(value.shape, [channels])) return value;
  if (!sameShape(value.shape, [1, 1, 1, channels])) return undefined;
  if (sameShape(value.shape, shape)) return undefined;
  if (node?.operation.op === "reshape" && sameShape(node.inputs[0].shape, [channels]))
    return node.inputs[0];
  return editor.emit({ op: "reshape" }, [value], [channels]);
}

/** Adds or multiplies channel by channel, and computes at once what is the same for all. */
export function combine(
  editor: ProgramEditor,
  fn: "Add" | "Sub" | "Mul" | "Div",
  a: ChannelVector,
  b: ChannelVector,
): ChannelVector {
  const [x, y] = [constantOf(a), constantOf(b)];
  if (x !== undefined && y !== undefined) return filled(combined(fn, x, y), a.shape[0]);
  const neutral = fn === "Add" || fn === "Sub" ? 0 : 1;
  if (y === neutral) return a;
  if (x === neutral && (fn === "Add" || fn === "Mul")) return b;
  if (fn === "Mul" && (x === 0 || y === 0)) return filled(0, a.shape[0]);
  return editor.emit({ op: "binary", fn }, [a, b], a.shape);
}

function combined(fn: "Add" | "Sub" | "Mul" | "Div", x: number, y: number): number {
  switch (fn) {
    case "Add":
      return x + y;
    case "Sub":
      return x - y;
    case "Mul":
      return x * y;
    case "Div":
      return x / y;
  }
}
