import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { ByteSource } from "./byte-source";
import { CheckpointError } from "./error";

const open = promisify(fs.open);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);

/** Idle files that stay open in any case. A map reads thousands of files in turn, again and again. */
const FEW_IDLE = 64;
/** And at most, where the system lets a process open four times as many. */
const MOST_IDLE = 4096;
/** Open files that nothing reads at the moment, the longest idle first. */
const idle = new Set<RangeFile>();

/** A file read by byte ranges. Its descriptor is closed when many others are in use, and reopened when needed. */
export class RangeFile implements ByteSource {
  private descriptor: Promise<number> | null = null;
  private readers = 0;
  private identity: string | null = null;
  private length = 0;

  constructor(readonly path: string) {}

  get diskFile(): string {
    return path.resolve(this.path);
  }

  /** Size in bytes. Opens the file. */
  async size(): Promise<number> {
    await this.withDescriptor(() => Promise.resolve());
    return this.length;
  }

  /**
   * Fills `into` with the bytes from `position` on.
   * @throws CheckpointError where the file cannot be read, is too short, or is no longer the one first opened
   */
  async read(into: Uint8Array, position: number): Promise<void> {
    if (into.length === 0) return;
    await this.withDescriptor(async (descriptor) => {
      for (let done = 0; done < into.length;) {
        const count = await readOnce(descriptor, into, done, position + done);
        if (count === 0)
          throw new CheckpointError(this.path, "the file ends early", position + done);
        done += count;
      }
    });
  }

  async close(): Promise<void> {
    idle.delete(this);
    const descriptor = this.descriptor;
    this.descriptor = null;
    if (descriptor) await close(await descriptor).catch(() => undefined);
  }

  private async withDescriptor<T>(use: (descriptor: number) => Promise<T>): Promise<T> {
    this.readers++;
    idle.delete(this);
    try {
      this.descriptor ??= this.openSame();
      return await use(await this.descriptor);
    } catch (error) {
      if (error instanceof CheckpointError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new CheckpointError(this.path, `cannot be read: ${reason}`, null, { cause: error });
    } finally {
      this.readers--;
      if (this.readers === 0 && this.descriptor) {
        idle.add(this);
        for (const file of idle) {
          if (idle.size <= FEW_IDLE || idle.size <= mostIdle()) break;
          void file.close();
        }
      }
    }
  }

  private async openSame(): Promise<number> {
    let descriptor: number;
    try {
      descriptor = await open(this.path, "r");
    } catch (error) {
      this.descriptor = null;
      throw error;
    }
    const stat = await fstat(descriptor);
    const identity = `${stat.dev}/${stat.ino}/${stat.size}/${stat.mtimeMs}`;
    this.identity ??= identity;
    this.length = stat.size;
    const trouble = !stat.isFile()
      ? "not a regular file"
      : identity !== this.identity
        ? "the file changed while it was being read"
        : null;
    if (trouble === null) return descriptor;
    this.descriptor = null;
    await close(descriptor);
    throw new CheckpointError(this.path, trouble);
  }
}

let most: number | null = null;

/** A quarter of what this process may open, looked up once. */
function mostIdle(): number {
  return (most ??= Math.max(FEW_IDLE, Math.min(MOST_IDLE, Math.floor(openFileLimit() / 4))));
}

/** Node raises it to the hard limit as it starts. 0 where the system has none to tell, as Windows. */
function openFileLimit(): number {
  const report: NodeJS.ProcessReport & { excludeNetwork?: boolean } = process.report;
  const { excludeNetwork = false } = report;
  // Names of interfaces would be looked up.
  report.excludeNetwork = true;
  const told = report.getReport() as { userLimits?: { open_files?: { soft: number | string } } };
  report.excludeNetwork = excludeNetwork;
  const limit = told.userLimits?.open_files?.soft;
  return limit === "unlimited" ? Infinity : Number(limit ?? 0);
}

function readOnce(
  descriptor: number,
  into: Uint8Array,
  offset: number,
  position: number,
): Promise<number> {
  // Some systems refuse single reads of 2 GiB and more.
  const length = Math.min(into.length - offset, 1 << 30);
  return new Promise((resolve, reject) => {
    fs.read(descriptor, into, offset, length, position, (error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}
