import { randomUUID } from 'node:crypto';
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

/** Moves the clock of a process beside the contract to that of the contract. */
export async function moveOwn(
  { office: { client }, nowMs: targetMs }: Giving,
  workflowId: string,
): Promise<void> {
  if ((await virtualNow(client, workflowId)) >= targetMs) return;
  const moved = await skipTo(client, { workflowId, targetMs, id: randomUUID() });
  if (!moved.ok) throw new Error(`${workflowId}: ${moved.message}`);
}
