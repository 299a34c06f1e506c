import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open";

/** The checkpoints that are open, by path. */
export class OpenCheckpoints {
  private readonly open = new Map<string, Promise<Checkpoint>>();

  /** The checkpoint at a path, opened at its first use. */
  get(path: string): Promise<Checkpoint> {
    let opening = this.open.get(path);
    if (!opening) {
      opening = openCheckpoint(path);
      this.open.set(path, opening);
      // What could not be opened is tried anew the next time.
      opening.catch(() => {
        if (this.open.get(path) === opening) this.open.delete(path);
      });
    }
    return opening;
  }

  /** Opens it anew, and only then closes what was open: where that fails, the old one stays. */
  async reopen(path: string): Promise<Checkpoint> {
    const before = this.open.get(path);
    const checkpoint = await openCheckpoint(path);
    this.open.set(path, Promise.resolve(checkpoint));
    await before?.then(
      (old) => old.close(),
      () => undefined,
    );
    return checkpoint;
  }
}
