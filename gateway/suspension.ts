import type { Client } from '@temporalio/client';
import type { SuspensionRow } from '../db/queries/suspension/find.ts';
import type { Command } from '../domain/base/answers.ts';
import { needsSecondPerson } from '../domain/suspension/suspension.ts';
import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import {
  cancelSuspension,
  decideSuspension,
  liftSuspension,
  rescheduleSuspension,
  type SuspensionInput,
  type SuspensionSnapshot,
  suspensionSnapshot,
  suspensionWorkflowId,
} from '../workflows/suspension/messages.ts';
import { askWorkflow, updateWorkflow } from './answers.ts';
import { startOnce } from './start-once.ts';

/** Contracts of which the provider is told within one activity. */
const PAGE_SIZE = 200;

/** Commands to suspensions. Every method answers; one that is over or unknown is a refusal. */
export function suspensionGateway(client: Client) {
  return {
    /** Starts a stored suspension, or leaves the one that runs or ran as it is: a double submit is one suspension. */
    start: (row: SuspensionRow): Promise<void> => {
      const { id: suspensionId, enteredBy, sandbox, scope, ground, planned, regular } = row;
      const tellsBefore = planned && !regular;
      const input: SuspensionInput = {
        ...{ suspensionId, enteredBy, sandbox, scope, tellsBefore, pageSize: PAGE_SIZE },
        needsSecondPerson: needsSecondPerson(ground, tellsBefore),
        tellsAfter: !regular,
        startsAtMs: row.startsAt.getTime(),
        endsAtMs: row.endsAt?.getTime() ?? null,
      };
      return startOnce(client, 'suspension', {
        workflowId: suspensionWorkflowId(suspensionId),
        taskQueue: BACKGROUND_QUEUE,
        args: [input],
      });
    },
    decide: (
      suspensionId: string,
      command: Command & { taskId: string; decisionId: string; verdict: 'agree' | 'reject' },
    ) => updateWorkflow(client, suspensionWorkflowId(suspensionId), decideSuspension, command),
    reschedule: (suspensionId: string, command: Command & { startsAtMs: number; endsAtMs: number | null }) =>
      updateWorkflow(client, suspensionWorkflowId(suspensionId), rescheduleSuspension, command),
    cancel: (suspensionId: string, command: Command) =>
      updateWorkflow(client, suspensionWorkflowId(suspensionId), cancelSuspension, command),
    lift: (suspensionId: string, command: Command) =>
      updateWorkflow(client, suspensionWorkflowId(suspensionId), liftSuspension, command),
    /** The live state; null when the workflow is over or nobody answers. */
    snapshot: (suspensionId: string): Promise<SuspensionSnapshot | null> =>
      askWorkflow(client, suspensionWorkflowId(suspensionId), suspensionSnapshot),
  };
}

export type SuspensionGateway = ReturnType<typeof suspensionGateway>;
