import { findCommand } from '../../../db/queries/command/record.ts';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { decideHold, proposeHold, proposeLift } from '../../../db/queries/deletion/hold.ts';
import { readOffBoarding } from '../../../db/queries/off-boarding/steps.ts';
import { addDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { atHour, jstDate } from '../draft.ts';
import type { CommandOf } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import { type Random, randomOf } from '../random.ts';
import { idOf, type Office } from './office.ts';

const BY_HAND = ['accountsClosed', 'partnerTold'] as const;

export type WorkAfterEnd = CommandOf<'completeStep' | 'hold' | 'liftHold' | 'decideHold'>;

/** When people do the work that follows an end, and which: some on the day, some days later; one in three ends is followed by a hold. */
export function workAfterEnd(seed: number, life: string, endsOn: string): WorkAfterEnd[] {
  const random: Random = randomOf(seed).child(`${life}/end`);
  const after = (date: string, days: number) =>
    new Date(atHour(jstDate(Date.parse(date), days), random.int(10, 18), random.int(5, 55))).toISOString();
  const ended = new Date(atHour(endsOn, 12)).toISOString();
  const byHand = BY_HAND.map((step) => {
    const at = after(ended, random.int(1, 8));
    return { id: `${life}/${step}`, at, life, by: 'operations-2', kind: 'completeStep' as const, step };
  });
  const holds = random.chance(0.35) ? holdsOf(random, life, ended, after) : [];
  return [...byHand, ...holds].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Set, agreed to or not by somebody else, lifted weeks later, or never. */
function holdsOf(
  random: Random,
  life: string,
  ended: string,
  after: (date: string, days: number) => string,
): WorkAfterEnd[] {
  const hold = `${life}/hold`;
  const decide = (name: string, from: string): CommandOf<'decideHold'> => ({
    ...{ id: `${life}/${name}`, at: after(from, random.int(1, 5)), life, kind: 'decideHold', hold },
    by: random.pick(['legal-1', 'legal-2', 'legal-3']),
    verdict: random.chance(0.8) ? 'confirm' : 'reject',
  });
  const set = { id: hold, at: after(ended, random.int(0, 70)), life, by: 'legal-1', kind: 'hold' as const };
  const decided = decide('decideHold', set.at);
  const lift = {
    ...{ id: `${life}/liftHold`, at: after(decided.at, random.int(6, 60)), life, by: 'legal-2' },
    ...{ kind: 'liftHold' as const, hold },
  };
  return [set, decided, lift, decide('decideLift', lift.at)];
}

/** Does what people do after an end; false where it has no place on any page, and so was not done. */
export async function work(
  office: Office,
  contractId: string,
  command: WorkAfterEnd,
  nowMs: number,
): Promise<boolean> {
  if (command.kind === 'completeStep') return completeStep(office, contractId, command);
  const { db, deletions } = office;
  const by = { commandId: idOf(`command/${command.id}`), staffId: idOf(command.by), at: new Date(nowMs) };
  if (command.kind === 'hold') {
    await proposeHold(db, { contractId, ...by, reason: '係争のため証拠を保全する' });
    return true;
  }
  const hold = await db.query.legalHolds.findFirst({
    where: (t, { eq }) => eq(t.commandId, idOf(`command/${command.hold}`)),
  });
  if (hold === undefined) return false;
  if (command.kind === 'liftHold') {
    await proposeLift(db, { holdId: hold.id, ...by, reason: '係争が終わったため' });
    return true;
  }
  const { verdict } = command;
  await db.transaction((tx) => decideHold(tx, { holdId: hold.id, verdict, ...by }));
  await deletions.holdChanged(contractId);
  return true;
}

/** Says that a step was done by hand; false where nobody waits for that. */
async function completeStep(
  { db, outbox, offBoardings }: Office,
  contractId: string,
  { id, by, step }: CommandOf<'completeStep'>,
): Promise<boolean> {
  const given = await findCommand(db, idOf(`command/${id}`));
  if (given !== null) return (await outbox.resume(given)).ok;
  const row = (await readOffBoarding(db, contractId)).find((each) => each.step === step);
  if (row?.state !== 'waiting' || row.taskId === null) return false;
  const { taskId } = row;
  const [commandId, decisionId, staffId] = [idOf(`command/${id}`), idOf(`decision/${id}`), idOf(by)];
  const verdict = 'complete' as const;
  const command = { commandId, actor: { kind: 'staff' as const, id: staffId }, taskId, decisionId, verdict };
  const answer = await offBoardings.decideStep(contractId, command, (tx) =>
    recordDecision(tx, {
      ...{ id: decisionId, commandId, taskId, verdict, staffId },
      ...{ subjectType: 'contract', subjectId: contractId, stage: 'offBoarding' },
      ...{ clause: '第10条3項', reasonCode: '', reason: '' },
    }),
  );
  return answer.ok;
}

/** Reads how far what follows the end of a contract is; null where it has not ended. */
export async function readAfterEnd(
  { db }: Office,
  life: string,
  contractId: string,
): Promise<OutcomeLine['afterEnd']> {
  const steps = await readOffBoarding(db, contractId);
  if (steps.length === 0) return null;
  const deletion = await db.query.deletions.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) });
  const dues = await db.query.retentionDues.findMany({ where: (t, { eq }) => eq(t.contractId, contractId) });
  const holds = await db.query.legalHolds.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => asc(t.proposedAt),
  });
  const held = (commandId: string) =>
    commandId === idOf(`command/${life}/hold`) ? `${life}/hold` : commandId;
  const through = (kind: 'secrecy' | 'screening') => {
    const due = dues.find((each) => each.kind === kind);
    return due === undefined ? null : addDays(civilDate(due.dueOn), -1);
  };
  return {
    steps: steps.map(({ step, state }) => ({ step, state })),
    deletion:
      deletion === undefined
        ? null
        : { status: deletion.status, dueOn: deletion.dueOn, deletedOn: deletion.deletedOn },
    holds: holds.map(({ commandId, status }) => ({ command: held(commandId), status })),
    secrecyThrough: through('secrecy'),
    screeningThrough: through('screening'),
  };
}
