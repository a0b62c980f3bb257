import { asc, eq, inArray } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import {
  changeRefusal,
  moveRefusal,
  type PartnerTerms,
  termsProblems,
} from '../../../domain/billing/payers.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor, Transaction } from '../../client.ts';
import { contractPartners, contracts, partnerTerms } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { billedFrom, contractMoves, partnerTermsOf } from './payers.ts';
import { contractsOfPartner, findPartner } from './read.ts';
import { lockPartner } from './register.ts';

const CLAUSE = '第6条2項';
const GONE = refuse('stale', 'このパートナーは登録されていません。', CLAUSE);

/** By whom something was proposed and confirmed. */
interface ByTwo {
  enteredBy: string;
  confirmedBy: string;
  at: Date;
}

export interface ContractMove {
  contractId: string;
  partnerId: string | null;
  from: CivilDate;
}

/** Why a contract may not come to a partner on a day, in a sentence; null when it may. */
export async function moveHindrance(db: Executor, move: ContractMove): Promise<string | null> {
  const { contractId, partnerId, from } = move;
  const [before, terms, billed] = await Promise.all([
    contractMoves(db, contractId),
    partnerTermsOf(db, partnerId === null ? [] : [partnerId]),
    billedFrom(db, [contractId]),
  ]);
  return moveRefusal({
    move: { from, partnerId },
    before,
    terms: terms.get(partnerId ?? '') ?? [],
    billedFrom: billed,
  });
}

/**
 * Writes that a contract is with a partner from a 1st on, or with none; what was billed until then stays with whoever it was billed
 * to (第6条2項). A run that drafts the contract meanwhile is waited for.
 */
export async function moveContract(tx: Transaction, move: ContractMove, by: ByTwo): Promise<Answer> {
  const { contractId, partnerId, from: validFrom } = move;
  const { enteredBy, confirmedBy, at } = by;
  // The partner first, as where its terms change: nobody waits for each other.
  if (partnerId !== null && !(await lockPartner(tx, partnerId))) return GONE;
  await tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.id, contractId)).for('update');
  const hindrance = await moveHindrance(tx, move);
  if (hindrance !== null) return refuse('ruleRefuses', hindrance, CLAUSE);
  await tx.insert(contractPartners).values({ contractId, partnerId, validFrom, enteredBy, confirmedBy });
  await recordAudit(tx, {
    ...{ actor: confirmedBy, action: 'partner.contractMoved', businessAt: at },
    ...{ subjectType: 'contract', subjectId: contractId, after: { partnerId, validFrom, enteredBy } },
  });
  return { ok: true };
}

/** Why other terms of a partner may not hold, in a sentence; null when they may. */
export async function termsHindrance(
  db: Executor,
  { partnerId, terms }: { partnerId: string; terms: PartnerTerms },
): Promise<string | null> {
  const partner = await findPartner(db, partnerId);
  if (partner === null) return GONE.message;
  const [problem] = termsProblems(terms, partner.details.registrationNumber !== '');
  if (problem !== undefined) return problem.message;
  const own = await contractsOfPartner(db, partnerId);
  const billed = await billedFrom(
    db,
    own.map(({ contractId }) => contractId),
  );
  return changeRefusal(terms.from, billed);
}

/** Writes what is agreed with a partner from a 1st on (第6条2項); the terms of before stay. */
export async function setPartnerTerms(
  tx: Transaction,
  input: { partnerId: string; terms: PartnerTerms },
  by: ByTwo,
): Promise<Answer> {
  const { partnerId, terms } = input;
  const { enteredBy, confirmedBy, at } = by;
  if (!(await lockPartner(tx, partnerId))) return GONE;
  const own = await contractsOfPartner(tx, partnerId);
  await tx
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      inArray(
        contracts.id,
        own.map(({ contractId }) => contractId),
      ),
    )
    .orderBy(asc(contracts.id))
    .for('update');
  const hindrance = await termsHindrance(tx, input);
  if (hindrance !== null) return refuse('ruleRefuses', hindrance, CLAUSE);
  const { from: validFrom, mode, ratePercent } = terms;
  await tx.insert(partnerTerms).values({ partnerId, validFrom, mode, ratePercent, enteredBy, confirmedBy });
  await recordAudit(tx, {
    ...{ actor: confirmedBy, action: 'partner.terms', businessAt: at },
    ...{ subjectType: 'partner', subjectId: partnerId, after: { validFrom, mode, ratePercent, enteredBy } },
  });
  return { ok: true };
}
