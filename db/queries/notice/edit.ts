import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { contracts, noticeAudience, notices } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import { addNoticeAudience } from './audience.ts';
import type { NoticeContent } from './create.ts';

/**
 * Writes what a draft says now and whom it names. Null when it is no draft any more, or somebody else edited it after
 * `afterVersion` was shown; else the new version.
 */
export async function editNotice(
  db: Database,
  input: {
    noticeId: string;
    afterVersion: number;
    content: NoticeContent & { sandbox: boolean };
    contractIds: readonly string[];
    staffId: string;
  },
): Promise<number | null> {
  const { noticeId, afterVersion, content, contractIds, staffId } = input;
  return db.transaction(async (tx) => {
    const [edited] = await tx
      .update(notices)
      .set({ ...content, version: sql`${notices.version} + 1`, updatedAt: new Date() })
      .where(and(eq(notices.id, noticeId), eq(notices.status, 'draft'), eq(notices.version, afterVersion)))
      .returning({ version: notices.version, causeType: notices.causeType });
    if (edited === undefined) return null;
    // What a cause named stays named: its text needs the values.
    if (edited.causeType === 'manual') {
      await tx.delete(noticeAudience).where(eq(noticeAudience.noticeId, noticeId));
      const rows = contractIds.map((contractId) => ({ contractId }));
      await addNoticeAudience(tx, noticeId, rows);
    }
    await recordAudit(tx, {
      actor: staffId,
      action: 'notice.edited',
      subjectType: 'notice',
      subjectId: noticeId,
      after: { version: edited.version },
    });
    return edited.version;
  });
}

/** The live contracts with these numbers, by number; sandbox ones or others. */
export async function contractsByNumber(
  db: Executor,
  numbers: readonly string[],
  sandbox: boolean,
): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .select({ id: contracts.id, number: contracts.contractNumber })
    .from(contracts)
    .where(and(inArray(contracts.contractNumber, [...numbers]), eq(contracts.sandbox, sandbox), LIVE));
  return new Map(rows.map(({ id, number }) => [number, id]));
}

/** The numbers of the contracts that a notice names, for showing its form again. */
export async function namedContractNumbers(db: Executor, noticeId: string): Promise<string[]> {
  const rows = await db
    .select({ number: contracts.contractNumber })
    .from(noticeAudience)
    .innerJoin(contracts, eq(contracts.id, noticeAudience.contractId))
    .where(eq(noticeAudience.noticeId, noticeId))
    .orderBy(contracts.contractNumber)
    .limit(1_000);
  return rows.map(({ number }) => number);
}
