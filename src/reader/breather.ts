import { setImmediate } from "node:timers/promises";

/** Milliseconds of work between two looks at what has arrived meanwhile. */
const STINT = 10;

/** Lets a long computation hear that it is cancelled: without pauses its thread takes no messages. */
export class Breather {
  private last = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /**
   * Cheap to await often.
   * @throws the signal's reason where it is aborted
   */
  async breathe(): Promise<void> {
    this.signal.throwIfAborted();
    if (performance.now() - this.last < STINT) return;
    await setImmediate();
    this.last = performance.now();
    this.signal.throwIfAborted();
  }
}
