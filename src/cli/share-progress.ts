import type { WriteStream } from "node:tty";

const quietMs = 1000;
const terminalIntervalMs = 100;
const plainIntervalMs = 5000;

/**
 * Shows how much of a task is done, once it has taken a second: one line that changes on a terminal, a line every five
 * seconds elsewhere.
 */
export class ShareProgress {
  private readonly started = Date.now();
  private shown = 0;
  private drawn = false;

  constructor(
    private readonly what: string,
    private readonly stream: Pick<WriteStream, "write" | "isTTY"> = process.stderr,
  ) {}

  readonly show = (done: number, total: number): void => {
    const now = Date.now();
    if (now - this.started < quietMs) return;
    if (now - this.shown < (this.stream.isTTY ? terminalIntervalMs : plainIntervalMs)) return;
    this.shown = now;
    this.drawn = true;
    const text = `${this.what}: ${Math.floor((100 * done) / Math.max(1, total))} %`;
    this.stream.write(this.stream.isTTY ? `\r${text}\x1b[K` : `${text}\n`);
  };

  end(): void {
    if (this.drawn && this.stream.isTTY) this.stream.write("\r\x1b[K");
  }
}
