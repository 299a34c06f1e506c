import { closeSync, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { CheckpointError } from "../../checkpoint/error";
import type { ReadBytes } from "./kernel";

/** What tells a file from one that was written in its place. */
export function fileIdentity(file: string): string {
  try {
    return identityOf(statSync(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function identityOf({ dev, ino, size, mtimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs].join("/");
}

/** Files read by ranges, in this thread, into memory that is there. Each stays open until `close`. */
export class FileReader {
  private readonly descriptors = new Map<string, number>();

  /** @param identities of each file that will be read */
  constructor(private readonly identities: ReadonlyMap<string, string>) {}

  /** @throws CheckpointError where a file cannot be read, is too short, or is no longer the one that was opened first */
  readonly read: ReadBytes = ({ file }, position, into) => {
    const descriptor = this.descriptors.get(file) ?? this.open(file);
    for (let done = 0; done < into.length;) {
      const count = readSomeOf(file, descriptor, into, done, position + done);
      if (count === 0) throw new CheckpointError(file, "the file ends early", position + done);
      done += count;
    }
  };

  /** @throws CheckpointError where a file was written to meanwhile */
  check(): void {
    for (const [file, descriptor] of this.descriptors)
      if (identityOf(fstatSync(descriptor)) !== this.identities.get(file))
        throw changedMeanwhile(file);
  }

  close(): void {
    for (const descriptor of this.descriptors.values()) closeSync(descriptor);
    this.descriptors.clear();
  }

  private open(file: string): number {
    try {
      const descriptor = openSync(file, "r");
      this.descriptors.set(file, descriptor);
      if (identityOf(fstatSync(descriptor)) === this.identities.get(file)) return descriptor;
    } catch (error) {
      throw unreadable(file, error);
    }
    throw changedMeanwhile(file);
  }
}

function readSomeOf(
  file: string,
  descriptor: number,
  into: Uint8Array,
  offset: number,
  position: number,
): number {
  try {
    return readSync(descriptor, into, offset, into.length - offset, position);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function changedMeanwhile(file: string): CheckpointError {
  return new CheckpointError(file, "the file changed while it was being read");
}

function unreadable(file: string, cause: unknown): CheckpointError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CheckpointError(file, `cannot be read: ${reason}`, null, { cause });
}
