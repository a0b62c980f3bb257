import { continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Answer, Command, Refusal } from '../../domain/base/answers.ts';
import { isFinal } from '../../domain/desk/moves.ts';
import { DISCONTINUATION_STATUSES } from '../../domain/discontinuation/discontinuation-status.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { endAll, mayStartNewRun, untilLastDay } from './announced.ts';
import { awaitApproval, awaitRefundApproval, awaitRefundReview, awaitReview } from './decisions.ts';
import * as messages from './messages.ts';
import {
  type DiscontinuationCommand,
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
  const inbox = new Inbox<DiscontinuationCommand>(input.carried?.answered ?? {});
  const context: DiscontinuationContext = { input, state, inbox, lane: new Lane() };
  registerHandlers(context);

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
      await context.lane.settled();
      const carried = { state, answered: inbox.answered };
      await continueAsNew<typeof discontinuation>({ ...input, carried });
    }
  }
  await finish(inbox, context.lane);
}

function wantsNewRun(input: messages.DiscontinuationInput): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > (input.historyLimit ?? Number.POSITIVE_INFINITY);
}

function registerHandlers({ state, inbox }: DiscontinuationContext): void {
  const send =
    <C extends Command>(type: DiscontinuationCommand['type']) =>
    (command: C): Promise<Answer | Refusal> =>
      inbox.send({ ...command, type } as unknown as DiscontinuationCommand);
  setHandler(messages.discontinuationSnapshot, () => discontinuationSnapshotOf(state));
  setHandler(messages.decideDiscontinuation, send('decide'));
  setHandler(messages.recomputeDiscontinuation, send('recompute'));
  setHandler(messages.cancelDiscontinuation, send('cancel'));
}
