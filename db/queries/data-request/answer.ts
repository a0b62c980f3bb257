import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { type DataRequestVerdict, dataRequestClause } from '../../../domain/data/data-requests.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database } from '../../client.ts';
import { dataRequests } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { lockDataRequest } from './lock.ts';

export interface DataRequestAnswerInput {
  dataRequestId: string;
  decisionId: string;
  staffId: string;
  commandId: string;
  verdict: DataRequestVerdict;
  extendedTo: CivilDate | null;
  businessAt: Date;
}

const ACTIONS = {
  done: 'dataRequest.done',
  refused: 'dataRequest.refused',
  extended: 'dataRequest.extended',
} as const satisfies Record<DataRequestVerdict, AuditAction>;

/** Records an answer, or the one extension, with the decision that holds its words; a repeat changes nothing. */
export async function recordDataRequestAnswer(db: Database, input: DataRequestAnswerInput): Promise<void> {
  const { dataRequestId, verdict, extendedTo, businessAt } = input;
  await db.transaction(async (tx) => {
    const row = await lockDataRequest(tx, dataRequestId);
    const isRepeat = verdict === 'extended' ? row.firstDueOn !== null : row.status !== 'open';
    if (isRepeat) return;
    const change =
      verdict === 'extended'
        ? { firstDueOn: row.dueOn, dueOn: extendedTo ?? row.dueOn }
        : { status: verdict, answeredAt: businessAt };
    await tx.update(dataRequests).set(change).where(eq(dataRequests.id, dataRequestId));
    await recordAudit(tx, {
      actor: input.staffId,
      action: ACTIONS[verdict],
      subjectType: 'dataRequest',
      subjectId: dataRequestId,
      clause: dataRequestClause(row.kind),
      before: { status: row.status, dueOn: row.dueOn },
      after: verdict === 'extended' ? { dueOn: extendedTo } : { status: verdict },
      commandId: input.commandId,
      businessAt,
    });
  });
}
