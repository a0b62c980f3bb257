import { explained } from '../../../domain/base/explain.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ContractFacts } from '../../../domain/future/facts.ts';
import { type ContractFuture, feeVersionsOf, projectContract } from '../../../domain/future/project.ts';
import { judgeSequence } from '../../../domain/future/sequence.ts';
import type { Executor } from '../../client.ts';
import type { FutureRows } from './assemble.ts';
import { readContractFactsOf } from './read-many.ts';

export interface FutureQuestion {
  contractId: string;
  /** The contract's day. */
  today: CivilDate;
  asked?: FutureRows['asked'];
}

/** Everything that a contract's future depends on. Throws where there is none. */
export async function readContractFacts(db: Executor, question: FutureQuestion): Promise<ContractFacts> {
  const { contractId, ...query } = question;
  const found = (await readContractFactsOf(db, { contractIds: [contractId], ...query })).get(contractId);
  if (found === undefined) throw new Error(`contract ${contractId} does not exist`);
  return found.facts;
}

/** The one projection of a contract's future, with the facts behind it. */
export async function readContractFuture(
  db: Executor,
  question: FutureQuestion,
): Promise<{ facts: ContractFacts; future: ContractFuture }> {
  const facts = await readContractFacts(db, question);
  return { facts, future: projectContract(facts) };
}

/** By which versions of the price list a contract pays, and from when, with the reasons (第6条3項・4項). */
export async function readFeeVersions(db: Executor, question: FutureQuestion) {
  const facts = await readContractFacts(db, question);
  const { value, steps } = feeVersionsOf(facts, judgeSequence(facts));
  return explained(value, ...steps);
}
