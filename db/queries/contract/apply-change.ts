import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { type Alteration, alter } from '../../../domain/future/contents.ts';
import type { Database, Transaction } from '../../client.ts';
import { contracts, discontinuations, requests } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordFeeVersions } from '../fee-change/record.ts';
import { alterationOf, contentsOf } from '../future/assemble.ts';

export interface AppliedChange {
  newKind: 'annual' | 'monthly' | null;
  /** The contract has left a plan whose discontinuation would have ended it (第16条). */
  leftPlan?: boolean;
}

export interface ApplyChangeInput {
  contractId: string;
  requestId: string;
  effectiveOn: CivilDate;
  /** What is left of it where later arrivals have taken over a part; the whole request unless given. */
  alters?: Alteration;
  businessAt: Date;
}

/** A change takes effect (第8条2項): contract, request and audit entry together. A repeat changes nothing. */
export async function applyChange(db: Database, input: ApplyChangeInput): Promise<AppliedChange> {
  return db.transaction(async (tx) => {
    const [contract] = await tx
      .select()
      .from(contracts)
      .where(eq(contracts.id, input.contractId))
      .for('update');
    const [request] = await tx.select().from(requests).where(eq(requests.id, input.requestId)).for('update');
    if (contract === undefined || request === undefined)
      throw new Error(`request ${input.requestId} does not exist`);
    const alters = input.alters ?? alterationOf(request.requested);
    const newKind = alters.kind ?? null;
    if (request.outcome === 'done') return { newKind, leftPlan: contract.discontinuationId === null };
    const { kind, planCode, options, licences } = alter(contentsOf(contract), alters);
    // What the periods before reached stays; the kind in the row says nothing of them from here on (第6条3項).
    if (kind !== contract.kind) {
      const { effectiveOn: on, businessAt } = input;
      await recordFeeVersions(tx, { contractId: contract.id, on, businessAt });
    }
    const leftPlan = planCode !== contract.planCode && (await planIsEnding(tx, contract));
    await tx
      .update(contracts)
      .set({
        kind,
        planCode,
        options: [...options],
        licences,
        ...(leftPlan ? freed(contract) : {}),
        updatedAt: new Date(),
      })
      .where(eq(contracts.id, contract.id));
    await tx
      .update(requests)
      .set({ outcome: 'done', computedOn: input.effectiveOn })
      .where(eq(requests.id, request.id));
    await recordAudit(tx, {
      actor: 'system',
      action: 'contract.changed',
      subjectType: 'contract',
      subjectId: contract.id,
      clause: request.kind === 'termination' ? '第10条2項' : '第8条2項',
      before: {
        kind: contract.kind,
        planCode: contract.planCode,
        options: contract.options,
        licences: contract.licences,
      },
      after: { kind, planCode, options, licences, effectiveOn: input.effectiveOn },
      businessAt: input.businessAt,
    });
    return { newKind, leftPlan };
  });
}

/** Whether the discontinuation that reaches the contract is one of its plan. */
async function planIsEnding(
  tx: Transaction,
  { discontinuationId }: typeof contracts.$inferSelect,
): Promise<boolean> {
  if (discontinuationId === null) return false;
  const [row] = await tx
    .select({ planCode: discontinuations.planCode })
    .from(discontinuations)
    .where(eq(discontinuations.id, discontinuationId));
  return row?.planCode != null;
}

/** The contract's own end counts again. */
function freed({ ownEndsOn }: typeof contracts.$inferSelect) {
  const status = ownEndsOn === null ? ('active' as const) : ('ending' as const);
  return { status, endsOn: ownEndsOn, ownEndsOn: null, discontinuationId: null, discontinuedOn: null };
}
