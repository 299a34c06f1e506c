/** A checkpoint that cannot be read or written: which file, where in it, and why. The only error of its readers. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";

  /**
   * @param path the file
   * @param reason one clause, without a full stop
   * @param offset byte offset in the file where the trouble lies; null where no place can be named
   */
  constructor(
    readonly path: string,
    readonly reason: string,
    readonly offset: number | null = null,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${reason}${offset === null ? "" : ` (at byte ${offset})`}`, options);
  }
}
