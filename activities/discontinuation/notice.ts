import { Context } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError, WorkflowIdConflictPolicy } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { planNameOf } from '../../db/queries/catalogue/names.ts';
import { contractsEnding } from '../../db/queries/discontinuation/contracts.ts';
import type { DiscontinuationRow } from '../../db/queries/discontinuation/find.ts';
import { addNoticeAudience } from '../../db/queries/notice/audience.ts';
import { createNotice } from '../../db/queries/notice/create.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import {
  discontinuationAnnounced,
  discontinuationCancelled,
} from '../../templates/notice/discontinuation.ts';
import { NOTICE_PACE, noticeWorkflowId } from '../../workflows/notice/messages.ts';

/**
 * Makes the notice of a step once, to the contracts that end by a version, and starts its campaign: the two people who
 * approved the discontinuation have approved it. Null where no contract ends.
 */
export async function announceByNotice(
  db: Database,
  row: DiscontinuationRow,
  { version, step }: { version: number; step: 'announcement' | 'cancelled' },
): Promise<string | null> {
  const { id, planCode, lastDay, forceMajeure, sandbox, reviewedBy, approvedBy } = row;
  if (reviewedBy === null || approvedBy === null) throw new Error('the discontinuation was not approved');
  const contractIds = await contractsEnding(db, { discontinuationId: id, version });
  if (contractIds.length === 0) return null;
  const planName = planCode === null ? null : await planNameOf(db, planCode);
  const texts = { planName, lastDay, forceMajeure };
  const noticeId = await db.transaction(async (tx) => {
    const made = await createNotice(tx, {
      ...(step === 'announcement' ? discontinuationAnnounced(texts) : discontinuationCancelled(texts)),
      creationKey: `discontinuation/${id}/${step}`,
      noticeClass: 'contractual',
      audience: 'contracts',
      planCode: null,
      ...{ sandbox, byMail: true, postOnWeb: true },
      createdBy: row.enteredBy,
      cause: {
        type: 'discontinuation',
        ...{ id, step },
        values: {},
        clause: '第16条',
        approvedBy: [reviewedBy, approvedBy],
      },
    });
    await addNoticeAudience(
      tx,
      made,
      contractIds.map((contractId) => ({ contractId })),
    );
    return made;
  });
  await startCampaign(noticeId, row.enteredBy);
  return noticeId;
}

/** Starts a notice's workflow on the worker's own client, for it has a life of its own; a repeat finds it running or over. */
export async function startCampaign(noticeId: string, startedBy: string): Promise<void> {
  try {
    await Context.current().client.workflow.start('noticeCampaign', {
      workflowId: noticeWorkflowId(noticeId),
      taskQueue: BACKGROUND_QUEUE,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [{ noticeId, startedBy, ...NOTICE_PACE, carried: null }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
