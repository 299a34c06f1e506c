/** What the checkpoint editor's page and its host say to each other: snapshots and actions here, calls as RPC. */
import type { Failure } from "./rpc";

/** As src/checkpoint names roles; a string here so that a newer format's role still shows. */
export type TensorRole = "weight" | "buffer" | "average" | "optimizer" | "other";

/** A tensor as the table shows it. */
export interface ListedTensor {
  readonly name: string;
  /** Container that holds it in a file with more than weights; absent where the name is the whole path. */
  readonly part?: string;
  readonly role: TensorRole;
  readonly dtype: string;
  /** Row-major; empty for a scalar. */
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly parameters: number;
  /** Stored bytes; null where they cannot be told from type and shape. */
  readonly bytes: number | null;
  /** "opaque" values cannot be read. */
  readonly kind: "float" | "integer" | "opaque";
}

/** What is in a checkpoint, without its values. */
export interface CheckpointListing {
  /** Such as "safetensors". */
  readonly format: string;
  /** Bytes of the opened file; null where a directory was opened. */
  readonly fileBytes: number | null;
  readonly tensors: readonly ListedTensor[];
  readonly metadata: readonly (readonly [key: string, value: string])[];
}

/** What the editor shows: all of it, each time. */
export interface CheckpointView {
  readonly name: string;
  /** Path for a tooltip. */
  readonly path: string;
  /** Null until it was read, and where it never could be. */
  readonly listing: CheckpointListing | null;
  /** Grows with each successful reading of the file; what was read before is stale. */
  readonly revision: number;
  /** Why the latest reading failed; beside a listing: the file changed and cannot be read now. */
  readonly failure: Failure | null;
}

/**
 * A two-dimensional slice of a tensor. Rows run along one axis and columns along another; every other axis stands at
 * an index. A null axis has length 1 (tensors of rank 0 and 1).
 */
export interface Slice {
  readonly rowAxis: number | null;
  readonly columnAxis: number | null;
  /** An index for each axis; those of the two axes are not used. */
  readonly at: readonly number[];
}

/** A rectangle of a slice: from row and column, so many of each. */
export interface Rectangle {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

export interface TensorRequest {
  readonly tensor: string;
}

export interface ValuesRequest extends TensorRequest {
  readonly slice: Slice;
  /** Of at most MAX_VALUES elements. */
  readonly rectangle: Rectangle;
}

/** More are not read at once as numbers. */
export const MAX_VALUES = 1 << 20;

/** Row-major values of a rectangle, exact. */
export interface ValuesBlock {
  readonly values: Float64Array | BigInt64Array | BigUint64Array;
}

/** How a pixel sums up the elements under it: their mean, or the one that is farthest from zero. */
export type Reduction = "mean" | "extreme";

export interface PictureRequest extends TensorRequest {
  readonly slice: Slice;
  readonly rectangle: Rectangle;
  /** Pixels; never more than the rectangle's rows and columns. */
  readonly width: number;
  readonly height: number;
  readonly reduction: Reduction;
}

/** A rectangle reduced to pixels. */
export interface Picture {
  /** Row-major, height by width; NaN where an element under the pixel is NaN or infinite. */
  readonly pixels: Float32Array;
  /** Share of the rectangle's elements that were read: below 1, lines were left out evenly. */
  readonly sampled: number;
}

/** Norms and the distribution of a tensor's values, over its finite elements. */
export interface TensorFigures {
  readonly elements: number;
  /** Infinite or NaN. */
  readonly nonFinite: number;
  readonly zeros: number;
  /** The rest are null where no element is finite, or the squares overflow. */
  readonly l2: number | null;
  readonly rms: number | null;
  readonly mean: number | null;
  /** Over all elements (divided by n). */
  readonly std: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Counts of equal intervals from min to max. */
  readonly histogram: Float64Array;
}

/** What the page asks its host for. */
export interface TensorApi {
  figures(request: TensorRequest): TensorFigures;
  values(request: ValuesRequest): ValuesBlock;
  picture(request: PictureRequest): Picture;
}

export type ToCheckpointEditor = { readonly type: "view"; readonly view: CheckpointView };

export type FromCheckpointEditor =
  | { readonly type: "ready" }
  | { readonly type: "action"; readonly action: CheckpointAction }
  | { readonly type: "copy"; readonly text: string };

export type CheckpointAction = "retry" | "reopenText" | "reopenWith";
