import type { Checkpoint, TensorInfo } from "../../checkpoint/checkpoint";
import { elementBytes, type DType } from "../../checkpoint/dtype";
import type { TensorPair } from "../match-tensors";

/** Numbers of the element types that the kernel decodes; kernels/assembly/index.ts knows them too. */
const kernelTypes: Partial<Record<DType, number>> = {
  F64: 0,
  F32: 1,
  BF16: 2,
  F16: 3,
  F8_E4M3: 4,
  F8_E5M2: 5,
};

/** Elements of a piece; a tensor's last may be shorter. Fixed, so that sums do not depend on the number of workers. */
export const PIECE = 1 << 22;

/** Where one side's elements lie. */
export interface PieceSide {
  readonly file: string;
  /** Bytes from the file's beginning. */
  readonly offset: number;
  /** The kernel's number of the element type. */
  readonly type: number;
  /** Bytes of an element. */
  readonly width: number;
}

/** Part of a pair of tensors that one worker goes over at a time. */
export interface Piece {
  /** Which pair it belongs to. */
  readonly pair: number;
  /** Number of elements. */
  readonly length: number;
  readonly a: PieceSide;
  readonly b: PieceSide;
}

/** The pieces of a pair of tensors whose bytes lie as they are in both files; null where they do not. */
export function piecesOf(
  a: Checkpoint,
  b: Checkpoint,
  pair: TensorPair,
  index: number,
): Piece[] | null {
  const sides = [side(a, pair.a), side(b, pair.b)];
  const [left, right] = sides;
  if (!left || !right) return null;
  const pieces: Piece[] = [];
  const { parameters } = pair.a;
  for (let start = 0; start < parameters; start += PIECE)
    pieces.push({
      pair: index,
      length: Math.min(PIECE, parameters - start),
      a: { ...left, offset: left.offset + start * left.width },
      b: { ...right, offset: right.offset + start * right.width },
    });
  return pieces;
}

function side(checkpoint: Checkpoint, tensor: TensorInfo): PieceSide | null {
  const type = kernelTypes[tensor.dtype];
  const range = type === undefined ? null : checkpoint.raw(tensor);
  return type === undefined || !range
    ? null
    : { ...range, type, width: elementBytes(tensor.dtype) };
}
