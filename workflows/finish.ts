import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { Desk } from './desk.ts';
import type { Inbox } from './inbox.ts';
import type { Lane } from './lane.ts';
import type { Messages } from './updates.ts';

/**
 * Last step of an entity workflow: lets its mails and documents go, and refuses every command that still comes in
 * meanwhile, so that no caller waits for an answer that nobody gives. Tasks that are open then are reminded of until the
 * last mail has gone, and watched by a workflow of their own afterwards.
 */
export async function finish<M extends Messages<M>>({
  inbox,
  lane,
  desk,
}: {
  inbox: Inbox<M>;
  lane: Pick<Lane, 'isIdle' | 'settled'>;
  desk: Desk;
}): Promise<void> {
  const quiet = () => inbox.isEmpty && lane.isIdle && allHandlersFinished();
  while (!quiet()) {
    inbox.refuseRest();
    const wakesMs = desk.wakesAt();
    const woken = () => !inbox.isEmpty || quiet() || desk.wakesAt() !== wakesMs;
    if (wakesMs === null) await condition(woken);
    else if (!(await condition(woken, Math.max(1, wakesMs - Date.now())))) await desk.nudge();
  }
  await lane.settled();
  await desk.handOver();
}
