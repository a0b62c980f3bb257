import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import { type Count, createCounter } from '../../db/queries/attempt/counter.ts';
import type { WebDependencies } from '../dependencies.ts';
import { clientAddress, readRanges } from './client-address.ts';
import { Problem } from './problem.ts';

/** Whom limits count: the digest of an address, an account, or both; the table of counts tells nobody who came. */
export function countedAs(deps: WebDependencies, ...parts: readonly string[]): string {
  const secret = deps.config.SESSION_SECRET;
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url').slice(0, 27);
}

/** The address that a request comes from, behind the proxies that are trusted (setting TRUSTED_PROXIES). */
export function createAddressOf(deps: WebDependencies): (c: Context) => string {
  const proxies = readRanges(deps.config.TRUSTED_PROXIES);
  return (c) => clientAddress(c, proxies);
}

/** Throws a 429 page that says how long to wait. */
export function refuseWhile({ waitMs }: Count): void {
  if (waitMs > 0) throw new Problem(429, { message: `${waitWords(waitMs)}、もう一度お試しください。` });
}

function waitWords(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  return seconds <= 90 ? `${seconds}秒ほど待ってから` : `${Math.ceil(seconds / 60)}分ほど待ってから`;
}

/** A limit for each client on a form that anybody may send; to be counted after the form has proved that it is ours. */
export function createLimit(deps: WebDependencies, name: string): (c: Context) => Promise<void> {
  const { submitsPerClient: points, windowMs } = deps.limits;
  const counter = createCounter(deps.db, { name, points, windowMs });
  const addressOf = createAddressOf(deps);
  return async (c) => refuseWhile(await counter.take(countedAs(deps, addressOf(c))));
}
