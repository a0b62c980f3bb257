import { setTimeout as pause } from 'node:timers/promises';

/**
 * Does a piece of work again and again, `everyMs` milliseconds after the last time, until it is stopped; `stop` waits
 * for what is under way. A failure goes to `onError` and the work is tried again.
 */
export function repeat(options: {
  everyMs: number;
  work: () => Promise<void>;
  onError: (error: unknown) => void;
}): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await options.work();
      } catch (error) {
        options.onError(error);
      }
      await pause(options.everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
