import { and, count, desc, eq, gte, isNull, lt, max, ne } from 'drizzle-orm';
import { addDays, type CivilDate, jstInstant } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { telephonyAccounts, telephonyEvents } from '../../schema/index.ts';

export type TelephonyEventRow = typeof telephonyEvents.$inferSelect;

/** A page of a contract's lines, the latest arrival first: of a kind, or of a day in Japan. */
export async function readEvents(
  db: Executor,
  query: {
    contractId: string;
    type: TelephonyEventRow['type'] | null;
    on: CivilDate | null;
    limit: number;
    offset: number;
  },
): Promise<TelephonyEventRow[]> {
  const { contractId, type, on, limit, offset } = query;
  const { receivedAt } = telephonyEvents;
  return db
    .select()
    .from(telephonyEvents)
    .where(
      and(
        eq(telephonyEvents.contractId, contractId),
        type === null ? undefined : eq(telephonyEvents.type, type),
        on === null ? undefined : gte(receivedAt, new Date(jstInstant(on))),
        on === null ? undefined : lt(receivedAt, new Date(jstInstant(addDays(on, 1)))),
      ),
    )
    .orderBy(desc(receivedAt), desc(telephonyEvents.id))
    .limit(limit)
    .offset(offset);
}

/** How a contract's webhooks and lists fare. */
export interface EventHealth {
  /** The last line that a webhook brought; null: none ever. */
  webhookAt: Date | null;
  /** Lines that could not be read. */
  unreadable: number;
  /** Lines that the watchers have not taken yet. */
  waiting: number;
  listedAt: Date | null;
  listFailures: number;
  /** Whether what comes can be believed: the subaccount's token is known. */
  signed: boolean;
}

export async function eventHealth(db: Executor, contractId: string): Promise<EventHealth> {
  const of = eq(telephonyEvents.contractId, contractId);
  const [webhook] = await db
    .select({ at: max(telephonyEvents.receivedAt) })
    .from(telephonyEvents)
    .where(and(of, eq(telephonyEvents.source, 'webhook')));
  const [unreadable] = await db
    .select({ lines: count() })
    .from(telephonyEvents)
    .where(and(of, eq(telephonyEvents.type, 'unreadable')));
  const [waiting] = await db
    .select({ lines: count() })
    .from(telephonyEvents)
    .where(and(of, ne(telephonyEvents.type, 'unreadable'), isNull(telephonyEvents.watchedSequence)));
  const { listedAt, listFailures, authToken } = telephonyAccounts;
  const [account] = await db
    .select({ listedAt, listFailures, authToken })
    .from(telephonyAccounts)
    .where(eq(telephonyAccounts.contractId, contractId));
  return {
    webhookAt: webhook?.at ?? null,
    unreadable: unreadable?.lines ?? 0,
    waiting: waiting?.lines ?? 0,
    listedAt: account?.listedAt ?? null,
    listFailures: account?.listFailures ?? 0,
    signed: (account?.authToken ?? '') !== '',
  };
}
