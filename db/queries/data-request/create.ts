import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import {
  type DataRequestAbout,
  type DataRequestKind,
  dataRequestClause,
} from '../../../domain/data/data-requests.ts';
import type { Database } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contracts, dataRequests } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewDataRequest {
  commandId: string;
  contractId: string;
  kind: DataRequestKind;
  about: DataRequestAbout;
  personName: string;
  requesterName: string;
  replyTo: string;
  channel: string;
  receivedOn: CivilDate;
  dueOn: CivilDate;
  details: string;
  enteredBy: string;
}

export type DataRequestRow = typeof dataRequests.$inferSelect;

/** Writes a request about data once for each command; a repeat gets the row that is there (第19条6項, 第20条). */
export async function createDataRequest(db: Database, input: NewDataRequest): Promise<DataRequestRow> {
  return db.transaction(async (tx) => {
    const [contract] = await tx.select().from(contracts).where(eq(contracts.id, input.contractId));
    if (contract === undefined) throw new Error(`contract ${input.contractId} does not exist`);
    const { applicationId, sandbox } = contract;
    const [row] = await tx
      .insert(dataRequests)
      .values(sealRow(dataRequests, applicationId, { ...input, applicationId, sandbox }))
      .onConflictDoNothing()
      .returning();
    if (row === undefined) {
      const [earlier] = await tx
        .select()
        .from(dataRequests)
        .where(eq(dataRequests.commandId, input.commandId));
      if (earlier === undefined) throw new Error('the data request was neither stored nor found');
      return earlier;
    }
    await recordAudit(tx, {
      actor: input.enteredBy,
      action: 'dataRequest.received',
      subjectType: 'dataRequest',
      subjectId: row.id,
      clause: dataRequestClause(input.kind),
      after: { contractId: input.contractId, kind: input.kind, dueOn: input.dueOn },
      commandId: input.commandId,
    });
    return row;
  });
}
