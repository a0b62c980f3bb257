import type { MiddlewareHandler } from 'hono';
import { Problem } from './problem.ts';

/** The mark for a character that is none: seen by who typed it, refused by fields as any that may not be there. */
const MARK = '\uFFFD';

/** A text without NUL, which Postgres takes in no text. Its place stays visible. */
export function markNul(text: string): string {
  return text.replaceAll('\0', MARK);
}

/** A search with NUL looks for what nobody has; a path with NUL names no page. */
export const addressWithoutNul: MiddlewareHandler = async (c, next) => {
  const { pathname, search } = new URL(c.req.url);
  if (/%00/.test(pathname)) throw new Problem(404);
  if (/%00/.test(search)) {
    if (c.req.method !== 'GET') throw new Problem(400);
    const url = new URL(c.req.url);
    url.search = search.replaceAll('%00', encodeURIComponent(MARK));
    c.req.raw = new Request(url, { headers: c.req.raw.headers });
  }
  await next();
};
