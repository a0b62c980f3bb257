import { desc, sql } from 'drizzle-orm';
import type { ApplicationStatus, Channel } from '../../../domain/application/application.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { applications } from '../../schema/index.ts';
import { applicationDeletedOn } from '../customer/deleted-on.ts';
import { COUNT_CAP, type ListQuery, listCondition } from './search.ts';

export interface ApplicationListRow {
  id: string;
  receiptNumber: string;
  status: ApplicationStatus;
  channel: Channel;
  receivedAt: Date;
  companyName: string;
  contractKind: 'annual' | 'monthly';
  sandbox: boolean;
  /** The day on which its data was deleted. */
  deletedOn: CivilDate | null;
}

/** One page of applications, newest first, and the number of all (at most `COUNT_CAP`). */
export async function listApplications(
  db: Executor,
  query: ListQuery<ApplicationStatus>,
): Promise<{ rows: ApplicationListRow[]; count: number }> {
  const { id, status, receiptNumber: number } = applications;
  const where = listCondition(query, { id, status, number }, 'application');
  const capped = db.select({ one: sql`1` }).from(applications).where(where).limit(COUNT_CAP).as('capped');
  const [rows, count] = await Promise.all([
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
        deletedOn: applicationDeletedOn,
      })
      .from(applications)
      .where(where)
      .orderBy(desc(applications.receivedAt), desc(applications.id))
      .limit(query.limit)
      .offset(query.offset),
    db.$count(capped),
  ]);
  return { rows, count };
}
