import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { keysOf } from '../../domain/base/keys.ts';

/** What a page says once about what was just done on the page before. */
export const SAID = {
  decided: '判断を記録しました。',
} as const;

export type Said = keyof typeof SAID;

const COOKIE = 'hasso-said';
/** The next page comes at once; what it did not say is not said later. */
const SECONDS = 30;
const OPTIONS = { path: '/staff', httpOnly: true, sameSite: 'Lax' } as const;

/** Has the next page say it. No secret and no data of anybody: a word from the list above. */
export function sayNext(c: Context, said: Said): void {
  setCookie(c, COOKIE, said, { ...OPTIONS, maxAge: SECONDS });
}

/** What this page has to say, once. */
export function saidBefore(c: Context): Said | null {
  const said = keysOf(SAID).find((each) => each === getCookie(c, COOKIE)) ?? null;
  if (said !== null) deleteCookie(c, COOKIE, OPTIONS);
  return said;
}
