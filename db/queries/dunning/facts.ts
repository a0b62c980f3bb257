import { asc, eq } from 'drizzle-orm';
import type { DunnedInvoice, DunningStep } from '../../../domain/billing/dunning.ts';
import { type CivilDate, earlierOf, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import {
  allocations,
  contracts,
  customers,
  dunningHolds,
  dunningSteps,
  dunnings,
  papers,
  writeOffs,
} from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { correction, isReplaced } from '../payment/receivable.ts';

export type DunningStepRow = typeof dunningSteps.$inferSelect;
export type DunningHoldRow = typeof dunningHolds.$inferSelect;

export interface DunningFacts {
  dunning: typeof dunnings.$inferSelect;
  paper: typeof papers.$inferSelect & { number: string; dueOn: CivilDate };
  contractNumber: string;
  customerName: string;
  /** The customer, by whose credit it may be paid. */
  customerId: string;
  /** Another paper stands in its place. */
  isReplaced: boolean;
  /** As the rules take it (`dunningOn`). */
  invoice: DunnedInvoice;
  steps: DunningStepRow[];
  holds: DunningHoldRow[];
  payments: { on: CivilDate; amountYen: number; discountYen: number }[];
  /** How far the contract's clock runs ahead. */
  clockOffsetMs: number;
}

/** Everything about an overdue paper, or null. What was paid counts at once, whatever day the bank gives it. */
export async function readDunning(
  db: Executor,
  { paperId, nowMs }: { paperId: string; nowMs: number },
): Promise<DunningFacts | null> {
  const [row] = await db
    .select({
      ...{ dunning: dunnings, paper: papers, contract: contracts, customerName },
      replacedBy: correction.id,
    })
    .from(dunnings)
    .innerJoin(papers, eq(papers.id, dunnings.id))
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .leftJoin(correction, isReplaced)
    .where(eq(dunnings.id, paperId));
  if (row === undefined) return null;
  const { number, dueOn } = row.paper;
  if (number === null || dueOn === null) throw new Error(`paper ${paperId} cannot be overdue`);
  const [payments, steps, holds, given] = await Promise.all([
    db
      .select({
        on: allocations.on,
        amountYen: allocations.amountYen,
        discountYen: allocations.discountYen,
      })
      .from(allocations)
      .where(eq(allocations.paperId, paperId))
      .orderBy(asc(allocations.on)),
    db
      .select()
      .from(dunningSteps)
      .where(eq(dunningSteps.paperId, paperId))
      .orderBy(asc(dunningSteps.takenAt)),
    db
      .select()
      .from(dunningHolds)
      .where(eq(dunningHolds.paperId, paperId))
      .orderBy(asc(dunningHolds.createdAt)),
    db.select().from(writeOffs).where(eq(writeOffs.paperId, paperId)),
  ]);
  const { clockOffsetMs } = row.contract;
  const today = jstDate(nowMs + clockOffsetMs);
  return {
    ...{
      dunning: row.dunning,
      paper: { ...row.paper, number, dueOn },
      steps,
      holds,
      payments,
      clockOffsetMs,
    },
    ...{ contractNumber: row.contract.contractNumber, customerName: row.customerName },
    customerId: row.contract.customerId,
    isReplaced: row.replacedBy !== null,
    invoice: {
      ...{ dueOn, totalYen: row.paper.totalYen },
      payments: payments.map(({ on, amountYen, discountYen }) => ({
        on: earlierOf(on, today),
        amountYen: amountYen + discountYen,
      })),
      disputes: holds.filter(({ kind }) => kind === 'dispute'),
      writtenOffOn: given[0] === undefined ? null : earlierOf(given[0].on, today),
    },
  };
}

/** The last step that was taken, or null. */
export const lastStep = (steps: readonly DunningStepRow[]): DunningStep | null => steps.at(-1)?.step ?? null;
