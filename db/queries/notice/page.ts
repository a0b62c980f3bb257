import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { NoticeStatus, RecipientState } from '../../../domain/notice/notice.ts';
import type { Executor } from '../../client.ts';
import { noticeRecipients, notices } from '../../schema/index.ts';

export interface PendingRecipient {
  contractId: string;
  position: number;
  round: number;
}

/** The next recipients after a position whom a mail still has to be sent to, in the order of positions. */
export async function pendingRecipients(
  db: Executor,
  query: { noticeId: string; after: number; limit: number; states: readonly RecipientState[] },
): Promise<PendingRecipient[]> {
  return db
    .select({
      contractId: noticeRecipients.contractId,
      position: noticeRecipients.position,
      round: noticeRecipients.round,
    })
    .from(noticeRecipients)
    .where(
      and(
        eq(noticeRecipients.noticeId, query.noticeId),
        inArray(noticeRecipients.state, [...query.states]),
        gt(noticeRecipients.position, query.after),
      ),
    )
    .orderBy(asc(noticeRecipients.position))
    .limit(query.limit);
}

export interface RecipientResult {
  contractId: string;
  state: RecipientState;
  acceptedAt: Date | null;
  mailSha256: string | null;
}

/** Notes what became of recipients. A bounce, an opt-out or a letter that was recorded meanwhile stays. */
export async function recordRecipients(
  db: Executor,
  noticeId: string,
  results: readonly RecipientResult[],
): Promise<void> {
  if (results.length === 0) return;
  await db.execute(sql`
    update ${noticeRecipients} r set
      state = f.state, accepted_at = f."acceptedAt", mail_sha256 = coalesce(f."mailSha256", r.mail_sha256)
    from jsonb_to_recordset(${JSON.stringify(results)}::text::jsonb)
      as f("contractId" uuid, state text, "acceptedAt" timestamptz, "mailSha256" text)
    where r.notice_id = ${noticeId} and r.contract_id = f."contractId"
      and r.state in ('queued', 'deferred', 'stopped')`);
}

/** The status of a notice: a page of its campaign looks whether it was paused or stopped meanwhile. */
export async function noticeStatus(db: Executor, noticeId: string): Promise<NoticeStatus | null> {
  const [row] = await db.select({ status: notices.status }).from(notices).where(eq(notices.id, noticeId));
  return row?.status ?? null;
}

export type RecipientCounts = Record<RecipientState, number>;

/** How many recipients are in each state. */
export async function recipientCounts(db: Executor, noticeId: string): Promise<RecipientCounts> {
  const rows = await db
    .select({ state: noticeRecipients.state, count: sql<number>`count(*)::int` })
    .from(noticeRecipients)
    .where(eq(noticeRecipients.noticeId, noticeId))
    .groupBy(noticeRecipients.state);
  const none: RecipientCounts = {
    queued: 0,
    accepted: 0,
    deferred: 0,
    refused: 0,
    bounced: 0,
    letter: 0,
    optedOut: 0,
    stopped: 0,
    webOnly: 0,
  };
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}
