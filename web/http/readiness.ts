import type { MiddlewareHandler } from 'hono';
import { waitForDatabase } from '../../db/availability.ts';
import type { WebDependencies } from '../dependencies.ts';
import { Problem } from './problem.ts';

/** Pages that need no database. */
const WITHOUT = /^\/(assets\/|healthz$|readyz$)/;

/**
 * Lets a request begin when the database has a connection for it. One that has to wait too long has done nothing yet, and is told
 * so with what was typed.
 */
export function whenReady({ db, limits }: WebDependencies): MiddlewareHandler {
  return async (c, next) => {
    if (!WITHOUT.test(c.req.path) && !(await waitForDatabase(db, limits.databaseMs))) {
      throw new Problem(503, {
        heading: 'ただいま混み合っています',
        message:
          '処理を始められませんでした。この操作は行われていません。少し待ってから、もう一度お試しください。',
      });
    }
    await next();
  };
}
