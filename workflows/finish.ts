import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { Command } from '../domain/base/answers.ts';
import type { Inbox } from './inbox.ts';
import type { Lane } from './lane.ts';

/**
 * Last step of an entity workflow: lets its mails and documents go, and refuses every command that still comes in
 * meanwhile, so that no caller waits for an answer that nobody gives.
 */
export async function finish<C extends Command & { type: string }>(
  inbox: Inbox<C>,
  lane: Pick<Lane, 'isIdle' | 'settled'>,
): Promise<void> {
  const quiet = () => inbox.isEmpty && lane.isIdle && allHandlersFinished();
  while (!quiet()) {
    inbox.refuseRest();
    await condition(() => !inbox.isEmpty || quiet());
  }
  await lane.settled();
}
