// Movement from a to b of pieces of two tensors, in one pass: what ChangeSums holds (src/distance/change-sums.ts).
// The caller writes blocks into memory, calls `add` for each, then `finish`, and reads `results`.
import {
  decodeBFloat16,
  decodeFloat16,
  decodeFloat32ToFloat64,
  decodeFloat8E4M3,
  decodeFloat8E5M2,
} from "./decode";
import { addEqualFloat32, addFloat32 } from "./float32";
import { addFloat64 } from "./float64";
import {
  BINS,
  BIN_BYTES,
  BIN_COUNT,
  FREE,
  NARROW_A,
  NARROW_B,
  RESULTS,
  RUN,
  SUMS,
  SUM_COUNT,
  WIDE_A,
  WIDE_B,
} from "./layout";
import * as state from "./state";

// Numbers of element types, known to src/distance/kernels/kernel.ts too.
const FLOAT64: u32 = 0;
const FLOAT32: u32 = 1;
const BFLOAT16: u32 = 2;
const FLOAT16: u32 = 3;
const FLOAT8_E4M3: u32 = 4;
const FLOAT8_E5M2: u32 = 5;

/** Starts a piece. */
export function start(): void {
  state.clear();
}

/** Adds a block: `length` elements at a and b, with 16 bytes to spare behind each. */
export function add(a: usize, b: usize, length: u32, typeA: u32, typeB: u32): void {
  const bytesA = bytesOf(typeA);
  const bytesB = bytesOf(typeB);
  for (let done: u32 = 0; done < length; done += RUN) {
    const count = min<u32>(RUN, length - done);
    addRun(a + <usize>(done * bytesA), b + <usize>(done * bytesB), count, typeA, typeB);
    state.addSeen(<f64>count);
  }
}

function addRun(a: usize, b: usize, length: u32, typeA: u32, typeB: u32): void {
  if (typeA == FLOAT64 || typeB == FLOAT64) {
    const x = float64(a, length, typeA, NARROW_A, WIDE_A);
    addFloat64(x, float64(b, length, typeB, NARROW_B, WIDE_B), length);
    return;
  }
  const same = typeA == typeB && equal(a, b, <usize>length * bytesOf(typeA));
  const x = float32(a, length, typeA, NARROW_A);
  const rest: u32 = (4 - (length & 3)) & 3;
  const end = (<usize>length) << 2;
  for (let i: u32 = 0; i < rest; i++) store<f32>(x + end + ((<usize>i) << 2), 0);
  if (same && addEqualFloat32(x, length)) return;
  const y = float32(b, length, typeB, NARROW_B);
  for (let i: u32 = 0; i < rest; i++) store<f32>(y + end + ((<usize>i) << 2), 0);
  state.addPadding(rest);
  addFloat32(x, y, length);
}

/** Where a run is as float32: where it is, or decoded to `scratch`. */
function float32(from: usize, length: u32, type: u32, scratch: usize): usize {
  switch (type) {
    case BFLOAT16:
      decodeBFloat16(from, scratch, length);
      return scratch;
    case FLOAT16:
      decodeFloat16(from, scratch, length);
      return scratch;
    case FLOAT8_E4M3:
      decodeFloat8E4M3(from, scratch, length);
      return scratch;
    case FLOAT8_E5M2:
      decodeFloat8E5M2(from, scratch, length);
      return scratch;
    default:
      return from;
  }
}

function float64(from: usize, length: u32, type: u32, scratch: usize, wide: usize): usize {
  if (type == FLOAT64) return from;
  decodeFloat32ToFloat64(float32(from, length, type, scratch), wide, length);
  return wide;
}

/** Whether bytes are equal; a last piece of less than eight counts as unequal. */
function equal(a: usize, b: usize, bytes: usize): bool {
  if (bytes & 7) return false;
  for (const end = a + bytes; a < end; a += 8, b += 8)
    if (load<u64>(a) != load<u64>(b)) return false;
  return true;
}

function bytesOf(type: u32): u32 {
  if (type == FLOAT64) return 8;
  if (type == FLOAT32) return 4;
  return type <= FLOAT16 ? 2 : 1;
}

/**
 * Ends a piece.
 * @returns where eight float64 are: sums of squared differences, squares of a, squares of b, and products; elements not
 *   finite, and unchanged; the largest change and its index, -1 where nothing changed
 */
export function finish(): usize {
  for (let which: u32 = 0; which < SUM_COUNT; which++) {
    const at = SUMS + ((<usize>which) << 4);
    const sum = load<f64>(at);
    store<f64>(RESULTS + ((<usize>which) << 3), isFinite(sum) ? sum + load<f64>(at, 8) : sum);
  }
  for (let bin: usize = 0; bin < BIN_COUNT; bin++) {
    const counts = v128.load(BINS + bin * BIN_BYTES);
    const total =
      i32x4.extract_lane(counts, 0) +
      i32x4.extract_lane(counts, 1) +
      i32x4.extract_lane(counts, 2) +
      i32x4.extract_lane(counts, 3);
    store<u32>(BINS + (bin << 2), total);
  }
  // Changes of 0 and -0; all others are normal numbers or counted as such.
  const zeros = load<u32>(BINS) + load<u32>(BINS + (BIN_COUNT << 1)) - state.padding;
  store<f64>(RESULTS, state.nonFinite, 32);
  store<f64>(RESULTS, <f64>zeros, 40);
  store<f64>(RESULTS, state.max, 48);
  store<f64>(RESULTS, state.maxIndex, 56);
  return RESULTS;
}

/** Where counts of uint32 are after `finish`, by sign and exponent of the change in float64. */
export function binsAt(): usize {
  return BINS;
}

/** Where free memory begins. */
export function freeAt(): usize {
  return FREE;
}
