import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import { findContract } from '../../db/queries/contract/find.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { readChangeFacts } from '../../db/queries/request/change-facts.ts';
import { findOpenCancellation, findRequest } from '../../db/queries/request/find.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { CutoffPolicy } from '../../domain/calendar/cutoff.ts';
import type { ChangeFacts } from '../../domain/change/change-answer.ts';
import { cutoffPolicyOf } from '../../domain/policy/policies.ts';

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
    wishedOn: request.wishedOn,
    enteredBy: request.enteredBy,
    backdated: request.backdated,
    concludedOn: facts.contract.concludedOn,
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
  const { earlier } = input;
  return readChangeFacts(db, { contracted: facts.contract, requested: request.requested ?? {}, earlier });
}
