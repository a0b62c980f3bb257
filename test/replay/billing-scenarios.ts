import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { billingRunWorkflowId } from '../../workflows/billing-run/messages.ts';
import { billingDriver } from '../support/billing.ts';
import { applicants, staff } from '../support/people.ts';

/** Ways through billing runs, by name; each drives one workflow and returns its ID. */
export function billingScenarios(db: Database, client: Client): Record<string, () => Promise<string>> {
  const people = applicants(db, client);
  const billing = billingDriver(db, client);
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

    billingDay: async () => {
      const workflowId = `billing-day/${randomUUID()}`;
      const args = [{ sandbox: true }];
      await client.workflow.execute('billingDay', { workflowId, taskQueue: BACKGROUND_QUEUE, args });
      return workflowId;
    },
  };
}
