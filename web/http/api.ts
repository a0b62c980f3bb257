import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { isUnavailable } from '../../db/availability.ts';
import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import type { WebDependencies, WebEnv } from '../dependencies.ts';
import { Problem } from './problem.ts';
import { findSignedIn } from './session.ts';

export const API_PATH = '/api/';

/** The API is for signed-in staff, with the rights that they have on the pages; others get 401. */
export function requireApiStaff(deps: WebDependencies): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const signedIn = await findSignedIn(c, deps);
    if (signedIn === null || signedIn.mustEnrol) return c.json({ message: 'サインインが必要です。' }, 401);
    c.set('signedIn', signedIn);
    c.header('Cache-Control', 'no-store');
    return next();
  };
}

/** Whatever was thrown, as JSON with a sentence. What was not foreseen is logged under a number and told as that. */
export function apiError(error: unknown, c: Context, deps: WebDependencies): Response {
  if (error instanceof Problem) return c.json({ message: error.message }, error.status);
  if (error instanceof InvalidValueError) return c.json({ message: error.message }, 422);
  if (isUnavailable(error)) return c.json({ message: 'ただいま混み合っています。' }, 503);
  const errorId = randomUUID();
  deps.logError(error, { errorId, path: c.req.path });
  return c.json({ message: `システムに問題が発生しました（エラー番号 ${errorId}）。` }, 500);
}
