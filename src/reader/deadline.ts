/** Calls back once when nobody has extended it for a while. */
export class Deadline {
  private timer: NodeJS.Timeout;

  /**
   * @param milliseconds from now, and from each `extend`
   */
  constructor(
    private readonly milliseconds: number,
    private readonly passed: () => void,
  ) {
    this.timer = setTimeout(passed, milliseconds);
  }

  extend(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.passed, this.milliseconds);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
