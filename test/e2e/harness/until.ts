import { setTimeout as sleep } from "node:timers/promises";

/** Waits until something holds. `what` says it as a sentence, for the message where it never does. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  timeout = 20_000,
): Promise<void> {
  const deadline = Date.now() + timeout;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not so after ${timeout} ms: ${what}.`);
    await sleep(50);
  }
}
