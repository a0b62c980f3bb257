import type { Command } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import {
  type ContractSnapshot,
  type ContractUpdateMessages,
  contractSnapshot,
  contractUpdates,
  contractWorkflowId,
  retryDelivery,
} from '../workflows/contract/messages.ts';
import {
  type ContractCampaignInput,
  type ContractCampaignMessages,
  contractCampaignId,
  contractCampaignUpdates,
} from '../workflows/contract-campaign/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import { startClock, virtualNow } from './clock.ts';
import type { Begin, Outbox, Store, Write } from './outbox.ts';

function campaignBeginning({
  campaignId,
  subjectType,
  subjectId,
  enteredBy,
  sandbox,
}: ContractCampaignInput): Begin {
  return {
    workflowId: contractCampaignId(campaignId),
    actor: { kind: 'staff', id: enteredBy },
    workflowType: 'contractCampaign',
    taskQueue: BACKGROUND_QUEUE,
    args: [{ campaignId, subjectType, subjectId, enteredBy, sandbox }],
  };
}

type RequestKind = 'change' | 'cancellation' | 'cancellationWithdrawal' | 'termination';

/** Commands to contracts, and about the terms of one. Every method answers; an ended or unknown contract is a refusal. */
export function contractGateway(outbox: Outbox) {
  return {
    /** Hands a recorded request to the contract, which computes its date (第8条, 第10条). */
    request: (
      contractId: string,
      kind: RequestKind,
      command: CommandOf<ContractUpdateMessages, RequestKind>,
      write?: Write,
    ) => outbox.update(contractWorkflowId(contractId), contractUpdates[kind], command, write),
    confirmRequest: (
      contractId: string,
      command: CommandOf<ContractUpdateMessages, 'confirm'>,
      write?: Write,
    ) => outbox.update(contractWorkflowId(contractId), contractUpdates.confirm, command, write),
    retryDelivery: (contractId: string, command: Command & { taskId: string; by?: 'post' }) =>
      outbox.update(contractWorkflowId(contractId), retryDelivery, command),
    /** Stores a campaign of one contract and asks a second person; null where nothing is to be decided. */
    enterCampaign: <T>(store: Store<T>, inputOf: (stored: T) => ContractCampaignInput | null): Promise<T> =>
      outbox.begin(store, (stored) => {
        const input = inputOf(stored);
        return input === null ? null : campaignBeginning(input);
      }),
    decideCampaign: (
      campaignId: string,
      command: CommandOf<ContractCampaignMessages, 'decide'>,
      write?: Write,
    ) => outbox.update(contractCampaignId(campaignId), contractCampaignUpdates.decide, command, write),
    snapshot: (contractId: string): Promise<ContractSnapshot | null> =>
      askWorkflow(outbox.client, contractWorkflowId(contractId), contractSnapshot),
    /** Starts the test clock of a sandbox contract towards an instant in milliseconds; live contracts refuse. */
    startClock: (contractId: string, input: { targetMs: number; actorId: string }) =>
      startClock(outbox, { contractId, ...input }),
    /** The contract's clock in milliseconds, ahead of real time when it was moved; null when the server has no answer. */
    now: async (contractId: string): Promise<number | null> => {
      try {
        return await outbox.client.withDeadline(Date.now() + 2_000, () =>
          virtualNow(outbox.client, contractWorkflowId(contractId)),
        );
      } catch {
        return null;
      }
    },
  };
}
