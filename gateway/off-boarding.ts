import type { Client } from '@temporalio/client';
import type { Answer } from '../domain/base/answers.ts';
import {
  decideStep,
  type OffBoardingSnapshot,
  offBoardingId,
  offBoardingSnapshot,
  type StepCommand,
} from '../workflows/off-boarding/messages.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';

/** Commands to the off-boarding of a contract that has ended; one that is over or unknown is a refusal. */
export function offBoardingGateway(client: Client) {
  return {
    /** A step is tried again, or was done by hand; the decision's row is written before. */
    decideStep: (contractId: string, command: StepCommand): Promise<Answer> =>
      updateWorkflow(client, offBoardingId(contractId), decideStep, command),
    snapshot: (contractId: string): Promise<OffBoardingSnapshot | null> =>
      askWorkflow(client, offBoardingId(contractId), offBoardingSnapshot),
  };
}

export type OffBoardingGateway = ReturnType<typeof offBoardingGateway>;
