import type { StoredChecksum } from "./checksum";
import type { DType } from "./dtype";

/**
 * What a tensor is to the network that the checkpoint holds: a weight that training changes; a buffer, which changes
 * without a gradient (batch norm's running statistics); a weight's moving average; an optimizer's state; or anything
 * else (save counters, tables). A format that does not tell calls everything a weight.
 */
export type TensorRole = "weight" | "buffer" | "average" | "optimizer" | "other";

/** A named tensor in a checkpoint, without its values. */
export interface TensorInfo {
  readonly name: string;
  /**
   * Dotted path of the container that holds the weights of a file with more than weights, such as "state_dict";
   * not part of the name, so that the same network's checkpoints match. Absent where the name is the whole path.
   */
  readonly part?: string;
  readonly role: TensorRole;
  readonly dtype: DType;
  /** Row-major; empty for a scalar. */
  readonly shape: readonly number[];
  /** Number of elements, the product of the shape; a safe integer. */
  readonly parameters: number;
}

/** A tensor, or what may be one, that a file holds but whose values are not read. */
export interface UnreadableTensor {
  readonly name: string;
  /** One clause without a subject, such as "is compressed by szip, which is not read". */
  readonly reason: string;
}

/** Where a tensor's elements lie as they are: little-endian, row-major, one after the other. */
export interface RawRange {
  /** Absolute path of the file. */
  readonly file: string;
  /** Byte offset of the first element; the range was checked to lie in the file. */
  readonly offset: number;
}

/** Where decoded values go. */
export type FloatArray = Float32Array | Float64Array;

/** Values of a range for display: exact, as 64-bit integers are in the last two. */
export type NumberArray = Float64Array | BigInt64Array | BigUint64Array;

/**
 * An open checkpoint: tensors by name, values by ranges, so that memory does not grow with the file.
 * Each format is one implementation, in its own file under formats/.
 */
export interface Checkpoint {
  readonly path: string;
  /** Such as "safetensors". */
  readonly format: string;
  /** In the order of their data in the file. */
  readonly tensors: readonly TensorInfo[];
  /** What else is in it, with the reasons: named wherever tensors are listed, so that none is silently missing. */
  readonly unreadable: readonly UnreadableTensor[];
  /** Checksums that the files store of tensors' bytes; reading values does not check them. */
  checksums(): Promise<readonly StoredChecksum[]>;
  /** Free text that the file carries about itself. */
  readonly metadata: ReadonlyMap<string, string>;

  /** The tensor of this name, if there is one. */
  tensor(name: string): TensorInfo | undefined;

  /**
   * Decodes elements `start` to `start + into.length` of a float tensor, quantised ones too, in row-major order.
   * Every float type but F64 is exact in a Float32Array.
   * @throws RangeError for a tensor that is not of this checkpoint, not float, or a range outside it
   * @throws CheckpointError where the file cannot be read or has changed since it was opened
   */
  readFloats(tensor: TensorInfo, start: number, into: FloatArray): Promise<void>;

  /**
   * Elements `start` to `start + count` of a float or integer tensor as numbers, to show them: I64 and U64 as bigints,
   * all others in a Float64Array, BOOL as 0 and 1.
   * @throws RangeError as readFloats, and for types whose values are not read
   * @throws CheckpointError as readFloats
   */
  readNumbers(tensor: TensorInfo, start: number, count: number): Promise<NumberArray>;

  /**
   * Where the elements can be read without decoding but for their dtype, by whoever opens the file itself; null where
   * they are compressed, quantised, strided, big-endian or spread over several places.
   */
  raw(tensor: TensorInfo): RawRange | null;

  close(): Promise<void>;
}
