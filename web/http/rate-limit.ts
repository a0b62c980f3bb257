import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from './problem.ts';

/**
 * Counts attempts in memory: enough for the one web process that the project runs. Several processes would each count by
 * themselves, so the true limit grows with their number.
 */
export function createLimiter(points: number, windowMs: number): (key: string) => Promise<void> {
  const limiter = new RateLimiterMemory({ points, duration: windowMs / 1000 });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch {
      throw new Problem(429);
    }
  };
}

/** The address that the connection comes from; headers that a client could write itself are not believed. */
export function clientAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
