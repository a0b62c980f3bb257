import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import type { TaskKind } from '../../../domain/processes/index.ts';
import { skipTo, virtualNow } from '../../../gateway/clock.ts';
import type { CommandOf } from '../lines.ts';
import type { Office } from './office.ts';
import type { Subject } from './subject.ts';

/** Where a command is given, and the instant on the clock of what it is given to. */
export interface Giving {
  office: Office;
  subject: Subject;
  nowMs: number;
  /** How the life applied. */
  applied: CommandOf<'apply'>;
}

const LOOK_MS = 100;
const LOOKS = 1_800;

/** Waits until a process that was just begun asks for somebody. */
export async function asked(office: Office, task: { subjectId: string; kind: TaskKind }): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    if ((await findOpenTask(office.db, task)) !== null) return;
    await delay(LOOK_MS);
  }
  throw new Error(`nobody is asked for ${task.kind} of ${task.subjectId}`);
}

/** Waits for a process beside the contract whose decision was given before; one that never began is over. */
export async function overAgain({ db, client }: Office, workflowId: string): Promise<void> {
  const decided = await db.query.commands.findFirst({
    where: (t, { and, eq, isNotNull }) => and(eq(t.workflowId, workflowId), isNotNull(t.update)),
  });
  if (decided?.answer?.ok === true) await client.workflow.getHandle(workflowId).result();
}

/** Moves the clock of a process beside the contract to that of the contract. */
export async function moveOwn(
  { office: { client }, nowMs: targetMs }: Giving,
  workflowId: string,
): Promise<void> {
  if ((await virtualNow(client, workflowId)) >= targetMs) return;
  const moved = await skipTo(client, { workflowId, targetMs, id: randomUUID() });
  if (!moved.ok) throw new Error(`${workflowId}: ${moved.message}`);
}
