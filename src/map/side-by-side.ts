/**
 * How many at a time: with few the threads that read fall asleep between one file and the next, which takes longer than
 * reading does, and a disk far away has too little to do.
 */
const AT_ONCE = 16;

/**
 * Does asynchronous work on items 0 to `count` - 1, some at a time, begun in their order.
 * @param work on an item; `place`, from 0 and below `atOnce`, is no other's that is being worked on
 * @throws the first error there is, when all that was under way has ended; nothing more is begun then
 */
export async function sideBySide(
  count: number,
  work: (item: number, place: number) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  let next = 0;
  const errors: unknown[] = [];
  const workThrough = async (_: unknown, place: number) => {
    try {
      while (next < count) await work(next++, place);
    } catch (error) {
      next = count;
      errors.push(error);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, workThrough));
  if (errors.length > 0) throw errors[0];
}
