import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../../client.ts';
import { attemptCounts } from '../../schema/index.ts';

interface CounterOptions {
  /** What is counted: keys of different names never meet. */
  name: string;
  /** How many within `windowMs` are let through. */
  points: number;
  windowMs: number;
}

export interface Count {
  /** Attempts in the present window, this one included. */
  count: number;
  /** Milliseconds until another is let through; 0 where this one was. */
  waitMs: number;
}

/** Counts attempts in Postgres, so that web processes count together and a restart forgets nothing. */
export function createCounter(db: Database, { name, points, windowMs }: CounterOptions) {
  const limiter = new RateLimiterDrizzle({
    storeClient: db,
    schema: attemptCounts,
    keyPrefix: name,
    points,
    duration: windowMs / 1000,
  });
  return {
    /** Counts one attempt. `windowMs` is the window that it begins, where none is under way. */
    async take(key: string, window = windowMs): Promise<Count> {
      try {
        const { consumedPoints } = await limiter.consume(key, 1, { customDuration: window / 1000 });
        return { count: consumedPoints, waitMs: 0 };
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        return { count: error.consumedPoints, waitMs: Math.max(error.msBeforeNext, 1) };
      }
    },
    /** Takes one attempt back, which was none after all. */
    giveBack: async (key: string): Promise<void> => {
      await limiter.reward(key);
    },
    /** Forgets all attempts. */
    forget: async (key: string): Promise<void> => {
      await limiter.delete(key);
    },
  };
}
