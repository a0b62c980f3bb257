import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { KeptFact } from '../../../domain/watch/facts.ts';
import type { Executor } from '../../client.ts';
import { telephonyEvents } from '../../schema/index.ts';

type Row = typeof telephonyEvents.$inferInsert;

/** A line of the provider that could be read. */
export interface NewEvent {
  fact: KeptFact;
  receivedAt: Date;
  source: 'webhook' | 'list' | 'staff';
  /** Parts of a message. */
  units?: number;
}

/** One that could not: why, and what of it may be shown. */
export interface UnreadableEvent {
  contractId: string;
  receivedAt: Date;
  source: 'webhook' | 'list';
  problem: string;
  shown: Record<string, string>;
}

/**
 * Stores lines, each once, in one statement. The same line again changes nothing, unless it arrived before the one that is
 * stored: then that is its arrival, and the watchers look again.
 */
export async function storeEvents(
  db: Executor,
  events: readonly (NewEvent | UnreadableEvent)[],
): Promise<void> {
  const rows = new Map<string, Row>();
  for (const row of events.map(rowOf)) {
    const before = rows.get(row.digest);
    if (before === undefined || row.receivedAt < before.receivedAt) rows.set(row.digest, row);
  }
  if (rows.size === 0) return;
  await db
    .insert(telephonyEvents)
    // In one order everywhere, so that two statements with the same lines wait for each other and not both.
    .values([...rows.values()].toSorted((a, b) => (a.digest < b.digest ? -1 : 1)))
    .onConflictDoUpdate({
      target: telephonyEvents.digest,
      set: { receivedAt: sql`excluded.received_at`, watchedSequence: null },
      setWhere: sql`excluded.received_at < ${telephonyEvents.receivedAt}`,
    });
}

function rowOf(event: NewEvent | UnreadableEvent): Row {
  if ('problem' in event) {
    const { contractId, problem, shown } = event;
    const digest = digestOf(['unreadable', contractId, problem, shown]);
    return { ...event, digest, type: 'unreadable', sid: '', status: '', metered: true };
  }
  const { fact, receivedAt, source, units = 1 } = event;
  const { contract: contractId, type, sid, status, atMs } = fact;
  const occurredAt = new Date(atMs);
  return {
    contractId,
    digest: digestOf(fact),
    source,
    type,
    sid,
    status,
    occurredAt,
    receivedAt,
    fact,
    units,
  };
}

const digestOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');
