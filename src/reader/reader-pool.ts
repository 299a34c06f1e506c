import { ReaderClient, type ReaderOptions } from "./reader-client";

/** A reader that is shared with whoever leased it under the same key. */
export interface ReaderLease {
  readonly client: ReaderClient;
  /** Gives it back; the last to do so ends it after a grace time. */
  dispose(): void;
}

interface Entry {
  readonly client: ReaderClient;
  leases: number;
  timer: NodeJS.Timeout | null;
}

/** Milliseconds that a reader outlives its last lease: a tab that is closed and opened again finds it warm. */
const GRACE = 5000;

/** Readers by key, such as a checkpoint's path: one worker for each document, shared by its editors. */
export class ReaderPool {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly options: ReaderOptions = {},
    private readonly grace = GRACE,
  ) {}

  lease(key: string): ReaderLease {
    let entry = this.entries.get(key);
    if (!entry) {
      entry = { client: new ReaderClient(this.options), leases: 0, timer: null };
      this.entries.set(key, entry);
    }
    const held = entry;
    held.leases++;
    if (held.timer) clearTimeout(held.timer);
    held.timer = null;
    let given = false;
    return {
      client: held.client,
      dispose: () => {
        if (given) return;
        given = true;
        if (--held.leases === 0)
          held.timer = setTimeout(() => {
            this.end(key);
          }, this.grace);
      },
    };
  }

  /** Ends every reader. */
  dispose(): void {
    for (const key of [...this.entries.keys()]) this.end(key);
  }

  private end(key: string): void {
    const entry = this.entries.get(key);
    this.entries.delete(key);
    if (entry?.timer) clearTimeout(entry.timer);
    entry?.client.dispose();
  }
}
