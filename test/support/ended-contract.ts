import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { decideHold, proposeHold } from '../../db/queries/deletion/hold.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { addDays, type CivilDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { deletionGateway } from '../../gateway/deletion.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { deletionWorkflowId } from '../../workflows/deletion/messages.ts';
import { contractDriver } from './contract-life.ts';
import { applicants } from './people.ts';

/** Contracts that have ended, and their deletions on the test clock. */
export function endings(db: Database, client: Client) {
  const gateway = deletionGateway(createOutbox(db, client));

  const contractRow = async (contractId: string) => {
    const row = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
    if (row === undefined) throw new Error(`contract ${contractId} does not exist`);
    return row;
  };

  return {
    gateway,

    /** A monthly contract that was concluded, cancelled and has ended on its test clock. */
    async ended(
      changes: Partial<ApplicationInput> = {},
      before: (contractId: string) => Promise<void> = async () => undefined,
    ) {
      const contractId = await applicants(db, client).conclude({ contractKind: 'monthly', ...changes });
      const driver = contractDriver(db, client, contractId);
      await driver.mailed('certificateIssued');
      await before(contractId);
      const { answer } = await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
      if (!answer.ok) throw new Error(answer.message);
      await driver.to(`${addDays(answer.effectiveOn as CivilDate, 1)}T00:00:00+09:00`);
      await driver.over();
      return contractId;
    },

    /** Starts the deletion as the off-boarding does. */
    async start(contractId: string): Promise<void> {
      await gateway.start({ ...(await contractRow(contractId)), contractId });
    },

    /** Moves the clock of a deletion to JST 0:00 of a day so many days after the contract's end. */
    async toDay(contractId: string, daysAfterEnd: number, offsetSeconds = 0): Promise<void> {
      const { endsOn } = await contractRow(contractId);
      const targetMs = jstInstant(addDays(endsOn as CivilDate, daysAfterEnd)) + offsetSeconds * 1_000;
      await skipTo(client, { workflowId: deletionWorkflowId(contractId), targetMs, id: randomUUID() });
    },

    /** Sets a hold, as one person; the deletion is stopped from then on. */
    async hold(contractId: string): Promise<string> {
      const hold = await proposeHold(db, {
        contractId,
        commandId: randomUUID(),
        reason: '係争のため、証拠を保全する',
        staffId: randomUUID(),
        at: new Date(),
      });
      if (!hold.ok) throw new Error(hold.message);
      return hold.holdId;
    },

    /** Rejects a hold, as another person. */
    reject: (holdId: string) =>
      decideHold(db, {
        holdId,
        verdict: 'reject',
        commandId: randomUUID(),
        staffId: randomUUID(),
        at: new Date(),
      }),

    over: (contractId: string) => client.workflow.getHandle(deletionWorkflowId(contractId)).result(),
    row: (contractId: string) =>
      db.query.deletions.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) }),
    contractRow,
  };
}
