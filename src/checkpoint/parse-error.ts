/** Trouble at a place in bytes; the reader that knows the file turns it into its own error. */
export class ParseError extends Error {
  /**
   * @param reason one clause, without a full stop
   * @param offset into the bytes
   * @param early whether the bytes ended before what they hold did, so that more might help
   */
  constructor(
    readonly reason: string,
    readonly offset: number,
    readonly early = false,
  ) {
    super(reason);
  }
}
