import { type Node, type Value, constantOf, elements } from "../ir";
import { type ChannelVector, channelVector, combine, filled } from "./channel-vectors";
import type { ProgramEditor, Rule } from "./program-editor";

/** Beyond so many images a sum of them is taken in parts. */
const mostTerms = 4;

interface Term {
  readonly image: Value;
  readonly scale: ChannelVector;
}

/** A sum of scaled images and a shift. */
interface Affine {
  readonly terms: readonly Term[];
  readonly shift: ChannelVector;
}

/**
 * Folds scaled and shifted images into what uses them, so that each pass over the pixels does as much as it
 * can: the many passes of batch normalisation's gradient become one, dy * a + x * b + c. Scaling alone is
 * folded always; an image that is shifted, or a sum, only where nothing else uses it.
 */
export const foldAffine: Rule = (node, editor) => {
  const { operation, inputs, output } = node;
  if (output.dtype !== "float32") return undefined;
  if (operation.op === "reduce") return sumOfAffine(node, editor);
  if (output.shape.length !== 4) return undefined;
  const channels = output.shape[3];
  if (operation.op === "affine" && operation.activation === "linear") {
    const given = affineOf(node);
    const folded = fold(editor, given);
    return folded === given ? undefined : emitAffine(editor, folded, output.shape);
  }
  if (operation.op !== "binary") return undefined;
  if (inputs.some(({ shape }) => shape.join() !== output.shape.join())) return undefined;
  const [a, b] = inputs;
  if (operation.fn === "Add" || operation.fn === "Sub") {
    const given: Affine = {
      terms: [
        { image: a, scale: filled(1, channels) },
        { image: b, scale: filled(operation.fn === "Add" ? 1 : -1, channels) },
      ],
      shift: filled(0, channels),
    };
    const folded = fold(editor, given);
    return folded === given ? undefined : emitAffine(editor, folded, output.shape);
  }
  if (operation.fn !== "Mul") return undefined;
  const [x, y] = [scalingOf(editor, a), scalingOf(editor, b)];
  if (x === undefined && y === undefined) return undefined;
  const product = editor.emit(operation, [x?.image ?? a, y?.image ?? b], output.shape);
  const one = filled(1, channels);
  const scale = combine(editor, "Mul", x?.scale ?? one, y?.scale ?? one);
  const scaled = { terms: [{ image: product, scale }], shift: filled(0, channels) };
  return emitAffine(editor, scaled, output.shape);
};

/** The sum over all pixels of scaled and shifted images, from the images' own sums. */
function sumOfAffine(
  { operation, inputs, output }: Node,
  editor: ProgramEditor,
): Value | undefined {
  if (operation.op !== "reduce" || operation.fn !== "Sum" || operation.keepDims) return undefined;
  const [image] = inputs;
  if (image.shape.length !== 4 || [...operation.axes].sort().join() !== "0,1,2") return undefined;
  const node = editor.producer(image);
  const channels = image.shape[3];
  const pixels = filled(elements(image.shape) / channels, channels);
  const spread = spreadVector(editor, image);
  if (spread !== undefined) return combine(editor, "Mul", spread.shift, pixels);
  if (node?.operation.op !== "affine" || node.operation.activation !== "linear") return undefined;
  const { terms, shift } = affineOf(node);
  return terms.reduce(
    (sum, term) => {
      const own =
        sumOfAffine({ operation, inputs: [term.image], output }, editor) ??
        editor.emit(operation, [term.image], output.shape);
      return combine(editor, "Add", sum, combine(editor, "Mul", own, term.scale));
    },
    combine(editor, "Mul", shift, pixels),
  );
}

/** `given` with what its images consist of in their stead; itself where nothing can be folded. */
function fold(editor: ProgramEditor, given: Affine): Affine {
  const parts = given.terms.map(({ image, scale }): Affine | undefined => {
    const inner = spreadVector(editor, image) ?? foldable(editor, image, given.terms.length);
    return (
      inner && {
        terms: inner.terms.map((term) => ({
          image: term.image,
          scale: combine(editor, "Mul", term.scale, scale),
        })),
        shift: combine(editor, "Mul", inner.shift, scale),
      }
    );
  });
  if (parts.every((part) => part === undefined)) return given;
  return {
    terms: parts.flatMap((part, i) => part?.terms ?? [given.terms[i]]),
    shift: parts.reduce(
      (sum, part) => (part ? combine(editor, "Add", sum, part.shift) : sum),
      given.shift,
    ),
  };
}

/** An image that is the same in all pixels. */
function spreadVector(editor: ProgramEditor, image: Value): Affine | undefined {
  if (editor.producer(image)?.operation.op !== "broadcast") return undefined;
  const shift = channelVector(editor, image, image.shape);
  return shift && { terms: [], shift };
}

/** The parts of an image that its one use may take over. */
function foldable(editor: ProgramEditor, image: Value, others: number): Affine | undefined {
  const node = editor.producer(image);
  if (node?.operation.op !== "affine" || node.operation.activation !== "linear") return undefined;
  const { terms, shift } = affineOf(node);
  const scalesOnly = terms.length === 1 && constantOf(shift) === 0;
  if (!scalesOnly && editor.uses(image) > 1) return undefined;
  return others + terms.length - 1 <= mostTerms ? { terms, shift } : undefined;
}

function scalingOf(editor: ProgramEditor, image: Value): Term | undefined {
  const affine = foldable(editor, image, 1);
  return affine?.terms.length === 1 && constantOf(affine.shift) === 0 ? affine.terms[0] : undefined;
}

function affineOf({ operation, inputs }: Node): Affine {
  if (operation.op !== "affine") throw new Error(`${operation.op} is not affine.`);
  const { terms } = operation;
  return {
    terms: inputs.slice(0, terms).map((image, i) => ({ image, scale: inputs[terms + i] })),
    shift: inputs[2 * terms],
  };
}

function emitAffine(
  editor: ProgramEditor,
  { terms, shift }: Affine,
  shape: readonly number[],
): Value {
  if (terms.length === 0) return editor.emit({ op: "broadcast" }, [shift], shape);
  const images = terms.map(({ image }) => image);
  const scales = terms.map(({ scale }) => scale);
  return editor.emit(
    { op: "affine", terms: terms.length, activation: "linear" },
    [...images, ...scales, shift],
    shape,
  );
}
