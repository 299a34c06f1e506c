import type { FloatArray } from "../checkpoint/checkpoint";
import { kernelBytes } from "./kernels/kernel-bytes";

/** The functions of kernels/assembly/index.ts that this uses; arrays are addresses. */
interface Kernel {
  readonly placeFloat32: PlaceSlice;
  readonly placeFloat64: PlaceSlice;
}
type PlaceSlice = (values: number, origin: number, into: number, length: number) => number;

interface Size {
  readonly rows: number;
  /** At most. */
  readonly columns: number;
  /** Rows that are read at the same time. */
  readonly readers: number;
  /** Whether as float64. */
  readonly wide: boolean;
}

/** Neighbouring rows. */
export interface Panel {
  readonly from: number;
  readonly rows: number;
}

const PAGE = 0x10000;

/**
 * Where a stretch of many rows is read, moved to an origin and multiplied: one memory that files, the kernel and ONNX
 * Runtime work on.
 */
export class StretchMemory {
  /** What the rows are measured from. */
  readonly origin: Float64Array;
  /** One for each reader. */
  readonly read: readonly FloatArray[];
  private readonly block: Float32Array;
  private readonly placeSlice: PlaceSlice;

  /** @throws RangeError where there is no room for so much; CompileError on a processor without vector instructions */
  constructor({ rows, columns, readers, wide }: Size) {
    const width = Math.ceil(columns / 8) * 8;
    const bytes = 8 * width + readers * (wide ? 8 : 4) * width + 4 * rows * width;
    const pages = Math.ceil(bytes / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const module = new WebAssembly.Module(Buffer.from(kernelBytes, "base64"));
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const kernel = exports as Kernel;
    this.placeSlice = wide ? kernel.placeFloat64 : kernel.placeFloat32;
    const { buffer } = memory;
    this.origin = new Float64Array(buffer, 0, width);
    const Values = wide ? Float64Array : Float32Array;
    let at = this.origin.byteLength;
    this.read = Array.from({ length: readers }, () => {
      const values = new Values(buffer, at, width);
      at += values.byteLength;
      return values;
    });
    this.block = new Float32Array(buffer, at);
  }

  /** A panel of the stretch in slices of k, [slices, rows, k]. */
  panel({ from, rows }: Panel, slices: number, k: number): Float32Array {
    return this.block.subarray(from * slices * k, (from + rows) * slices * k);
  }

  /**
   * Writes a row less the origin into its panel, rounded to float32, the end of the last slice filled with zeros.
   * @param values in `read`
   * @returns the squared norm of what was not yet rounded
   */
  place(values: FloatArray, row: number, panel: Panel, k: number): number {
    const slices = Math.ceil(values.length / k);
    const panelled = this.panel(panel, slices, k);
    let square = 0;
    for (let slice = 0; slice < slices; slice++) {
      const start = slice * k;
      const length = Math.min(k, values.length - start);
      const at = (slice * panel.rows + row - panel.from) * k;
      square += this.placeSlice(
        values.byteOffset + start * values.BYTES_PER_ELEMENT,
        this.origin.byteOffset + start * this.origin.BYTES_PER_ELEMENT,
        panelled.byteOffset + at * panelled.BYTES_PER_ELEMENT,
        length,
      );
      if (length < k) panelled.fill(0, at + length, at + k);
    }
    return square;
  }
}
