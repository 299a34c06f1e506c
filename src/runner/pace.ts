/** Share of the time that may go into writing derived files. */
const share = 0.05;

/**
 * Spaces out work whose cost grows with an experiment, such as writing all results anew: one after the other, at
 * least an interval apart, and so that it takes no more than a twentieth of the time.
 */
export class Pace {
  private timer: NodeJS.Timeout | null = null;
  private working: Promise<void> = Promise.resolve();
  private restMs = 0;

  constructor(
    private readonly intervalMs: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** The work is due, soon. */
  due(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = null;
        void this.now();
      },
      Math.max(this.intervalMs, this.restMs),
    );
  }

  /** Does it at once, after what is under way. What it throws is forgotten: the next time may do better. */
  now(): Promise<void> {
    this.working = this.working.then(async () => {
      const start = performance.now();
      await this.work().catch(() => undefined);
      this.restMs = (performance.now() - start) * (1 / share - 1);
    });
    return this.working;
  }

  /** Nothing more is due; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.working;
  }
}
