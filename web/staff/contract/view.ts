import { findDiscontinuation } from '../../../db/queries/discontinuation/find.ts';
import { readFeeVersions } from '../../../db/queries/fee-change/versions.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { readContractFees } from '../../../db/queries/read/contract-fees.ts';
import { readBinding } from '../../../db/queries/read/terms-binding.ts';
import type { Explained } from '../../../domain/base/explain.ts';
import type { FeeVersion } from '../../../domain/billing/fee-versions.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { CutoffPolicy } from '../../../domain/calendar/cutoff.ts';
import { type WhatIf, whatIf } from '../../../domain/ending/what-if.ts';
import type { Binding } from '../../../domain/notice/terms-binding.ts';
import { isLive } from '../../../domain/period/contract.ts';
import type {
  ContractDiscontinuation,
  PeriodBasis,
  ScheduledChange,
} from '../../../domain/period/contract-schedule.ts';
import { recordedBasis } from '../../../domain/period/recorded-basis.ts';
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
  basis: PeriodBasis;
  endsOn: CivilDate | null;
  /** The announced discontinuation that reaches it (第16条). */
  discontinuation: ContractDiscontinuation | null;
  /** Accepted changes that have yet to take effect, the next one first. */
  pendingRows: ContractDetail['requests'];
  pending: ScheduledChange[];
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
  const [terms, feeVersions] = await Promise.all([
    readBinding(deps.db, contractId, jstDate(nowMs)),
    readFeeVersions(deps.db, contract),
  ]);
  const pendingRows = detail.requests
    .filter(({ kind, outcome, computedOn }) => kind === 'change' && outcome === 'accepted' && computedOn)
    .toSorted((a, b) => ((a.computedOn ?? '') < (b.computedOn ?? '') ? -1 : 1));
  const firstDay = contract.firstDay as CivilDate;
  const recorded = detail.periods.map(({ index, from, to }) => ({
    index,
    from: from as CivilDate,
    to: to as CivilDate,
  }));
  return {
    detail,
    snapshot,
    nowMs,
    today: jstDate(nowMs),
    basis: recordedBasis({ kind: contract.kind, firstDay }, recorded),
    endsOn: contract.endsOn as CivilDate | null,
    discontinuation: await discontinuationOf(deps, contract),
    pendingRows,
    pending: pendingRows.map(({ id, computedOn, arrivedAt }) => ({
      requestId: id,
      effectiveOn: computedOn as CivilDate,
      arrivedAtMs: arrivedAt.getTime(),
    })),
    terms,
    feeVersions,
    policies,
    cutoff: cutoffPolicyOf(policies),
  };
}

async function discontinuationOf(
  deps: WebDependencies,
  contract: ContractDetail['contract'],
): Promise<ContractDiscontinuation | null> {
  const { discontinuationId: id, discontinuedOn, ownEndsOn } = contract;
  if (id === null || discontinuedOn === null) return null;
  const planCode = (await findDiscontinuation(deps.db, id))?.planCode ?? null;
  return { id, lastDay: discontinuedOn as CivilDate, planCode, ownEndsOn: ownEndsOn as CivilDate | null };
}

async function clockOf(deps: WebDependencies, contract: ContractDetail['contract']): Promise<number> {
  const realMs = deps.now().getTime();
  if (!contract.sandbox) return realMs;
  const told = isLive(contract.status) ? await deps.contracts.now(contract.id) : null;
  return told ?? realMs + contract.clockOffsetMs;
}

/** What a cancellation arriving at an instant would bring about (第10条): the rules that later execute it. */
export async function contractWhatIf(
  deps: WebDependencies,
  view: ContractView,
  question: { instantMs: number; arrivedAtMs?: number; wish: CivilDate | null },
): Promise<WhatIf> {
  const { detail, basis, endsOn, pendingRows, cutoff } = view;
  const { contract } = detail;
  const fees = await readContractFees(deps.db, contract, pendingRows, view.today);
  return whatIf({
    ...question,
    ...fees,
    terms: basis,
    settledEnd: endsOn,
    balanceYen: contract.prepaidBalanceYen,
    policy: cutoff,
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
