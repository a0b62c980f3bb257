import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { topUpOrders } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { receiptGateway } from '../../gateway/receipt.ts';
import { billingRunWorkflowId } from '../../workflows/billing-run/messages.ts';
import { receiptWorkflowId } from '../../workflows/receipt/messages.ts';
import { billingDriver } from '../support/billing.ts';
import { applicants, staff } from '../support/people.ts';
import { paidPaper } from '../support/receipts.ts';

/** Ways through billing runs, by name; each drives one workflow and returns its ID. */
export function billingScenarios(db: Database, client: Client): Record<string, () => Promise<string>> {
  const people = applicants(db, client);
  const billing = billingDriver(db, client);
  const daily = billingDriver(db, client, 'daily');
  const idOf = (runOn: string) => billingRunWorkflowId({ runOn, sandbox: true });

  return {
    billed: async () => {
      const runOn = civilDate('2040-03-10');
      for (let contracts = 0; contracts < 3; contracts += 1) await people.conclude();
      await billing.begin(runOn);
      const run = await billing.find(runOn);
      if (run === null) throw new Error('the run was not begun');
      const command = () => ({ commandId: randomUUID(), actor: staff(randomUUID()) });
      await billing.gateway.pause(run, command());
      await billing.gateway.resume(run, command());
      await billing.decide(runOn, 'billingReview', 'agree');
      await billing.decide(runOn, 'billingApproval', 'sendBack');
      await billing.release(runOn);
      await client.workflow.getHandle(idOf(runOn)).result();
      return idOf(runOn);
    },

    billsDiscarded: async () => {
      const runOn = civilDate('2040-04-10');
      await people.conclude();
      await billing.begin(runOn);
      await billing.decide(runOn, 'billingReview', 'discard');
      await client.workflow.getHandle(idOf(runOn)).result();
      return idOf(runOn);
    },

    receiptIssued: async () => {
      const contractId = await people.conclude();
      const { paperId } = await paidPaper(db, contractId);
      const receiptId = randomUUID();
      const asked = { receiptId, paperId, issuedBy: randomUUID(), today: civilDate('2026-12-01') };
      const answer = await receiptGateway(createOutbox(db, client)).issue({
        ...{ ...asked, at: new Date(), mailed: true },
      });
      if (!answer.ok) throw new Error(answer.message);
      const workflowId = receiptWorkflowId({ contractId, receiptId, mailed: true, sandbox: true });
      await client.workflow.getHandle(workflowId).result();
      return workflowId;
    },

    /** A day's papers: the bill of a top-up (第6条5項). */
    billedDaily: async () => {
      const runOn = civilDate('2040-05-01');
      const contractId = await people.conclude();
      const order = { contractId, orderedBy: randomUUID(), orderKey: randomUUID(), amountYen: 10_000 };
      await db.insert(topUpOrders).values({ ...order, orderedOn: runOn });
      await daily.begin(runOn);
      await daily.release(runOn);
      const workflowId = billingRunWorkflowId({ runOn, sandbox: true, cause: 'daily' });
      await client.workflow.getHandle(workflowId).result();
      return workflowId;
    },

    billingDayDaily: async () => {
      const workflowId = `billing-daily/${randomUUID()}`;
      const args = [{ sandbox: true, cause: 'daily' }];
      await client.workflow.execute('billingDay', { workflowId, taskQueue: BACKGROUND_QUEUE, args });
      return workflowId;
    },

    /** Telephony is off: nothing can be read, and the comparison says so. */
    usageRead: async () => {
      const workflowId = `usage-reading/${randomUUID()}`;
      const args = [{ sandbox: true, month: '2026-10' }];
      await client.workflow.execute('usageReading', { workflowId, taskQueue: BACKGROUND_QUEUE, args });
      return workflowId;
    },

    billingDay: async () => {
      const workflowId = `billing-day/${randomUUID()}`;
      const args = [{ sandbox: true }];
      await client.workflow.execute('billingDay', { workflowId, taskQueue: BACKGROUND_QUEUE, args });
      return workflowId;
    },
  };
}
