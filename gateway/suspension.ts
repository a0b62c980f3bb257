import type { SuspensionRow } from '../db/queries/suspension/find.ts';
import type { Command } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import { needsSecondPerson } from '../domain/suspension/suspension.ts';
import {
  type SuspensionInput,
  type SuspensionMessages,
  type SuspensionSnapshot,
  suspensionSnapshot,
  suspensionUpdates,
  suspensionWorkflowId,
} from '../workflows/suspension/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import type { Begin, Outbox, Store, Write } from './outbox.ts';

/** Contracts of which the provider is told within one activity. */
const PAGE_SIZE = 200;

function beginning(row: SuspensionRow): Begin {
  const { id: suspensionId, enteredBy, sandbox, scope, ground, planned, regular } = row;
  const tellsBefore = planned && !regular;
  const input: SuspensionInput = {
    ...{ suspensionId, enteredBy, sandbox, scope, tellsBefore, pageSize: PAGE_SIZE },
    needsSecondPerson: needsSecondPerson(ground, planned || regular),
    lapses: planned,
    tellsAfter: true,
    startsAtMs: row.startsAt.getTime(),
    endsAtMs: row.endsAt?.getTime() ?? null,
  };
  const workflowId = suspensionWorkflowId(suspensionId);
  const actor = { kind: 'staff' as const, id: enteredBy };
  return { workflowId, actor, workflowType: 'suspension', taskQueue: BACKGROUND_QUEUE, args: [input] };
}

/** Commands to suspensions. Every method answers; one that is over or unknown is a refusal. */
export function suspensionGateway(outbox: Outbox) {
  return {
    /** Stores a suspension and begins it: a double submit is one suspension. */
    create: (store: Store<SuspensionRow>): Promise<SuspensionRow> => outbox.begin(store, beginning),
    decide: (suspensionId: string, command: CommandOf<SuspensionMessages, 'decide'>, write?: Write) =>
      outbox.update(suspensionWorkflowId(suspensionId), suspensionUpdates.decide, command, write),
    reschedule: (suspensionId: string, command: CommandOf<SuspensionMessages, 'reschedule'>, write?: Write) =>
      outbox.update(suspensionWorkflowId(suspensionId), suspensionUpdates.reschedule, command, write),
    cancel: (suspensionId: string, command: Command, write?: Write) =>
      outbox.update(suspensionWorkflowId(suspensionId), suspensionUpdates.cancel, command, write),
    lift: (suspensionId: string, command: Command, write?: Write) =>
      outbox.update(suspensionWorkflowId(suspensionId), suspensionUpdates.lift, command, write),
    /** The live state; null when the workflow is over or nobody answers. */
    snapshot: (suspensionId: string): Promise<SuspensionSnapshot | null> =>
      askWorkflow(outbox.client, suspensionWorkflowId(suspensionId), suspensionSnapshot),
  };
}
