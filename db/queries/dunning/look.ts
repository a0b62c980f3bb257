import { eq } from 'drizzle-orm';
import { DUNNING_STEPS, type DunningStep, dunningOn } from '../../../domain/billing/dunning.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import { finalDeadline, isHeld, isLater } from '../../../domain/payments/dunning-case.ts';
import type { Database, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { type DunningStatus, dunningSteps, dunnings } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { lockPayments } from '../payment/lock.ts';
import { loadPolicies } from '../policy/load.ts';
import { closeTask } from '../task/close.ts';
import { openTasksOf } from '../task/find.ts';
import { openWatchedTask } from '../task/open.ts';
import { type DunningFacts, lastStep, readDunning } from './facts.ts';

export interface DunningLook {
  status: DunningStatus;
  /** The step that the paper has come to and that nothing holds back; null while it is held or before the first. */
  step: DunningStep | null;
}

const isStep = (state: string): state is DunningStep => DUNNING_STEPS.some((step) => step === state);

/**
 * Looks at an overdue paper and records the step that it has come to (第10条2項④), in a transaction beside which no payment is posted:
 * no step is ever recorded after the payment. Paid, given up or replaced, the case is over and its tasks are closed. A repeat records nothing.
 */
export async function lookAtDunning(
  db: Database,
  { paperId, nowMs }: { paperId: string; nowMs: number },
): Promise<DunningLook> {
  return db.transaction(async (tx) => {
    await lockPayments(tx, 'looks');
    await tx
      .update(dunnings)
      .set({ lookedAt: new Date(nowMs) })
      .where(eq(dunnings.id, paperId));
    const facts = await readDunning(tx, { paperId, nowMs });
    if (facts === null) throw new Error(`there is no dunning of paper ${paperId}`);
    const { status } = facts.dunning;
    if (status !== 'running') return { status, step: null };
    if (facts.isReplaced) {
      await endCase(tx, facts, 'replaced', nowMs);
      return { status: 'replaced', step: null };
    }
    const today = jstDate(nowMs + facts.clockOffsetMs);
    const days = (await loadPolicies(tx))['dunning.days'];
    const { state, overdueDays } = dunningOn(facts.invoice, today, days).value;
    if (state === 'paid' || state === 'writtenOff') {
      await endCase(tx, facts, state, nowMs);
      return { status: state, step: null };
    }
    if (!isStep(state) || isHeld(facts.holds, today)) return { status, step: null };
    const last = lastStep(facts.steps);
    if (isLater(state, last)) await takeStep(tx, facts, { step: state, today, overdueDays, days, nowMs });
    return { status, step: isLater(state, last) || state === last ? state : null };
  });
}

async function takeStep(
  tx: Transaction,
  { dunning, paper }: DunningFacts,
  taken: { step: DunningStep; today: CivilDate; overdueDays: number; days: readonly number[]; nowMs: number },
): Promise<void> {
  const { step, today, overdueDays, days, nowMs } = taken;
  const deadlineOn = step === 'finalNotice' ? finalDeadline(today, overdueDays, days) : null;
  const takenAt = new Date(nowMs);
  await tx.insert(dunningSteps).values({ paperId: paper.id, step, on: today, deadlineOn, takenAt });
  const kind = STEP_TASKS[step];
  const subject = { subjectType: 'dunning', subjectId: paper.id } as const;
  if (kind !== null) {
    await openWatchedTask(tx, {
      ...{ taskId: nameUuid(`dunning-task/${paper.id}/${step}`), kind, ...subject },
      ...{ involved: [], openedAt: takenAt, sandbox: dunning.sandbox },
    });
  }
  await recordAudit(tx, {
    ...{ actor: 'system', action: 'dunning.step', ...subject, businessAt: takenAt },
    after: { step, overdueDays, ...(deadlineOn === null ? {} : { deadlineOn }) },
  });
}

/** What a step asks of staff. */
const STEP_TASKS = {
  overdue: 'dunningOverdue',
  reminder1: null,
  reminder2: null,
  finalNotice: null,
  proposal: 'dunningProposal',
} as const satisfies Record<DunningStep, string | null>;

/** What each end of a case is called on record. */
const END_ACTIONS = {
  paid: 'dunning.paid',
  writtenOff: 'dunning.writtenOff',
  replaced: 'dunning.replaced',
} as const;

async function endCase(
  tx: Transaction,
  { dunning }: DunningFacts,
  status: keyof typeof END_ACTIONS,
  nowMs: number,
): Promise<void> {
  const at = new Date(nowMs);
  const subject = { subjectType: 'dunning', subjectId: dunning.id } as const;
  await tx.update(dunnings).set({ status, endedAt: at }).where(eq(dunnings.id, dunning.id));
  for (const { id } of await openTasksOf(tx, subject)) await closeTask(tx, id, 'cancelled');
  await recordAudit(tx, {
    ...{ actor: 'system', action: END_ACTIONS[status], ...subject },
    ...{ before: { status: dunning.status }, after: { status }, businessAt: at },
  });
}

/** Whether a reminder about a paper may still leave the house: it is open, its case runs, nothing holds it back. */
export async function isStillDue(
  db: Database,
  { paperId, nowMs }: { paperId: string; nowMs: number },
): Promise<DunningFacts | null> {
  const facts = await readDunning(db, { paperId, nowMs });
  if (facts === null || facts.dunning.status !== 'running' || facts.isReplaced) return null;
  const today = jstDate(nowMs + facts.clockOffsetMs);
  const { state } = dunningOn(facts.invoice, today, (await loadPolicies(db))['dunning.days']).value;
  return isStep(state) && !isHeld(facts.holds, today) ? facts : null;
}
