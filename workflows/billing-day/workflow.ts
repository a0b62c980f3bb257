import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import * as messages from '../billing-run/messages.ts';
import type { billingRun } from '../billing-run/workflow.ts';
import { deliverIfTaken } from '../delivery.ts';
import { billing as port } from '../ports.ts';

/**
 * Begins the run of today where today is its day (policy `billing.day`); of cause `daily` that of yesterday, where anything waits
 * for it. A day that was missed is made up by the next run (第6条2項).
 */
export async function billingDay({ sandbox, cause }: messages.BillingDayInput): Promise<string | null> {
  const which = cause === undefined ? {} : { cause };
  if (cause === 'daily') await keepPrepaid(sandbox);
  const opened = await port.openScheduledRun({ nowMs: Date.now(), sandbox, ...which });
  if (opened === null) return null;
  const workflowId = messages.billingRunWorkflowId({ ...opened, sandbox, ...which });
  try {
    await startChild<typeof billingRun>('billingRun', {
      workflowId,
      taskQueue: BACKGROUND_QUEUE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      args: [{ ...opened, sandbox, pace: messages.BILLING_PACE, carried: null }],
    });
  } catch (error) {
    // Somebody began it by hand.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  return workflowId;
}

const PAGE = 200;

/** Usage until yesterday is booked to the prepaid ledgers; customers whose balance is low are told, once after each top-up (第6条5項). */
async function keepPrepaid(sandbox: boolean): Promise<void> {
  const businessMs = Date.now();
  const through = addDays(jstDate(businessMs), -1);
  for (let after: string | null = null; ; ) {
    const asked = { through, sandbox, after, limit: PAGE, businessMs };
    const page: { nextCursor: string | null } = await port.bookPrepaidUsage(asked);
    after = page.nextCursor;
    if (after === null) break;
  }
  for (;;) {
    const low = await port.lowPrepaidBalances({ sandbox, limit: PAGE });
    for (const { contractId, key } of low) {
      const subject = { subjectType: 'contract' as const, subjectId: contractId };
      await deliverIfTaken({ key, kind: 'prepaidLow', ...subject, businessMs });
    }
    if (low.length < PAGE) return;
  }
}
