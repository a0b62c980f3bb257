import { and, eq, or, type SQL, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { CONTRACT_STATUSES, type ContractStatus, isLive } from '../../../domain/period/contract.ts';
import type { Database, Executor } from '../../client.ts';
import { contracts } from '../../schema/index.ts';
import { requireMadeBefore } from '../audit/made-before.ts';
import { recordCarriedOut } from '../command/given.ts';
import { tellProvisioning } from '../telephony/tell.ts';

export interface TransitionContractInput {
  contractId: string;
  from: ContractStatus;
  to: ContractStatus;
  endsOn: CivilDate | null;
  /** The discontinuation that reaches the contract from now on, or none; absent: as before. */
  discontinuation?: { id: string; lastDay: CivilDate; ownEndsOn: CivilDate | null } | null;
  clause: string;
  actor: string;
  businessAt: Date;
  commandId?: string;
}

/**
 * Moves a contract along the state table and writes the audit entry. A repeat changes nothing; throws where the row is in a
 * third status.
 */
export async function transitionContract(db: Database, input: TransitionContractInput): Promise<void> {
  const { discontinuation } = input;
  const reached =
    discontinuation === undefined
      ? {}
      : {
          discontinuationId: discontinuation?.id ?? null,
          discontinuedOn: discontinuation?.lastDay ?? null,
          ownEndsOn: discontinuation?.ownEndsOn ?? null,
        };
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(contracts)
      .set({ status: input.to, endsOn: input.endsOn, ...reached, updatedAt: new Date() })
      .where(
        and(eq(contracts.id, input.contractId), eq(contracts.status, input.from), isAnother(input, reached)),
      )
      .returning({ id: contracts.id });
    if (moved.length === 0) return requireRepeat(tx, input);
    if (!isLive(input.to)) await tellProvisioning(tx, input.contractId, input.to);
    await recordCarriedOut(tx, {
      actor: input.actor,
      action: CONTRACT_STATUSES[input.to].audit,
      subjectType: 'contract',
      subjectId: input.contractId,
      clause: input.clause,
      before: { status: input.from },
      after: { status: input.to, endsOn: input.endsOn },
      businessAt: input.businessAt,
      ...(input.commandId === undefined ? {} : { commandId: input.commandId }),
    });
  });
}

function requireRepeat(tx: Executor, input: TransitionContractInput): Promise<void> {
  const { contractId, from, to, commandId } = input;
  const subject = { subjectType: 'contract' as const, subjectId: contractId };
  const action = CONTRACT_STATUSES[to].audit;
  return requireMadeBefore(tx, contracts, { ...subject, from, to, action, commandId });
}

/** A step from a status to itself is one only if a day or the discontinuation is another: a repeat writes nothing. */
function isAnother(
  { from, to, endsOn }: TransitionContractInput,
  reached: { discontinuationId?: string | null; ownEndsOn?: CivilDate | null },
): SQL | undefined {
  if (from !== to) return undefined;
  const { discontinuationId, ownEndsOn } = reached;
  return or(
    sql`${contracts.endsOn} is distinct from ${endsOn}::date`,
    discontinuationId === undefined
      ? undefined
      : sql`${contracts.discontinuationId} is distinct from ${discontinuationId}::uuid`,
    ownEndsOn === undefined ? undefined : sql`${contracts.ownEndsOn} is distinct from ${ownEndsOn}::date`,
  );
}
