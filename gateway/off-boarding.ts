import type { Answer } from '../domain/base/answers.ts';
import {
  type OffBoardingMessages,
  type OffBoardingSnapshot,
  offBoardingId,
  offBoardingSnapshot,
  offBoardingUpdates,
} from '../workflows/off-boarding/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import type { Outbox, Write } from './outbox.ts';

/** Commands to the off-boarding of a contract that has ended; one that is over or unknown is a refusal. */
export function offBoardingGateway(outbox: Outbox) {
  return {
    /** A step is tried again, or was done by hand; the decision's row is written before. */
    decideStep: (
      contractId: string,
      command: CommandOf<OffBoardingMessages, 'decide'>,
      write?: Write,
    ): Promise<Answer> => outbox.update(offBoardingId(contractId), offBoardingUpdates.decide, command, write),
    snapshot: (contractId: string): Promise<OffBoardingSnapshot | null> =>
      askWorkflow(outbox.client, offBoardingId(contractId), offBoardingSnapshot),
  };
}
