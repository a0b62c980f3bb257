import { and, eq } from 'drizzle-orm';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import {
  addOutcome,
  NO_TOTALS,
  type PlanTotals,
} from '../../../domain/discontinuation/discontinuation-plan.ts';
import type { VersionKind } from '../../../domain/discontinuation/discontinuation-status.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database, Transaction } from '../../client.ts';
import {
  decisions,
  discontinuationContracts,
  discontinuations,
  discontinuationVersions,
} from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { prepaidRefundKey, withdrawBalance } from '../prepaid/forfeit.ts';
import { type PlanQuestion, type PlanRow, planRows } from './plan.ts';

const ACTIONS = {
  approved: 'discontinuation.approved',
  recomputed: 'discontinuation.recomputed',
  final: 'discontinuation.final',
} as const satisfies Record<VersionKind, AuditAction>;

const ROWS_AT_ONCE = 500;

export interface FreezeInput {
  discontinuationId: string;
  version: number;
  kind: VersionKind;
  madeBy: string;
  /** The decision whose words say why; null where no person asked. */
  decisionId: string | null;
  businessAt: Date;
}

/** Writes the figures of a plan as a version, once: a repeat returns what is there. Everything or nothing is stored. */
export async function freezePlan(
  db: Database,
  question: PlanQuestion,
  input: FreezeInput,
): Promise<Pick<PlanTotals, 'contracts' | 'ending' | 'late' | 'cut' | 'refunds' | 'refundYen'>> {
  const { discontinuationId, version } = input;
  return db.transaction(async (tx) => {
    const [there] = await tx
      .select()
      .from(discontinuationVersions)
      .where(
        and(
          eq(discontinuationVersions.discontinuationId, discontinuationId),
          eq(discontinuationVersions.version, version),
        ),
      );
    if (there !== undefined) return there;
    let totals = NO_TOTALS;
    let some: PlanRow[] = [];
    for await (const row of planRows(tx, question)) {
      totals = addOutcome(totals, row.outcome);
      some.push(row);
      if (some.length < ROWS_AT_ONCE) continue;
      await insertRows(tx, input, some);
      some = [];
    }
    if (some.length > 0) await insertRows(tx, input, some);
    const { contracts, ending, late, cut, refunds, refundYen } = totals;
    const figures = { contracts, ending, late, cut, refunds, refundYen };
    const [decision] =
      input.decisionId === null
        ? []
        : await tx
            .select({ reason: decisions.reason })
            .from(decisions)
            .where(eq(decisions.id, input.decisionId));
    await tx.insert(discontinuationVersions).values({
      ...{ discontinuationId, version, ...figures },
      kind: input.kind,
      madeBy: input.madeBy,
      reason: decision?.reason ?? '',
      businessAt: input.businessAt,
    });
    await tx
      .update(discontinuations)
      .set({ version, updatedAt: new Date() })
      .where(eq(discontinuations.id, discontinuationId));
    await recordAudit(tx, {
      actor: input.madeBy,
      action: ACTIONS[input.kind],
      subjectType: 'discontinuation',
      subjectId: discontinuationId,
      after: { version, ...figures },
      businessAt: input.businessAt,
    });
    return figures;
  });
}

/** The prepaid balances that are paid back leave the ledger: what is left when a contract ends is forfeited (第10条3項). */
async function refundBalances(tx: Transaction, input: FreezeInput, rows: readonly PlanRow[]): Promise<void> {
  const { discontinuationId, businessAt } = input;
  for (const { contractId, outcome } of rows) {
    if (outcome.refund.balanceYen === 0) continue;
    const key = prepaidRefundKey(discontinuationId, contractId);
    await withdrawBalance(tx, {
      contractId,
      key,
      kind: 'refund',
      on: jstDate(businessAt.getTime()),
      businessAt,
    });
  }
}

async function insertRows(tx: Transaction, input: FreezeInput, rows: readonly PlanRow[]): Promise<void> {
  const { discontinuationId, version } = input;
  if (input.kind === 'final') await refundBalances(tx, input, rows);
  await tx.insert(discontinuationContracts).values(
    rows.map(({ contractId, outcome, steps }) => ({
      ...{ discontinuationId, version, contractId, steps },
      fate: outcome.fate,
      basis: outcome.basis,
      noticeOn: outcome.noticeOn,
      late: outcome.late,
      periodFrom: outcome.period.from,
      periodTo: outcome.period.to,
      paid: outcome.paid,
      periodFeeYen: outcome.periodFeeYen,
      ...outcome.refund,
    })),
  );
}
