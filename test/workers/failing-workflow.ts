import { proxyActivities } from '@temporalio/workflow';

const { fail } = proxyActivities<{ fail(): Promise<unknown> }>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 1 },
});

/** For the test of what a failing activity leaves behind. */
export async function callsFail(): Promise<void> {
  await fail();
}
