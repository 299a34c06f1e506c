/** A metric that cannot be read: from where, and why. The only error of its readers. */
export class MetricError extends Error {
  override readonly name = "MetricError";

  /**
   * @param origin the file, or what else was read
   * @param reason one clause, without a full stop
   * @param place such as "line 7" or "byte 12"; null where none can be named
   */
  constructor(
    readonly origin: string,
    readonly reason: string,
    readonly place: string | null = null,
    options?: ErrorOptions,
  ) {
    super(`${origin}: ${reason}${place === null ? "" : ` (at ${place})`}`, options);
  }
}
