import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import type { TelephonyConfig } from '../../clients/telephony/settings.ts';
import type { Database } from '../../db/client.ts';
import {
  askForNumbers,
  findProvisioning,
  type ProvisioningRow,
  provisioningStart,
} from '../../db/queries/telephony/provisioning.ts';
import { contracts } from '../../db/schema/index.ts';
import { type NumberType, provisioningWorkflowId } from '../../domain/telephony/provisioning.ts';
import { skipTo } from '../../gateway/clock.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { telephonyGateway } from '../../gateway/telephony.ts';
import { eventually } from './people.ts';

const HOUR_MS = 3_600_000;
/** Commands are swept when they are older than their grace. */
const LATER_MS = 60_000;

/** The numbers of contracts, and what staff and time do to their provision. */
export function provisioningDriver(db: Database, client: Client, config: TelephonyConfig) {
  const outbox = createOutbox(db, client);
  const gateway = telephonyGateway(outbox, config);
  const by = (contractId: string) => ({ contractId, staffId: randomUUID(), commandId: randomUUID() });

  return {
    /** Begins what rows ask for. */
    async sweep(): Promise<void> {
      while ((await outbox.sweep(new Date(Date.now() + LATER_MS))).answered > 0);
    },
    row: (contractId: string) => findProvisioning(db, contractId),
    /** Waits until the record is as expected. */
    reached: (contractId: string, expected: Partial<ProvisioningRow>) =>
      eventually(`the provision is ${JSON.stringify(expected)}`, async () => {
        const row = await findProvisioning(db, contractId);
        if (row === null) return null;
        const same = Object.entries(expected).every(([name, value]) => Reflect.get(row, name) === value);
        return same ? row : null;
      }),
    ask: (contractId: string, numberType: NumberType = 'national') =>
      gateway.askForNumbers({ ...by(contractId), numberType }),
    submit: (contractId: string) => gateway.askForReview(by(contractId)),
    look: (contractId: string) => gateway.look(by(contractId)),
    /** As the gateway does it, where no provider is set. */
    begin: (contractId: string) =>
      outbox.begin(
        (tx) => askForNumbers(tx, { ...by(contractId), numberType: 'national' }),
        (provisioning) => ({
          ...{ workflowId: provisioningWorkflowId(contractId), ...provisioningStart(provisioning) },
          actor: { kind: 'system' },
        }),
      ),
    /** Lets time pass for the provision. */
    async pass(contractId: string, hours: number): Promise<void> {
      const row = await findProvisioning(db, contractId);
      const fromMs = row?.lookedAt?.getTime() ?? Date.now();
      const workflowId = provisioningWorkflowId(contractId);
      const targetMs = fromMs + hours * HOUR_MS;
      const moved = await skipTo(client, { workflowId, targetMs, id: randomUUID() });
      if (!moved.ok) throw new Error(moved.message);
    },
    /** Kind and cause of the provision's tasks, with their status, in the order in which they were opened. */
    tasks: async (contractId: string) =>
      (
        await db.query.tasks.findMany({
          where: (t, { and, eq: is }) => and(is(t.subjectId, contractId), is(t.kind, 'provisioning')),
          orderBy: (t, { asc }) => asc(t.createdAt),
        })
      ).map(({ cause, status }) => [cause, status]),
    /** What the audit log says of the provision, in order; when the service goes off after an end is not its own. */
    told: async (contractId: string) =>
      (
        await db.query.auditEntries.findMany({
          where: (t, { and, eq: is, inArray, like, or }) =>
            and(
              is(t.subjectId, contractId),
              or(
                like(t.action, 'provisioning.%'),
                inArray(t.action, ['telephony.registered', 'telephony.numbersRead', 'telephony.closed']),
              ),
            ),
          orderBy: (t, { asc }) => asc(t.sequence),
        })
      ).map(({ action }) => action),
    over: (contractId: string) => client.workflow.getHandle(provisioningWorkflowId(contractId)).result(),
  };
}

/** As a change of the contract leaves it: so many further numbers. */
export async function updateOptions(db: Database, contractId: string, quantity: number): Promise<void> {
  await db
    .update(contracts)
    .set({ options: [{ code: 'number', quantity }] })
    .where(eq(contracts.id, contractId));
}
