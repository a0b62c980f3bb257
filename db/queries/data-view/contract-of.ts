import { eq } from 'drizzle-orm';
import type { SupportedContract } from '../../../domain/support/support-consent.ts';
import type { Executor } from '../../client.ts';
import { contracts } from '../../schema/index.ts';

/** What decides about looks at the data of a contract. */
export interface GuardedContract extends SupportedContract {
  id: string;
  applicationId: string;
  clockOffsetMs: number;
}

/** The contract with this id, or the one that came of this application; null when there is none. */
export async function contractOf(
  db: Executor,
  by: 'contract' | 'application',
  id: string,
): Promise<GuardedContract | null> {
  const [row] = await db
    .select({
      id: contracts.id,
      applicationId: contracts.applicationId,
      status: contracts.status,
      firstDay: contracts.firstDay,
      endsOn: contracts.endsOn,
      clockOffsetMs: contracts.clockOffsetMs,
    })
    .from(contracts)
    .where(eq(by === 'contract' ? contracts.id : contracts.applicationId, id));
  if (row === undefined) return null;
  return { ...row, firstDay: row.firstDay, endsOn: row.endsOn };
}

/** The same of a row that is already there. */
export function guardedContract(row: typeof contracts.$inferSelect): GuardedContract {
  const { id, applicationId, status, clockOffsetMs } = row;
  return {
    id,
    applicationId,
    status,
    clockOffsetMs,
    firstDay: row.firstDay,
    endsOn: row.endsOn,
  };
}
