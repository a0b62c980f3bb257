import { recordDecision } from '../../../db/queries/decision/record.ts';
import { readOffBoarding } from '../../../db/queries/off-boarding/steps.ts';
import { addDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { atHour, jstDate } from '../draft.ts';
import type { CommandOf } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import { type Random, randomOf } from '../random.ts';
import { idOf, type Office } from './office.ts';

const BY_HAND = ['accountsClosed', 'partnerTold'] as const;

/** When people do the work that follows an end, and which: some on the day, some days later. */
export function workAfterEnd(seed: number, life: string, endsOn: string): CommandOf<'completeStep'>[] {
  const random: Random = randomOf(seed).child(`${life}/end`);
  return BY_HAND.map((step) => {
    const atMs = atHour(jstDate(atHour(endsOn, 12), random.int(1, 8)), random.int(10, 18), random.int(5, 55));
    const at = new Date(atMs).toISOString();
    return { id: `${life}/${step}`, at, life, by: 'operations-2', kind: 'completeStep' as const, step };
  }).toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** Says that a step was done by hand; false where nobody waits for that. */
export async function completeStep(
  { db, offBoardings }: Office,
  contractId: string,
  { id, by, step }: CommandOf<'completeStep'>,
): Promise<boolean> {
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
export async function readAfterEnd({ db }: Office, contractId: string): Promise<OutcomeLine['afterEnd']> {
  const steps = await readOffBoarding(db, contractId);
  if (steps.length === 0) return null;
  const deletion = await db.query.deletions.findFirst({ where: (t, { eq }) => eq(t.contractId, contractId) });
  const dues = await db.query.retentionDues.findMany({ where: (t, { eq }) => eq(t.contractId, contractId) });
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
    secrecyThrough: through('secrecy'),
    screeningThrough: through('screening'),
  };
}
