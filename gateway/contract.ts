import type { Client } from '@temporalio/client';
import type { Command } from '../domain/base/answers.ts';
import {
  type ContractSnapshot,
  cancellation,
  changeRequest,
  confirmRequest,
  contractSnapshot,
  contractWorkflowId,
  retryDelivery,
  terminate,
  withdrawCancellation,
} from '../workflows/contract/messages.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';
import { startClock, virtualNow } from './clock.ts';

const REQUESTS = {
  change: changeRequest,
  cancellation,
  cancellationWithdrawal: withdrawCancellation,
  termination: terminate,
};

/** Commands to contracts. Every method answers; an ended or unknown contract is a refusal. */
export function contractGateway(client: Client) {
  return {
    /** Hands a recorded request to the contract, which computes its date (第8条, 第10条). */
    request: (contractId: string, kind: keyof typeof REQUESTS, command: Command & { requestId: string }) =>
      updateWorkflow(client, contractWorkflowId(contractId), REQUESTS[kind], command),
    confirmRequest: (
      contractId: string,
      command: Command & { requestId: string; verdict: 'confirm' | 'reject' },
    ) => updateWorkflow(client, contractWorkflowId(contractId), confirmRequest, command),
    retryDelivery: (contractId: string, command: Command & { taskId: string; by?: 'post' }) =>
      updateWorkflow(client, contractWorkflowId(contractId), retryDelivery, command),
    snapshot: (contractId: string): Promise<ContractSnapshot | null> =>
      askWorkflow(client, contractWorkflowId(contractId), contractSnapshot),
    /** Starts the test clock of a sandbox contract towards an instant in milliseconds; live contracts refuse. */
    startClock: (contractId: string, input: { targetMs: number; actorId: string }) =>
      startClock(client, { contractId, ...input }),
    /** The contract's clock in milliseconds, ahead of real time when it was moved; null when the server has no answer. */
    now: async (contractId: string): Promise<number | null> => {
      try {
        return await client.withDeadline(Date.now() + 2_000, () =>
          virtualNow(client, contractWorkflowId(contractId)),
        );
      } catch {
        return null;
      }
    },
  };
}

export type ContractGateway = ReturnType<typeof contractGateway>;
