/** So many of those who wait go together at most. */
const TOGETHER = 500;

interface Waiting<T> {
  items: readonly T[];
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Stores what many requests bring at the same time in one statement: whoever comes while one is under way waits for the next, and
 * is answered when that is done. Where a statement fails each request stands for itself, so that none suffers from another.
 */
export function inBatches<T>(
  store: (items: readonly T[]) => Promise<void>,
): (items: readonly T[]) => Promise<void> {
  const waiting: Waiting<T>[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const some = waiting.splice(0, TOGETHER);
      try {
        await store(some.flatMap(({ items }) => items));
        for (const { done } of some) done();
      } catch (error) {
        if (some.length === 1) some[0]?.failed(error);
        else await Promise.all(some.map(({ items, done, failed }) => store(items).then(done, failed)));
      }
    }
    running = false;
  }

  return (items) =>
    new Promise<void>((done, failed) => {
      waiting.push({ items, done, failed });
      if (!running) void run();
    });
}
