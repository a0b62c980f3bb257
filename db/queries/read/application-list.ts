import { and, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { ApplicationStatus, Channel } from '../../../domain/application.ts';
import { normaliseCorporateNumber } from '../../../domain/input/numbers.ts';
import type { Executor } from '../../client.ts';
import { foundByText } from '../../personal/search-index.ts';
import { applications } from '../../schema/index.ts';
import { COUNT_CAP, containsFolded } from './search.ts';

export interface ApplicationListRow {
  id: string;
  receiptNumber: string;
  status: ApplicationStatus;
  channel: Channel;
  receivedAt: Date;
  companyName: string;
  contractKind: 'annual' | 'monthly';
  sandbox: boolean;
}

/**
 * One page of applications, newest first, and the number of all (at most `COUNT_CAP`). `text` finds receipt number,
 * company name, kana, 法人番号 or mail address, in any width.
 */
export async function listApplications(
  db: Executor,
  query: { status: ApplicationStatus | null; text: string; limit: number; offset: number },
): Promise<{ rows: ApplicationListRow[]; count: number }> {
  const where = and(
    query.status === null ? undefined : eq(applications.status, query.status),
    textCondition(query.text),
  );
  const capped = db.select({ one: sql`1` }).from(applications).where(where).limit(COUNT_CAP).as('capped');
  const [rows, [counted]] = await Promise.all([
    db
      .select({
        id: applications.id,
        receiptNumber: applications.receiptNumber,
        status: applications.status,
        channel: applications.channel,
        receivedAt: applications.receivedAt,
        companyName: applications.companyName,
        contractKind: applications.contractKind,
        sandbox: applications.sandbox,
      })
      .from(applications)
      .where(where)
      .orderBy(desc(applications.receivedAt), desc(applications.id))
      .limit(query.limit)
      .offset(query.offset),
    db.select({ count: sql<number>`count(*)::int` }).from(capped),
  ]);
  return { rows, count: counted?.count ?? 0 };
}

function textCondition(text: string): SQL | undefined {
  if (text === '') return undefined;
  return or(
    containsFolded(applications.receiptNumber, text),
    foundByText('application', applications.id, text),
    eq(applications.corporateNumber, normaliseCorporateNumber(text)),
  );
}
