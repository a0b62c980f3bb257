import { eq } from 'drizzle-orm';
import { type CivilDate, compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { RequestKind } from '../../../domain/period/contract.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { requests } from '../../schema/index.ts';
import type { RequestedChange } from '../../schema/requests.ts';
import { recordAudit } from '../audit/record.ts';
import type { RequestRow } from './find.ts';

export interface NewRequest {
  /** Given by whoever stores it, for its command names it. */
  id: string;
  commandId: string;
  contractId: string;
  kind: RequestKind;
  channel: string;
  arrivedAt: Date;
  arrivedAtPartner: Date | null;
  enteredBy: string;
  /** The contract's clock at entry: an arrival on an earlier day needs a second person (第10条1項). */
  enteredAt: Date;
  storageKey: string | null;
  note: string;
  wishedOn: CivilDate | null;
  requested: RequestedChange | null;
  ground: string;
}

/** Writes a request once for each command; a repeat gets the row that is there. */
export async function createRequest(db: Database, input: NewRequest): Promise<RequestRow> {
  const backdated =
    input.enteredBy !== 'customer' &&
    compareDates(jstDate(input.arrivedAt.getTime()), jstDate(input.enteredAt.getTime())) < 0;
  return db.transaction(async (tx) => {
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: input.contractId });
    const [row] = await tx
      .insert(requests)
      .values(sealRow(requests, ownerId, { ...input, backdated }))
      .onConflictDoNothing()
      .returning();
    if (row === undefined) {
      const [existing] = await tx.select().from(requests).where(eq(requests.commandId, input.commandId));
      if (existing === undefined) throw new Error('the request was neither stored nor found');
      return existing;
    }
    await recordAudit(tx, {
      actor: input.enteredBy,
      action: 'request.entered',
      subjectType: 'contract',
      subjectId: input.contractId,
      clause: input.kind === 'change' ? '第8条' : '第10条',
      after: {
        requestId: row.id,
        kind: input.kind,
        channel: input.channel,
        arrivedAt: input.arrivedAt.toISOString(),
      },
      commandId: input.commandId,
      businessAt: input.enteredAt,
    });
    return row;
  });
}
