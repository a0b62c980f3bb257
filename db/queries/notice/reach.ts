import { and, asc, eq, sql } from 'drizzle-orm';
import { type CivilDate, civilDate, jstDate, jstInstant } from '../../../domain/calendar/civil-date.ts';
import { noticeReachedOn, type Reach, type RecipientState } from '../../../domain/notice/notice.ts';
import type { NoticeCounts } from '../../../domain/policy/policies.ts';
import type { Executor } from '../../client.ts';
import { noticeRecipients, notices } from '../../schema/index.ts';
import { loadPolicies } from '../policy/load.ts';

/** Whether and when a notice reached the customer of a contract; `reach` is null while it has not. */
export interface ContractReach {
  contractId: string;
  state: RecipientState;
  reach: Reach | null;
}

/**
 * For each frozen recipient the civil date (JST) on which the notice counts as having reached it, under policy
 * `notice.counts` (第16条, 第17条3項): mail that the customer's server took and that did not come back, web posting, or the
 * earlier; a letter by its date. In the order of positions.
 */
export async function noticeReach(
  db: Executor,
  noticeId: string,
  only?: { contractId: string },
): Promise<ContractReach[]> {
  const counts = (await loadPolicies(db))['notice.counts'];
  const rows = await db
    .select({
      contractId: noticeRecipients.contractId,
      state: noticeRecipients.state,
      acceptedAt: noticeRecipients.acceptedAt,
      letterSentOn: noticeRecipients.letterSentOn,
      postedAt: notices.postedAt,
    })
    .from(noticeRecipients)
    .innerJoin(notices, eq(notices.id, noticeRecipients.noticeId))
    .where(
      and(
        eq(noticeRecipients.noticeId, noticeId),
        only === undefined ? undefined : eq(noticeRecipients.contractId, only.contractId),
      ),
    )
    .orderBy(asc(noticeRecipients.position));
  return rows.map(({ contractId, state, ...told }) => ({
    contractId,
    state,
    reach: reachOf(counts, state, told),
  }));
}

/** How many recipients a notice reached in the same way, so that a page need not look at each. */
export interface ReachGroup {
  state: RecipientState;
  reach: Reach | null;
  recipients: number;
}

/** `noticeReach` of all recipients, those alike counted together. */
export async function noticeReachGroups(db: Executor, noticeId: string): Promise<ReachGroup[]> {
  const counts = (await loadPolicies(db))['notice.counts'];
  const { state, letterSentOn } = noticeRecipients;
  const mailOn = sql<string | null>`(${noticeRecipients.acceptedAt} at time zone 'Asia/Tokyo')::date::text`;
  const rows = await db
    .select({
      ...{ state, letterSentOn, mailOn, postedAt: notices.postedAt },
      recipients: sql<number>`count(*)::int`,
    })
    .from(noticeRecipients)
    .innerJoin(notices, eq(notices.id, noticeRecipients.noticeId))
    .where(eq(noticeRecipients.noticeId, noticeId))
    .groupBy(state, letterSentOn, mailOn, notices.postedAt);
  return rows.map(({ recipients, ...row }) => {
    const acceptedAt = row.mailOn === null ? null : new Date(jstInstant(civilDate(row.mailOn)));
    return { state: row.state, reach: reachOf(counts, row.state, { ...row, acceptedAt }), recipients };
  });
}

function reachOf(
  counts: NoticeCounts,
  state: RecipientState,
  told: { acceptedAt: Date | null; letterSentOn: CivilDate | null; postedAt: Date | null },
): Reach | null {
  const dayOf = (at: Date | null): CivilDate | null => (at === null ? null : jstDate(at.getTime()));
  return noticeReachedOn(counts, {
    mailOn: state === 'accepted' ? dayOf(told.acceptedAt) : null,
    webOn: dayOf(told.postedAt),
    letterOn: told.letterSentOn === null ? null : civilDate(told.letterSentOn),
  });
}
