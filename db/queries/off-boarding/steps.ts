import { and, asc, eq, notInArray } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import {
  OFF_BOARDING_STEPS,
  type OffBoardingCause,
  type OffBoardingState,
  type OffBoardingStep,
} from '../../../domain/data/off-boarding.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { contracts, decisions, offBoardingSteps, tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export type OffBoardingStepRow = typeof offBoardingSteps.$inferSelect;

/** The steps of a contract in their order; none before its off-boarding has begun. */
export async function readOffBoarding(db: Executor, contractId: string): Promise<OffBoardingStepRow[]> {
  const rows = await db.select().from(offBoardingSteps).where(eq(offBoardingSteps.contractId, contractId));
  return OFF_BOARDING_STEPS.flatMap((step) => rows.filter((row) => row.step === step));
}

export interface OffBoardingNote {
  at: Date;
  verdict: string;
  staffId: string;
  words: string;
}

/** What staff did about the steps of a contract, in their words, first to last. */
export async function readOffBoardingNotes(db: Executor, contractId: string): Promise<OffBoardingNote[]> {
  return db
    .select({
      at: decisions.createdAt,
      verdict: decisions.verdict,
      staffId: decisions.staffId,
      words: decisions.reason,
    })
    .from(decisions)
    .where(
      and(
        eq(decisions.subjectId, contractId),
        eq(decisions.stage, 'offBoarding'),
        eq(decisions.outcome, 'effective'),
      ),
    )
    .orderBy(asc(decisions.createdAt));
}

/** Writes the steps of a contract that has ended, once, and tells what of it there is to do. */
export async function beginOffBoarding(
  db: Database,
  input: { contractId: string; endedOn: CivilDate; businessAt: Date },
): Promise<{ hasPartner: boolean; hasNumbers: boolean }> {
  const { contractId, endedOn, businessAt } = input;
  return db.transaction(async (tx) => {
    const [contract] = await tx.select().from(contracts).where(eq(contracts.id, contractId)).for('update');
    if (contract === undefined) throw new Error(`contract ${contractId} does not exist`);
    const written = await tx
      .insert(offBoardingSteps)
      .values(
        OFF_BOARDING_STEPS.map((step) => ({
          contractId,
          step,
          state: 'waiting' as const,
          changedAt: businessAt,
        })),
      )
      .onConflictDoNothing()
      .returning({ step: offBoardingSteps.step });
    if (written.length > 0) {
      await recordAudit(tx, {
        actor: 'system',
        action: 'offBoarding.begun',
        subjectType: 'contract',
        subjectId: contractId,
        after: { endedOn },
        businessAt,
      });
    }
    return { hasPartner: contract.partnerName !== '', hasNumbers: contract.phoneNumbers.length > 0 };
  });
}

export interface StepRecord {
  contractId: string;
  step: OffBoardingStep;
  state: OffBoardingState;
  cause: OffBoardingCause | null;
  amount: number | null;
  taskId: string | null;
  businessAt: Date;
}

/** Records where a step stands. One that is over stays as it is; a repeat changes nothing. */
export async function recordStep(db: Database, input: StepRecord): Promise<void> {
  await db.transaction(async (tx) => {
    await write(tx, input, {}, { actor: 'system' });
  });
}

/** A person did the step by hand: row, decision and task in one transaction. The words are in the decision. */
export async function completeStep(
  db: Database,
  input: {
    contractId: string;
    step: OffBoardingStep;
    taskId: string;
    decisionId: string;
    staffId: string;
    commandId: string;
    businessAt: Date;
  },
): Promise<void> {
  const { contractId, step, taskId, decisionId, staffId, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const record = {
      contractId,
      step,
      state: 'done' as const,
      cause: null,
      amount: null,
      taskId,
      businessAt,
    };
    await write(tx, record, { completedBy: staffId, decisionId }, { actor: staffId, commandId });
    await tx
      .update(tasks)
      .set({ status: 'done', doneAt: new Date() })
      .where(and(eq(tasks.id, taskId), eq(tasks.status, 'open')));
  });
}

async function write(
  tx: Transaction,
  { contractId, step, state, cause, amount, taskId, businessAt }: StepRecord,
  by: { completedBy?: string; decisionId?: string },
  audit: { actor: string; commandId?: string },
): Promise<void> {
  const [row] = await tx
    .select()
    .from(offBoardingSteps)
    .where(
      and(
        eq(offBoardingSteps.contractId, contractId),
        eq(offBoardingSteps.step, step),
        notInArray(offBoardingSteps.state, ['done', 'notNeeded']),
      ),
    )
    .for('update');
  if (row === undefined || (row.state === state && row.cause === cause && row.taskId === taskId)) return;
  await tx
    .update(offBoardingSteps)
    .set({ state, cause, amount, taskId: taskId ?? row.taskId, changedAt: businessAt, ...by })
    .where(and(eq(offBoardingSteps.contractId, contractId), eq(offBoardingSteps.step, step)));
  await recordAudit(tx, {
    ...audit,
    action: ACTIONS[step],
    subjectType: 'contract',
    subjectId: contractId,
    before: { state: row.state, cause: row.cause },
    after: { state, cause, ...(amount === null ? {} : { amount }) },
    businessAt,
  });
}

const ACTIONS = {
  serviceOff: 'offBoarding.serviceOff',
  accountsClosed: 'offBoarding.accountsClosed',
  partnerTold: 'offBoarding.partnerTold',
  prepaidForfeited: 'offBoarding.prepaidForfeited',
  usageRead: 'offBoarding.usageRead',
  usageSettled: 'offBoarding.usageSettled',
  numbersReleased: 'offBoarding.numbersReleased',
  subaccountClosed: 'offBoarding.subaccountClosed',
  statementSent: 'offBoarding.statementSent',
} as const satisfies Record<OffBoardingStep, AuditAction>;
