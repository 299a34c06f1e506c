/** A failure that would befall every further run too: no room is left, or no more is allowed. */
export class DiskFullError extends Error {
  constructor(root: string) {
    super(
      `No room is left on the disk of ${root}. Make some and run it again: it goes on from here.`,
    );
  }
}

/** Whether the operating system's error code says that there is no room. */
export function isDiskFull(code: string | null | undefined): boolean {
  return code === "ENOSPC" || code === "EDQUOT";
}
