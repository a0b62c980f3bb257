import { eq } from 'drizzle-orm';
import { dataRequestClause, type IdentityCheck } from '../../../domain/data/data-requests.ts';
import type { Database } from '../../client.ts';
import { dataRequests } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { lockDataRequest } from './lock.ts';

export interface IdentityCheckInput {
  dataRequestId: string;
  staffId: string;
  commandId: string;
  method: IdentityCheck;
  businessAt: Date;
}

/** Records how staff made sure who asks; a repeat changes nothing. */
export async function recordIdentityCheck(db: Database, input: IdentityCheckInput): Promise<void> {
  const { dataRequestId, staffId, method, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const row = await lockDataRequest(tx, dataRequestId);
    if (row.identityCheck !== null) return;
    await tx
      .update(dataRequests)
      .set({ identityCheck: method, identityBy: staffId, identityAt: businessAt })
      .where(eq(dataRequests.id, dataRequestId));
    await recordCarriedOut(tx, {
      actor: staffId,
      action: 'dataRequest.identityChecked',
      subjectType: 'dataRequest',
      subjectId: dataRequestId,
      clause: dataRequestClause(row.kind),
      after: { method },
      commandId,
      businessAt,
    });
  });
}
