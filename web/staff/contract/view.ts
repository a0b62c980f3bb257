import { readContractFuture } from '../../../db/queries/future/read.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { readBinding } from '../../../db/queries/read/terms-binding.ts';
import type { Explained } from '../../../domain/base/explain.ts';
import type { FeeVersion } from '../../../domain/billing/fee-versions.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { CutoffPolicy } from '../../../domain/calendar/cutoff.ts';
import { judgeWithdrawal, type WithdrawalAnswer } from '../../../domain/ending/cancellation-answer.ts';
import { type WhatIf, whatIf } from '../../../domain/ending/what-if.ts';
import type { ContractFacts } from '../../../domain/future/facts.ts';
import { type ContractFuture, feeVersionsOf } from '../../../domain/future/project.ts';
import type { Binding } from '../../../domain/notice/terms-binding.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { cutoffPolicyOf, type Policies } from '../../../domain/policy/policies.ts';
import type { ContractSnapshot } from '../../../workflows/contract/messages.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';

/** A contract with what the rules need to be asked about it. */
export interface ContractView {
  detail: ContractDetail;
  /** The live state; null when the workflow is over or nobody answers. */
  snapshot: ContractSnapshot | null;
  /** The contract's clock: the test clock of a sandbox contract, else real time. */
  nowMs: number;
  today: CivilDate;
  /** What its future depends on, and the one projection of it: every panel reads that one. */
  facts: ContractFacts;
  future: ContractFuture;
  /** Which edition of the terms binds the customer today, and why. */
  terms: Explained<Binding>;
  /** By which versions of the price list it pays, and from when. */
  feeVersions: Explained<FeeVersion[]>;
  policies: Policies;
  cutoff: CutoffPolicy;
}

/** Loads a contract. Throws a 404 page for an unknown one. */
export async function loadView(deps: WebDependencies, contractId: string): Promise<ContractView> {
  const [detail, policies] = await Promise.all([
    readContractDetail(deps.db, contractId),
    loadPolicies(deps.db),
  ]);
  if (detail === null) throw new Problem(404, { message: 'この契約は見つかりません。' });
  const { contract } = detail;
  const [snapshot, nowMs] = await Promise.all([
    isLive(contract.status) ? deps.contracts.snapshot(contractId) : null,
    clockOf(deps, contract),
  ]);
  const today = jstDate(nowMs);
  const [terms, { facts, future }] = await Promise.all([
    readBinding(deps.db, contractId, today),
    readContractFuture(deps.db, { contractId, today }),
  ]);
  return {
    ...{ detail, snapshot, nowMs, today, facts, future, terms, policies },
    feeVersions: feeVersionsOf(facts, future),
    cutoff: cutoffPolicyOf(policies),
  };
}

async function clockOf(deps: WebDependencies, contract: ContractDetail['contract']): Promise<number> {
  const realMs = deps.now().getTime();
  if (!contract.sandbox) return realMs;
  const told = isLive(contract.status) ? await deps.contracts.now(contract.id) : null;
  return told ?? realMs + contract.clockOffsetMs;
}

/** What a cancellation arriving at an instant would bring about (第10条): the rules that later execute it. */
export function contractWhatIf(
  { detail, facts, cutoff: policy }: ContractView,
  question: { instantMs: number; arrivedAtMs?: number; wish: CivilDate | null },
): WhatIf {
  return whatIf({ ...question, facts, balanceYen: detail.contract.prepaidBalanceYen, policy });
}

/** Whether a cancellation could be withdrawn now, and what that would mean (第10条1項). */
export function withdrawalOf({ detail, facts }: ContractView): WithdrawalAnswer {
  const open = detail.requests.find(({ kind, outcome }) => kind === 'cancellation' && outcome === 'accepted');
  return judgeWithdrawal({
    status: detail.contract.status,
    cancellationId: open?.id ?? null,
    discontinuedOn: facts.discontinuation?.lastDay ?? null,
  });
}

/** Throws a 409 page for a contract that is over. */
export function requireLive({ detail }: ContractView): void {
  if (isLive(detail.contract.status)) return;
  throw new Problem(409, {
    heading: 'この契約は終了しています',
    message: '終了した契約には、変更・解約の申込や試算はできません。',
    link: linkToContract(detail.contract.id),
  });
}

export function linkToContract(contractId: string): { href: string; label: string } {
  return { href: `/staff/contracts/${contractId}`, label: '契約の最新の内容を見る' };
}
