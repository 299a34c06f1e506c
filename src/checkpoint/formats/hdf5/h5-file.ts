import type { ByteSource } from "../../byte-source";
import { CheckpointError } from "../../error";
import { H5Cursor } from "./cursor";

const PAGE = 1 << 14;
const PAGES = 256;

/**
 * An HDF5 file within a file: structures read by address. All reading of structures together is limited to a multiple
 * of the file's size, so that links which lead in circles or to one place many times end in an error.
 */
export class H5File {
  offsetBytes = 8;
  lengthBytes = 8;
  private budget: number;
  private readonly pages = new Map<number, Uint8Array>();

  /**
   * @param start where the HDF5 file begins in `source`
   * @param size its bytes
   */
  constructor(
    readonly source: ByteSource,
    readonly start: number,
    readonly size: number,
  ) {
    this.budget = 16 * size + (1 << 24);
  }

  /** @throws CheckpointError with the place in the outer file */
  fail(reason: string, address: number | null = null): never {
    const offset = address === null ? null : this.start + Math.min(address, this.size);
    throw new CheckpointError(this.source.path, `HDF5: ${reason}`, offset);
  }

  /** Checks that a range of the file lies in it, and gives its place in the outer file. */
  place(address: number, length: number): number {
    if (!(address >= 0 && length >= 0 && address + length <= this.size))
      this.fail(`bytes ${address} to ${address + length} of ${this.size} are needed`, address);
    return this.start + address;
  }

  /** A structure of a known size. */
  async cursor(address: number, length: number): Promise<H5Cursor> {
    return this.wrap(await this.structure(address, length), address);
  }

  /** Bytes that were read already, from `address` or thereabouts. */
  wrap(bytes: Uint8Array, address: number): H5Cursor {
    return new H5Cursor(bytes, this.offsetBytes, this.lengthBytes, (reason, offset) =>
      this.fail(reason, address + offset),
    );
  }

  /** Bytes of a structure, through a cache: structures are small and lie together. */
  async structure(address: number, length: number): Promise<Uint8Array> {
    this.place(address, length);
    this.budget -= length + 16;
    if (this.budget < 0) this.fail("its structures refer to one another without end", address);
    const bytes = new Uint8Array(length);
    if (length > PAGE) {
      await this.source.read(bytes, this.start + address);
      return bytes;
    }
    for (let page = Math.floor(address / PAGE); page * PAGE < address + length; page++) {
      const content = await this.page(page);
      const from = Math.max(address, page * PAGE);
      const to = Math.min(address + length, (page + 1) * PAGE);
      bytes.set(content.subarray(from - page * PAGE, to - page * PAGE), from - address);
    }
    return bytes;
  }

  private async page(index: number): Promise<Uint8Array> {
    const known = this.pages.get(index);
    if (known) return known;
    const bytes = new Uint8Array(Math.min(PAGE, this.size - index * PAGE));
    await this.source.read(bytes, this.start + index * PAGE);
    if (this.pages.size >= PAGES) this.pages.clear();
    this.pages.set(index, bytes);
    return bytes;
  }
}
