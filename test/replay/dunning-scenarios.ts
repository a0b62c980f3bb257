import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { dunningWorkflowId } from '../../domain/payments/dunning-case.ts';
import { dunningDriver } from '../support/dunning.ts';
import { applicants } from '../support/people.ts';

/** Ways through the dunning of an overdue paper, by name; each drives one workflow and returns its ID. */
export function dunningScenarios(db: Database, client: Client): Record<string, () => Promise<string>> {
  const people = applicants(db, client);
  const dunning = dunningDriver(db, client);

  return {
    dunned: async () => {
      const paperId = await dunning.overduePaper(await people.conclude(), 10);
      await dunning.open();
      await dunning.mailed(paperId, 'reminder1');
      await dunning.pay(paperId, 10_000);
      await dunning.pay(paperId, 29_600);
      await dunning.result(paperId);
      return dunningWorkflowId(paperId);
    },

    dunningDay: async () => {
      const workflowId = `dunning-day/${randomUUID()}`;
      await client.workflow.execute('dunningDay', { workflowId, taskQueue: BACKGROUND_QUEUE, args: [] });
      return workflowId;
    },
  };
}
