import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { discontinuationVersionsOf, findDiscontinuation } from '../../db/queries/discontinuation/find.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { DiscontinuationStatus } from '../../domain/discontinuation/discontinuation-status.ts';
import { skipTo } from '../../gateway/clock.ts';
import { discontinuationGateway } from '../../gateway/discontinuation.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import {
  type DiscontinuationVerdict,
  discontinuationWorkflowId,
} from '../../workflows/discontinuation/messages.ts';
import { eventually, staff } from './people.ts';

/** Drives discontinuations through the gateway as the console does, and their clock as the test needs it. */
export function discontinuationDriver(db: Database, client: Client) {
  const gateway = discontinuationGateway(createOutbox(db, client));
  /** Who sends the same command again is the same person. */
  const steering = staff(randomUUID());

  const inStatus = (id: string, status: DiscontinuationStatus) =>
    eventually(`the discontinuation is ${status}`, async () => {
      const row = await findDiscontinuation(db, id);
      return row?.status === status ? row : null;
    });

  const taskOf = (id: string, kind: string) =>
    eventually(`${kind} is open`, () =>
      db.query.tasks.findFirst({
        where: (t, { and, eq }) => and(eq(t.subjectId, id), eq(t.kind, kind as never), eq(t.status, 'open')),
      }),
    );

  async function propose(input: {
    lastDay: CivilDate;
    planCode: string | null;
    sandbox?: boolean;
    forceMajeure?: boolean;
    enteredBy?: string;
    historyLimit?: number;
  }): Promise<string> {
    const { lastDay, planCode, sandbox = true, forceMajeure = false, enteredBy = randomUUID() } = input;
    const { historyLimit } = input;
    const { discontinuationId } = await gateway.create(async (tx) => ({
      discontinuationId: await createDiscontinuation(tx, {
        commandId: randomUUID(),
        ...{ sandbox, planCode, lastDay, forceMajeure, enteredBy },
        reason: '試験',
      }),
      ...{ sandbox, lastDay, planCode, enteredBy },
      ...(historyLimit === undefined ? {} : { historyLimit }),
    }));
    return discontinuationId;
  }

  async function decide(
    id: string,
    kind: 'discontinuationReview' | 'discontinuationApproval' | 'refundReview' | 'refundApproval',
    verdict: DiscontinuationVerdict,
    staffId: string = randomUUID(),
    commandId: string = randomUUID(),
  ) {
    const task = await taskOf(id, kind);
    const command = { commandId, actor: staff(staffId), taskId: task.id, decisionId: randomUUID(), verdict };
    return gateway.decide(id, command);
  }

  /** Both people approve; resolves when the customers were told. */
  async function approve(id: string): Promise<void> {
    await decide(id, 'discontinuationReview', 'agree');
    await decide(id, 'discontinuationApproval', 'agree');
    await told(id);
  }

  const told = (id: string) =>
    eventually('customers are told', async () => {
      const snapshot = await gateway.snapshot(id);
      return snapshot !== null && snapshot.version > 0 && snapshot.told ? snapshot : null;
    });

  return {
    gateway,
    inStatus,
    taskOf,
    propose,
    decide,
    approve,
    told,
    row: (id: string) => findDiscontinuation(db, id),
    versions: (id: string) => discontinuationVersionsOf(db, id),
    rows: (id: string, version: number) =>
      db.query.discontinuationContracts.findMany({
        where: (t, { and, eq }) => and(eq(t.discontinuationId, id), eq(t.version, version)),
      }),
    recompute: (id: string, commandId: string = randomUUID()) =>
      gateway.recompute(id, { commandId, actor: steering, decisionId: randomUUID() }),
    cancel: (id: string, commandId: string = randomUUID()) =>
      gateway.cancel(id, { commandId, actor: steering, decisionId: randomUUID() }),
    /** Moves the discontinuation's own clock; fails when it does not get there. */
    async to(id: string, targetMs: number): Promise<void> {
      const skip = { workflowId: discontinuationWorkflowId(id), targetMs, id: randomUUID() };
      const moved = await skipTo(client, skip);
      if (!moved.ok) throw new Error(moved.message);
    },
    over: (id: string) => client.workflow.getHandle(discontinuationWorkflowId(id)).result(),
  };
}
