import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';
import { contacts, contracts, noticeAudience, noticeRecipients, notices } from '../../schema/index.ts';
import { audienceCondition } from './audience.ts';
import type { NoticeRow } from './find.ts';

/** Why recipients could not be frozen: contracts for which the text has a gap. */
export interface MissingValues {
  contracts: number;
  names: string[];
}

/**
 * Freezes the recipients of a notice and what it says, in the caller's transaction; a repeat changes nothing. Advertising
 * leaves out who opted out (第14条). Gives what is missing when a contract lacks a value that the text needs.
 */
export async function freezeRecipients(
  tx: Transaction,
  notice: NoticeRow,
): Promise<{ recipients: number } | { missing: MissingValues }> {
  if (notice.recipientCount !== null) return { recipients: notice.recipientCount };
  const missing = await missingValues(tx, notice);
  if (missing.contracts > 0) return { missing };
  const optedOut = sql`(select c.opted_out_at is not null from ${contacts} c where c.contract_id = ${contracts.id} order by c.created_at desc limit 1)`;
  const first = notice.byMail ? 'queued' : 'webOnly';
  const state =
    notice.noticeClass === 'advertising' && notice.byMail
      ? sql`case when ${optedOut} then 'optedOut' else 'queued' end`
      : sql`${first}`;
  await tx.execute(sql`
    insert into ${noticeRecipients} (notice_id, contract_id, position, state)
    select ${notice.id}, ${contracts.id}, row_number() over (order by ${contracts.id}) - 1, ${state}
    from ${contracts} where ${audienceCondition(notice)}`);
  const [counted] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(noticeRecipients)
    .where(eq(noticeRecipients.noticeId, notice.id));
  const recipients = counted?.count ?? 0;
  await tx
    .update(notices)
    .set({ recipientCount: recipients, contentSha256: contentHash(notice) })
    .where(eq(notices.id, notice.id));
  return { recipients };
}

async function missingValues(tx: Transaction, notice: NoticeRow): Promise<MissingValues> {
  const names = notice.contractValueNames;
  if (names.length === 0) return { contracts: 0, names };
  const complete = sql`exists (select 1 from ${noticeAudience} where ${noticeAudience.noticeId} = ${notice.id}
    and ${noticeAudience.contractId} = ${contracts.id} and ${noticeAudience.values} ?& array[${sql.join(
      names.map((name) => sql`${name}`),
      sql`, `,
    )}]::text[])`;
  const [counted] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(contracts)
    .where(sql`${audienceCondition(notice)} and not ${complete}`);
  return { contracts: counted?.count ?? 0, names };
}

/** Over everything that a recipient or a reader of the web page is told. */
function contentHash(notice: NoticeRow): string {
  const { noticeClass, title, subjectLine, body, postingText, values } = notice;
  const said = JSON.stringify([noticeClass, title, subjectLine, body, postingText, values]);
  return createHash('sha256').update(said).digest('hex');
}
