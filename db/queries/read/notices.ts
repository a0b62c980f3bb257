import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { NoticeStatus, RecipientState } from '../../../domain/notice/notice.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, mails, noticeRecipients, notices } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { COUNT_CAP } from './search.ts';

export type NoticeListRow = Pick<
  typeof notices.$inferSelect,
  | 'id'
  | 'title'
  | 'noticeClass'
  | 'causeType'
  | 'status'
  | 'recipientCount'
  | 'postedAt'
  | 'createdBy'
  | 'createdAt'
  | 'sandbox'
>;

/** One page of notices, newest first, and the number of all (at most `COUNT_CAP`). */
export async function listNotices(
  db: Executor,
  query: { status: NoticeStatus | null; limit: number; offset: number },
): Promise<{ rows: NoticeListRow[]; count: number }> {
  const where = query.status === null ? undefined : eq(notices.status, query.status);
  const capped = db.select({ one: sql`1` }).from(notices).where(where).limit(COUNT_CAP).as('capped');
  const [rows, count] = await Promise.all([
    db
      .select({
        id: notices.id,
        title: notices.title,
        noticeClass: notices.noticeClass,
        causeType: notices.causeType,
        status: notices.status,
        recipientCount: notices.recipientCount,
        postedAt: notices.postedAt,
        createdBy: notices.createdBy,
        createdAt: notices.createdAt,
        sandbox: notices.sandbox,
      })
      .from(notices)
      .where(where)
      .orderBy(desc(notices.createdAt), desc(notices.id))
      .limit(query.limit)
      .offset(query.offset),
    db.$count(capped),
  ]);
  return { rows, count };
}

export interface RecipientRow {
  contractId: string;
  customerName: string;
  state: RecipientState;
  acceptedAt: Date | null;
  letterSentOn: CivilDate | null;
  /** The address that the mail went to, and what the server or the report said; null where no mail was tried. */
  address: string | null;
  serverAnswer: string | null;
}

/** One page of the frozen recipients of a notice in the order of sending, all or those in some states. */
export async function listRecipients(
  db: Executor,
  query: { noticeId: string; states: readonly RecipientState[] | null; limit: number; offset: number },
): Promise<RecipientRow[]> {
  const { noticeId, states } = query;
  const key = sql`'notice/' || ${noticeRecipients.noticeId} || '/' || ${noticeRecipients.contractId}
    || case when ${noticeRecipients.round} = 1 then '' else '/' || ${noticeRecipients.round} end`;
  return db
    .select({
      contractId: noticeRecipients.contractId,
      customerName,
      state: noticeRecipients.state,
      acceptedAt: noticeRecipients.acceptedAt,
      letterSentOn: noticeRecipients.letterSentOn,
      address: mails.recipient,
      serverAnswer: sql<
        string | null
      >`case when ${noticeRecipients.state} = 'bounced' then ${mails.bounceAnswer} else ${mails.serverAnswer} end`,
    })
    .from(noticeRecipients)
    .innerJoin(contracts, eq(contracts.id, noticeRecipients.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .leftJoin(mails, eq(mails.key, key))
    .where(
      and(
        eq(noticeRecipients.noticeId, noticeId),
        states === null ? undefined : inArray(noticeRecipients.state, [...states]),
      ),
    )
    .orderBy(asc(noticeRecipients.position))
    .limit(query.limit)
    .offset(query.offset);
}
