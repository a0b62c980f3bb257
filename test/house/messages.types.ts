import { defineUpdate } from '@temporalio/workflow';
import type { RequestFacts } from '../../activities/records/index.ts';
import { answerCancellation } from '../../workflows/contract/cancellation.ts';
import type { ContractContext, Taken } from '../../workflows/contract/context.ts';
import type { ContractMessages, ContractUpdateMessages } from '../../workflows/contract/messages.ts';
import type { Handlers, Updates } from '../../workflows/updates.ts';

/**
 * What must not compile. `tsc` reads this file with all others: an error that is expected and does not come is an error.
 */

type Dated = Awaited<ReturnType<Handlers<ContractMessages>['cancellation']>>;
declare const context: ContractContext;
declare const facts: RequestFacts;

const cancelled = (command: Taken<'cancellation'>) => answerCancellation(context, command, facts);

/** A command wired to the handler of another one, although both carry the same. */
export const miswired: Pick<Handlers<ContractMessages>, 'change'> = {
  // @ts-expect-error a cancellation is no change
  change: cancelled,
};

/** A command under the name of another update. */
export const misnamed: Pick<Updates<ContractUpdateMessages>, 'change'> = {
  // @ts-expect-error changes come as changeRequest
  change: defineUpdate('cancellation'),
};

// @ts-expect-error a cancellation is answered with its date
export const undated: Dated = { ok: true, reasons: [], message: '' };

// @ts-expect-error the request that is confirmed is missing
export const empty: Parameters<Handlers<ContractMessages>['confirm']>[0] = {
  type: 'confirm',
  commandId: '',
  actor: { kind: 'system' },
  verdict: 'confirm',
};
