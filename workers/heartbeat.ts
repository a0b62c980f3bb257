import { Context } from '@temporalio/activity';

/** Well within every `heartbeatTimeout` of workflows/ports.ts. */
const BEAT_MS = 2_000;

type Activities = Record<string, (...args: never[]) => Promise<unknown>>;

/**
 * Activities that tell the server that they live: when a worker dies in the middle of one, another takes it up within
 * seconds and not after its whole time-out.
 */
export function beating<T extends Activities>(activities: T): T {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: never[]) => {
      const context = Context.current();
      const timer = setInterval(() => context.heartbeat(), BEAT_MS);
      try {
        return await activity(...args);
      } finally {
        clearInterval(timer);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
