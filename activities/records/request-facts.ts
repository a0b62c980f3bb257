import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { type Contracted, pricedItems } from '../../db/queries/catalogue/price.ts';
import { withChange } from '../../db/queries/contract/apply-change.ts';
import { findContract } from '../../db/queries/contract/find.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { findOpenCancellation, findRequest, findRequests } from '../../db/queries/request/find.ts';
import type { CivilDate } from '../../domain/civil-date.ts';
import type { CutoffPolicy } from '../../domain/cutoff.ts';
import { FAILURE } from '../../domain/failures.ts';
import { periodFee } from '../../domain/fees.ts';
import { cutoffPolicyOf } from '../../domain/policies.ts';

/** What the workflow needs to know of a request: dates and ids only. */
export interface RequestFacts {
  arrivedAtMs: number;
  wishedOn: CivilDate | null;
  enteredBy: string;
  /** Staff entered an arrival before today: a second person has to confirm it (第10条1項). */
  backdated: boolean;
  concludedOn: CivilDate;
  cutoff: CutoffPolicy;
  /** Termination of named options only, not of the contract. */
  part: boolean;
  openCancellationId: string | null;
}

export interface ChangeFacts {
  newKind: 'annual' | 'monthly' | null;
  fromRank: number;
  toRank: number;
  licences: number;
  accountsInUse: number;
  /** Fees of one period before and after, yen without tax. */
  oldFeeYen: number;
  newFeeYen: number;
}

const missing = (what: string) =>
  ApplicationFailure.nonRetryable(`${what} does not exist`, FAILURE.invalidInput);

export async function requestFacts(
  db: Database,
  { contractId, requestId }: { contractId: string; requestId: string },
): Promise<RequestFacts> {
  const request = await findRequest(db, requestId);
  const facts = await findContract(db, contractId);
  if (request === null || request.contractId !== contractId || facts === null)
    throw missing(`request ${requestId}`);
  const policies = await loadPolicies(db);
  const cancellation = await findOpenCancellation(db, contractId);
  return {
    arrivedAtMs: request.arrivedAt.getTime(),
    wishedOn: request.wishedOn as CivilDate | null,
    enteredBy: request.enteredBy,
    backdated: request.backdated,
    concludedOn: facts.contract.concludedOn as CivilDate,
    cutoff: cutoffPolicyOf(policies),
    part: request.requested !== null && request.kind === 'termination',
    openCancellationId: cancellation?.id ?? null,
  };
}

/** The change against what will be contracted once the earlier pending changes have taken effect (第8条3項). */
export async function changeFacts(
  db: Database,
  input: { contractId: string; requestId: string; earlier: string[] },
): Promise<ChangeFacts> {
  const request = await findRequest(db, input.requestId);
  const facts = await findContract(db, input.contractId);
  if (request === null || facts === null) throw missing(`request ${input.requestId}`);
  const earlier = await findRequests(db, input.earlier);
  const before = earlier.reduce<Contracted>(
    (contracted, row) => withChange(contracted, row.requested ?? {}),
    facts.contract,
  );
  const after = withChange(before, request.requested ?? {});
  const [old, next] = await Promise.all([pricedItems(db, before), pricedItems(db, after)]);
  return {
    newKind: after.kind === before.kind ? null : after.kind,
    fromRank: old.plan.rank,
    toRank: next.plan.rank,
    licences: Math.max(after.licences, next.plan.includedLicences),
    accountsInUse: 0,
    oldFeeYen: periodFee(old.items).value,
    newFeeYen: periodFee(next.items).value,
  };
}
