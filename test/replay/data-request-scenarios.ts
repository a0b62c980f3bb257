import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { addDays, type CivilDate } from '../../domain/calendar/civil-date.ts';
import { skipTo } from '../../gateway/clock.ts';
import { dataRequestWorkflowId } from '../../workflows/data-request/messages.ts';
import { dataRequestDriver, PACE } from '../support/data-requests.ts';

const DAY_MS = 86_400_000;

/** Ways through a request about data. */
export function dataRequestScenarios(db: Database, client: Client): Record<string, () => Promise<string>> {
  const driver = dataRequestDriver(db, client);
  return {
    extendedThenDone: async () => {
      const { id, dueOn } = await driver.received();
      const workflowId = dataRequestWorkflowId(id);
      await driver.answer(id, 'done');
      await driver.answer(id, 'extended', addDays(dueOn as CivilDate, 30));
      const targetMs = Date.now() + (PACE.answerDays + 30) * DAY_MS;
      await skipTo(client, { workflowId, targetMs, id: randomUUID() });
      await driver.identify(id);
      await driver.answer(id, 'done');
      await client.workflow.getHandle(workflowId).result();
      return workflowId;
    },

    refusedAtOnce: async () => {
      const { id } = await driver.received();
      await driver.answer(id, 'refused');
      await client.workflow.getHandle(dataRequestWorkflowId(id)).result();
      return dataRequestWorkflowId(id);
    },
  };
}
