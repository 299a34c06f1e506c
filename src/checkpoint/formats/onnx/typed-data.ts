import type { FileFields } from "../protobuf/file-fields";
import { readVarint, type WireField } from "../protobuf/wire";

/** Elements in one packed field, or in unpacked fields that follow one another. */
interface Run {
  /** Index of its first element. */
  readonly first: number;
  count: number;
  /** Offset of the first element, or of the first tag. */
  readonly start: number;
  end: number;
  /** Bytes of tag before each element. */
  readonly tag: 0 | 1;
  /** Of varints: offsets of every `MARK_EVERY`th element, so that a range is found without a walk from the start. */
  readonly marks: number[];
}

const MARK_EVERY = 1 << 16;
const BLOCK = 1 << 16;
/** Writers make one run; a hostile file would make millions. */
const MAX_RUNS = 4096;
const bytesByWire = { 0: 0, 1: 8, 5: 4 } as const;

/**
 * The elements of one of TensorProto's typed fields (float_data, int32_data ...), packed or not, left in the file:
 * only where their runs begin is kept.
 */
export class TypedData {
  count = 0;
  private readonly runs: Run[] = [];

  /** @param wire how the field's elements are written where they are not packed */
  constructor(
    private readonly fields: FileFields,
    private readonly wire: 0 | 1 | 5,
  ) {}

  /** Notes one field of this number, whose tag lies at `at`. */
  async add(field: WireField, at: number): Promise<void> {
    if (field.wire === 2) await this.addPacked(field);
    else if (field.wire === this.wire && field.start - at === 1) this.addTagged(field, at);
    else this.fields.fail("typed data of another wire type or with a padded tag", at);
    if (this.runs.length > MAX_RUNS)
      this.fields.fail(`typed data in more than ${MAX_RUNS} pieces`, at);
  }

  /** Offset of the elements where they lie plain, one after the other; null where they do not. */
  plain(): number | null {
    const [run] = this.runs;
    return this.runs.length === 1 && run.tag === 0 && this.wire !== 0 ? run.start : null;
  }

  /** Writes the low `width` bytes of elements from `start` on, little-endian, as many as `into` has room for. */
  async read(start: number, width: number, into: Uint8Array): Promise<void> {
    const end = start + into.length / width;
    for (const run of this.runs) {
      const from = Math.max(start, run.first);
      const to = Math.min(end, run.first + run.count);
      if (from >= to) continue;
      const part = into.subarray((from - start) * width, (to - start) * width);
      if (this.wire === 0) await this.readVarints(run, from - run.first, width, part);
      else await this.readFixed(run, from - run.first, width, part);
    }
  }

  private async addPacked({ start, end }: WireField): Promise<void> {
    const bytes = end - start;
    const run: Run = { first: this.count, count: 0, start, end, tag: 0, marks: [] };
    if (this.wire === 0) await this.countVarints(run);
    else {
      run.count = bytes / bytesByWire[this.wire];
      if (!Number.isInteger(run.count)) this.fields.fail("packed data of a broken length", start);
    }
    this.count += run.count;
    if (run.count > 0) this.runs.push(run);
  }

  private addTagged({ end }: WireField, at: number): void {
    let run = this.runs.at(-1);
    if (run?.tag !== 1 || run.end !== at) {
      run = { first: this.count, count: 0, start: at, end, tag: 1, marks: [] };
      this.runs.push(run);
    }
    if (this.wire === 0 && run.count % MARK_EVERY === 0) run.marks.push(at);
    run.count++;
    run.end = end;
    this.count++;
  }

  private async countVarints(run: Run): Promise<void> {
    let begin = run.start;
    for (let at = run.start; at < run.end; at += BLOCK) {
      const bytes = new Uint8Array(Math.min(BLOCK, run.end - at));
      await this.fields.file.read(bytes, at);
      for (let i = 0; i < bytes.length; i++) {
        if (bytes[i] >= 0x80) continue;
        if (run.count % MARK_EVERY === 0) run.marks.push(begin);
        run.count++;
        begin = at + i + 1;
      }
    }
    if (begin !== run.end) this.fields.fail("packed data end within a number", begin);
  }

  private async readFixed(run: Run, index: number, width: number, into: Uint8Array): Promise<void> {
    const size = bytesByWire[this.wire];
    const stride = run.tag + size;
    if (run.tag === 0 && width === size) {
      await this.fields.file.read(into, run.start + index * size);
      return;
    }
    const perBlock = Math.floor(BLOCK / stride);
    for (let done = 0; done < into.length / width; done += perBlock) {
      const count = Math.min(perBlock, into.length / width - done);
      const bytes = new Uint8Array(count * stride);
      await this.fields.file.read(bytes, run.start + (index + done) * stride);
      for (let i = 0; i < count; i++) {
        const at = i * stride + run.tag;
        into.set(bytes.subarray(at, at + width), (done + i) * width);
      }
    }
  }

  private async readVarints(
    run: Run,
    index: number,
    width: number,
    into: Uint8Array,
  ): Promise<void> {
    let at = run.marks[Math.floor(index / MARK_EVERY)];
    let skip = index % MARK_EVERY;
    const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
    for (let done = 0; done < into.length;) {
      const bytes = new Uint8Array(Math.min(BLOCK, run.end - at));
      await this.fields.file.read(bytes, at);
      let next = 0;
      while (done < into.length) {
        const varint = readVarint(bytes, next + run.tag);
        if (!varint) break;
        next = varint.next;
        if (skip > 0) skip--;
        else {
          writeLow(view, done, width, varint.low, varint.high);
          done += width;
        }
      }
      if (next === 0) this.fields.fail("a number of more than ten bytes", at);
      at += next;
    }
  }
}

function writeLow(view: DataView, at: number, width: number, low: number, high: number): void {
  if (width === 1) view.setUint8(at, low);
  else if (width === 2) view.setUint16(at, low, true);
  else {
    view.setUint32(at, low, true);
    if (width === 8) view.setUint32(at + 4, high, true);
  }
}
