import { setTimeout as delay } from 'node:timers/promises';
import { createSuspension } from '../../../db/queries/suspension/create.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import type { CommandOf } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import { decide } from './decide.ts';
import { asked, type Giving } from './giving.ts';
import { idOf, type Office, personOf } from './office.ts';

const LOOK_MS = 100;
const LOOKS = 1_200;

/** Somebody wants a contract's service stopped for what the customer did (第18条2項). */
export async function suspend(
  { office, subject }: Giving,
  { id, by, ground }: CommandOf<'suspend'>,
): Promise<void> {
  const { contractId, live } = subject;
  if (contractId === null || !live) return;
  const { id: subjectId } = await office.suspensions.create((tx) =>
    createSuspension(tx, {
      ...{ commandId: idOf(id), status: 'approval', scope: 'contract', planCode: null, contractId },
      ...{ sandbox: true, ground, planned: false, regular: false, reason: '', enteredBy: idOf(by) },
      ...{ startsAt: new Date(), endsAt: null },
    }),
  );
  await asked(office, { subjectId, kind: 'suspensionDecision' });
}

const rowOf = ({ db }: Office, command: string) =>
  db.query.suspensions.findFirst({ where: (t, { eq }) => eq(t.commandId, idOf(command)) });

/** The second person; what follows is waited for, for a suspension has a clock of its own. */
export async function decideSuspension(
  giving: Giving,
  command: CommandOf<'decideSuspension'>,
): Promise<void> {
  const { office, subject } = giving;
  const row = await rowOf(office, command.suspension);
  if (row === undefined || row.status !== 'approval' || !subject.live) return;
  const task = await findOpenTask(office.db, { subjectId: row.id, kind: 'suspensionDecision' });
  if (task === null) return;
  const { verdict } = command;
  const answer = await decide(giving, command, { taskId: task.id, stage: 'suspension' }, (decision, write) =>
    office.suspensions.decide(row.id, { ...decision, taskId: task.id, verdict }, write),
  );
  if (answer.ok && verdict === 'agree') await told(office, row.id, 'started');
}

/** The service runs again. */
export async function lift({ office, subject }: Giving, command: CommandOf<'lift'>): Promise<void> {
  const row = await rowOf(office, command.suspension);
  if (row === undefined || row.status !== 'active' || !subject.live) return;
  const actor = personOf(command.by);
  const answer = await office.suspensions.lift(row.id, { commandId: idOf(`command/${command.id}`), actor });
  if (answer.ok) await told(office, row.id, 'lifted');
}

async function told({ db }: Office, suspensionId: string, step: string): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const notices = await db.query.notices.findMany({ where: (t, { eq }) => eq(t.causeId, suspensionId) });
    if (notices.some(({ causeStep }) => causeStep === step)) return;
    await delay(LOOK_MS);
  }
  throw new Error(`nobody was told that suspension ${suspensionId} is ${step}`);
}

/** Reads the suspensions of a contract, in the order in which they were entered. */
export async function readSuspensions(
  { db }: Office,
  contractId: string,
  name: (id: string) => string,
): Promise<OutcomeLine['suspensions']> {
  const rows = await db.query.suspensions.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => asc(t.createdAt),
  });
  const notices = await db.query.notices.findMany({
    where: (t, { inArray }) =>
      inArray(
        t.causeId,
        rows.map(({ id }) => id),
      ),
    orderBy: (t, { asc }) => asc(t.createdAt),
  });
  return rows.map(({ id, commandId, status, ground }) => ({
    ...{ command: name(commandId), ground, status },
    told: notices.flatMap(({ causeId, causeStep }) => (causeId === id ? [causeStep ?? ''] : [])),
  }));
}
