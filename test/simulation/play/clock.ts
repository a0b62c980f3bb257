import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { Answer } from '../../../domain/base/answers.ts';
import { advanceAfterEnd, advanceClock, contractNow, skipTo, virtualNow } from '../../../gateway/clock.ts';
import { contractWorkflowId } from '../../../workflows/contract/messages.ts';
import { idOf, type Office } from './office.ts';
import { isSettled, reviewOf, type Subject, subjectOf } from './subject.ts';

/** How long something that the machine does by itself may take on a busy machine. */
const PATIENCE_MS = 5 * 60_000;
const LOOK_MS = 100;

/** Waits until an application waits for somebody, or is over. */
export async function settled(office: Office, life: string): Promise<Subject> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const subject = await subjectOf(office, life);
    if (subject !== null && isSettled(subject)) return subject;
    if (Date.now() > deadline) {
      throw new Error(`${life}: the application stays ${subject?.applicationStatus ?? 'unknown'}`);
    }
    await delay(LOOK_MS);
  }
}

/** Waits until everybody was told by an application or a contract that is over. */
export async function finished(office: Office, life: string): Promise<void> {
  const subject = await settled(office, life);
  const { contractId, live } = subject;
  const over = [
    ...(reviewing(subject) ? [] : [reviewOf(subject)]),
    ...(contractId === null || live ? [] : [contractWorkflowId(contractId)]),
  ];
  for (const workflowId of over) {
    // One that the deletion has taken away was over before.
    await office.client.workflow
      .getHandle(workflowId)
      .result()
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
  }
}

/** Whether an application still has a clock of its own. */
const reviewing = ({ applicationStatus }: Subject) =>
  ['correction', 'review', 'approval'].includes(applicationStatus);

/**
 * Moves the clock of whatever a life is to an instant in milliseconds, or to the end of its contract; of what passes on the
 * way the records tell. Gives what the life is then.
 */
export async function moveTo(office: Office, life: string, targetMs: number): Promise<Subject> {
  let subject = await settled(office, life);
  if (reviewing(subject) && (await virtualNow(office.client, reviewOf(subject))) < targetMs) {
    require(life, await skipTo(office.client, { workflowId: reviewOf(subject), targetMs, id: randomUUID() }));
    subject = await settled(office, life);
  }
  if (subject.contractId === null) return subject;
  return subject.live ? moveContract(office, life, subject.contractId, targetMs) : subject;
}

/** Moves the clock of what comes after the end of a contract. */
export async function moveAfterEnd(
  { client }: Office,
  life: string,
  { contractId }: Subject,
  targetMs: number,
): Promise<void> {
  if (contractId === null || ((await endedNow(client, contractId)) ?? targetMs) >= targetMs) return;
  require(life, await advanceAfterEnd(client, { contractId, targetMs }));
}

async function moveContract(office: Office, life: string, contractId: string, targetMs: number) {
  if ((await contractNow(office.client, contractId, false)) < targetMs) {
    require(life, await advanceClock(office.outbox, { contractId, targetMs, actorId: idOf('clock') }));
  }
  const subject = await settled(office, life);
  if (subject.live && (await contractNow(office.client, contractId, false)) < targetMs) throw still(life);
  return subject;
}

/** Something on the way could not be done, as long as a part was away. */
const still = (life: string) => new Error(`${life}: the clock stands still`);

/** A clock that did not move is a fault of the run; a workflow that is over meanwhile is none. */
function require(life: string, answer: Answer<{ nowMs: number }>): void {
  if (!answer.ok && answer.code !== 'wrongState') throw new Error(`${life}: ${answer.message}`);
}

/** The clock of what follows an end; null when the deletion has taken it away too. */
async function endedNow(client: Client, contractId: string): Promise<number | null> {
  try {
    return await contractNow(client, contractId, true);
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return null;
    throw error;
  }
}

/** gRPC's word for what is not there. */
const NOT_FOUND = 5;

/** The instant, in milliseconds, on the clock of whatever a life is; as wanted where it has none any more. */
export async function nowOf({ client }: Office, subject: Subject, wantedMs: number): Promise<number> {
  const { contractId, live } = subject;
  if (reviewing(subject)) return virtualNow(client, reviewOf(subject));
  if (contractId === null) return wantedMs;
  if (live) return contractNow(client, contractId, false);
  return Math.max(wantedMs, (await endedNow(client, contractId)) ?? 0);
}
