import type { Context } from 'hono';
import { findDraft } from '../../db/queries/decision/draft.ts';
import { addressOf } from '../components/paging.tsx';
import type { WebDependencies, WebEnv } from '../dependencies.ts';
import { readForm } from '../http/form.ts';
import { hideText, shownText } from '../http/hidden-text.ts';
import { Problem } from '../http/problem.ts';
import { saidBefore } from '../http/said.ts';
import { requireCsrf } from '../http/session.ts';
import type { Tab } from './navigation.ts';

/** What every console page hands to its layout. */
export function frame(c: Context<WebEnv>, deps: WebDependencies, tab: Tab | null) {
  const signedIn = c.get('signedIn');
  const savedDraft = (taskId: string) => findDraft(deps.db, { staffId: signedIn.staff.id, taskId });
  return { signedIn, tab, outbox: outboxDir(deps.config) !== null, savedDraft, said: saidBefore(c) };
}

/** Where a development stack keeps the mails that it caught; in production there is no such page, whatever is set. */
export function outboxDir({ HASSO_MODE, OUTBOX_DIR }: WebDependencies['config']): string | null {
  return HASSO_MODE === 'production' ? null : (OUTBOX_DIR ?? null);
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

/** A search text as it was typed, without what no field can hold. */
export function searchText(typed: string): string {
  return typed
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 100);
}

/** A value from the address if it is one of those allowed. */
export function choiceOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | null {
  return allowed.find((choice) => choice === value) ?? null;
}

/** What a list is asked for in the address: status, page, and the search text, which stands there encrypted. */
export function listQuery<T extends string>(
  c: Context<WebEnv>,
  deps: WebDependencies,
  statuses: readonly T[],
) {
  const page = pageNumber(c);
  return {
    status: choiceOf(c.req.query('status'), statuses),
    ...hiddenSearch(c, deps),
    page,
    limit: PAGE_SIZE,
    offset: (page - 1) * PAGE_SIZE,
  };
}

/** The search text that stands in the address encrypted, and as it stands there. */
export function hiddenSearch(c: Context<WebEnv>, { config }: WebDependencies) {
  const hidden = c.req.query('s') ?? '';
  const text = hidden === '' ? '' : searchText(shownText(config.SESSION_SECRET, hidden) ?? '');
  return { text, hidden: text === '' ? null : hidden };
}

/**
 * A posted search leads to its list: what was typed stands in the address encrypted (docs/audit.md), what else the list is
 * filtered by as it is.
 */
export async function searched(
  c: Context<WebEnv>,
  { config }: WebDependencies,
  list: string,
  filter: 'status' | 'month' = 'status',
) {
  const form = await readForm(c);
  requireCsrf(c, form);
  const text = searchText(form.text('q'));
  const s = text === '' ? null : hideText(config.SESSION_SECRET, text);
  return c.redirect(addressOf(list, { s, [filter]: form.text(filter) }), 303);
}
