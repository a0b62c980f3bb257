import type { Context } from 'hono';
import type { WebDependencies, WebEnv } from '../dependencies.ts';
import { Problem } from '../http/problem.ts';
import type { Tab } from './navigation.ts';

/** What every console page hands to its layout. */
export function frame(c: Context<WebEnv>, deps: WebDependencies, tab: Tab | null) {
  return { signedIn: c.get('signedIn'), tab, outbox: deps.config.OUTBOX_DIR !== undefined };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A path parameter that names a row. Throws a 404 page for what cannot be an id. */
export function idParam(c: Context<WebEnv>, name: string): string {
  const value = c.req.param(name) ?? '';
  if (!UUID.test(value)) throw new Problem(404);
  return value;
}

export function isId(text: string): boolean {
  return UUID.test(text);
}

export const PAGE_SIZE = 50;

/** The page asked for in the address, from 1. */
export function pageNumber(c: Context<WebEnv>): number {
  const page = Number(c.req.query('page') ?? '1');
  return Number.isSafeInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}

/** A search text from the address, without what no field can hold. */
export function searchText(c: Context<WebEnv>): string {
  return (c.req.query('q') ?? '')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 100);
}

/** A value from the address if it is one of those allowed. */
export function choiceOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | null {
  return allowed.find((choice) => choice === value) ?? null;
}

/** What a list is asked for in the address: status, search text and page. */
export function listQuery<T extends string>(c: Context<WebEnv>, statuses: readonly T[]) {
  const page = pageNumber(c);
  return {
    status: choiceOf(c.req.query('status'), statuses),
    text: searchText(c),
    page,
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  };
}
