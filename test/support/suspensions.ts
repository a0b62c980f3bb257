import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { createSuspension } from '../../db/queries/suspension/create.ts';
import { findSuspension } from '../../db/queries/suspension/find.ts';
import { needsSecondPerson, type SuspensionStatus } from '../../domain/suspension/suspension.ts';
import { skipTo } from '../../gateway/clock.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { suspensionGateway } from '../../gateway/suspension.ts';
import { suspensionWorkflowId } from '../../workflows/suspension/messages.ts';
import { eventually, staff } from './people.ts';

/** Drives suspensions through the gateway as the console does. */
export function suspensionDriver(db: Database, client: Client) {
  const gateway = suspensionGateway(createOutbox(db, client));
  const taskOf = (suspensionId: string) =>
    eventually('the decision is asked for', () =>
      db.query.tasks.findFirst({
        where: (t, { and, eq }) => and(eq(t.subjectId, suspensionId), eq(t.kind, 'suspensionDecision')),
      }),
    );

  return {
    gateway,
    taskOf,

    async enter(input: {
      contractId: string;
      ground: string;
      startsAtMs?: number;
      endsAtMs?: number | null;
      regular?: boolean;
      enteredBy?: string;
    }): Promise<string> {
      const { contractId, ground, startsAtMs = Date.now(), endsAtMs = null, regular = false } = input;
      const enteredBy = input.enteredBy ?? randomUUID();
      const planned = input.startsAtMs !== undefined;
      const suspension = await createSuspension(db, {
        commandId: randomUUID(),
        status: needsSecondPerson(ground, planned || regular) ? 'approval' : 'planned',
        ...{
          scope: 'contract',
          planCode: null,
          contractId,
          sandbox: true,
          ground,
          planned,
          regular,
          enteredBy,
        },
        reason: '試験',
        startsAt: new Date(startsAtMs),
        endsAt: endsAtMs === null ? null : new Date(endsAtMs),
      });
      await gateway.create(async () => suspension);
      return suspension.id;
    },

    async decide(suspensionId: string, verdict: 'agree' | 'reject', staffId: string = randomUUID()) {
      const task = await taskOf(suspensionId);
      const decisionId = randomUUID();
      const actor = staff(staffId);
      return gateway.decide(suspensionId, {
        commandId: randomUUID(),
        actor,
        taskId: task.id,
        decisionId,
        verdict,
      });
    },

    command: (commandId: string = randomUUID()) => ({ commandId, actor: staff(randomUUID()) }),

    inStatus: (suspensionId: string, status: SuspensionStatus) =>
      eventually(`the suspension is ${status}`, async () => {
        const row = await findSuspension(db, suspensionId);
        return row?.status === status ? row : null;
      }),

    notices: (suspensionId: string) =>
      db.query.notices.findMany({
        where: (t, { eq }) => eq(t.causeId, suspensionId),
        orderBy: (t, { asc }) => asc(t.createdAt),
      }),

    /** Moves the suspension's own clock; fails when it does not get there. */
    async to(suspensionId: string, targetMs: number): Promise<void> {
      const skip = { workflowId: suspensionWorkflowId(suspensionId), targetMs, id: randomUUID() };
      const moved = await skipTo(client, skip);
      if (!moved.ok) throw new Error(moved.message);
    },

    over: (suspensionId: string) => client.workflow.getHandle(suspensionWorkflowId(suspensionId)).result(),
  };
}
