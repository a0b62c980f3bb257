import {
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { BareActivities } from './bare-worker.ts';

const local = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '10s' });
const ordinary = proxyActivities<BareActivities>({ startToCloseTimeout: '2 minutes' });

/** The least that Temporal can do for a renewal: a timer, one local activity, two activities that do nothing. */
export async function bareRenewal({ wakeMs }: { wakeMs: number }): Promise<void> {
  await sleep(Math.max(1, wakeMs - Date.now()));
  await local.nothing();
  await ordinary.nothing();
  await ordinary.done();
}

export const bareDecision = defineUpdate<void, [{ commandId: string }]>('bareDecision');
export const bareEnd = defineUpdate<void>('bareEnd');

/** The least that Temporal can do for a decision of staff: an update that answers at once. */
export async function bareDecisions(): Promise<void> {
  let over = false;
  setHandler(bareDecision, () => undefined);
  setHandler(bareEnd, () => {
    over = true;
  });
  await condition(() => over && allHandlersFinished());
}
