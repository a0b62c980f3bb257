import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { isFinal } from '../../domain/desk/moves.ts';
import { DISCONTINUATION_STATUSES } from '../../domain/discontinuation/discontinuation-status.ts';
import { Desk, everyTaskReminds } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { endAll, mayStartNewRun, untilLastDay } from './announced.ts';
import { awaitApproval, awaitRefundApproval, awaitRefundReview, awaitReview } from './decisions.ts';
import * as messages from './messages.ts';
import {
  type DiscontinuationContext,
  discontinuationSnapshotOf,
  initialDiscontinuationState,
} from './state.ts';

/**
 * Discontinuation of the service or of a plan (第16条): two people approve, customers are told, the contracts end with the
 * last day, refunds are computed and given free by two people. Ends when nothing is left to pay, or when it was rejected
 * or called off.
 */
export async function discontinuation(input: messages.DiscontinuationInput): Promise<void> {
  const state = input.carried?.state ?? initialDiscontinuationState();
  const inbox = new Inbox<messages.DiscontinuationMessages>(input.carried?.answered ?? {});
  const lane = new Lane();
  const { discontinuationId: subjectId, sandbox } = input;
  const carried = [state.task, state.letterTask, everyTaskReminds() ? state.accountTask : null];
  const desk = new Desk(
    { subjectType: 'discontinuation', subjectId, sandbox },
    lane,
    carried.filter((task) => task !== null),
  );
  const context: DiscontinuationContext = { input, state, inbox, lane, desk };
  setHandler(messages.discontinuationSnapshot, () => discontinuationSnapshotOf(state));
  inbox.accept(messages.discontinuationUpdates);

  while (!isFinal(DISCONTINUATION_STATUSES, state.status)) {
    switch (state.status) {
      case 'review':
        await awaitReview(context);
        break;
      case 'approval':
        await awaitApproval(context);
        break;
      case 'announced':
        await untilLastDay(context, () => wantsNewRun(input));
        break;
      case 'ending':
        await endAll(context);
        break;
      case 'refundReview':
        await awaitRefundReview(context);
        break;
      case 'refundApproval':
        await awaitRefundApproval(context);
        break;
      case 'done':
      case 'rejected':
      case 'cancelled':
        break;
    }
    if (state.status === 'announced' && mayStartNewRun(context) && wantsNewRun(input)) {
      await lane.settled();
      const carried = { state, answered: inbox.answered };
      await continueAsNew<typeof discontinuation>({ ...input, carried });
    }
  }
  await finish(context);
}

function wantsNewRun(input: messages.DiscontinuationInput): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > (input.historyLimit ?? Number.POSITIVE_INFINITY);
}
