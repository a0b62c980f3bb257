import { type Explained, explained, step } from '../base/explain.ts';
import { formatYen, requireYen, yenOf } from '../base/money.ts';
import { type CivilDate, compareDates, earlierOf, formatDateJa, jstDate } from '../calendar/civil-date.ts';
import { type CutoffPolicy, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import type { ContractFacts } from '../future/facts.ts';
import { type KindPeriod, periodAfter, periodOn, periodsBeginning } from '../future/period-line.ts';
import { type ContractFuture, feeOfPeriod, projectContract, upgradesIn } from '../future/project.ts';
import { CONTRACT_KIND_LABELS } from '../period/contract.ts';
import { type NextCutoffs, nextCutoffs, renewalCutoff } from '../period/renewal.ts';
import {
  cancelledAsOf,
  endsBeforeBeginning,
  neverBeginsSteps,
  type RenewsAlthoughCancelled,
  type ResolvedEnd,
  renewsAlthoughCancelled,
  resolveEnd,
} from './cancellation.ts';

export type WhatIfInput = {
  /** The contract as it stands, with everything that is accepted and pending. */
  facts: ContractFacts;
  /** The moment of the question, in ms. */
  instantMs: number;
  /** The arrival of the cancellation in question, in ms; the moment of the question unless given. */
  arrivedAtMs?: number;
  wish?: CivilDate | null;
  /** Last day of the last period already billed; the period of the moment counts as billed unless given. */
  billedThrough?: CivilDate | null;
  balanceYen: number;
  policy?: CutoffPolicy;
};

/** What comes at the end of the running period; `certain`: its cut-off has passed. */
export type NextRenewal = { renewsOn: CivilDate; period: KindPeriod; cancelBy: CivilDate; certain: boolean };

/** One amount still due, in yen without tax: a whole period, or the difference of an upgrade inside one. */
export type FeeDue = { reason: 'period' | 'upgrade'; from: CivilDate; to: CivilDate; feeYen: number };

export type WhatIf = {
  end: Explained<ResolvedEnd>;
  /** The contract would end before its first day: no period begins. */
  neverBegins: boolean;
  cutoffs: Explained<NextCutoffs>;
  renewal: Explained<NextRenewal | null>;
  renewsAlthoughCancelled: Explained<RenewsAlthoughCancelled | null>;
  feesDue: Explained<{ items: FeeDue[]; totalYen: number }>;
  balanceLostYen: Explained<number>;
};

/** The renewal that the contract runs into on a day, as things stand (第5条3項); null when it ends by then. */
export function nextRenewal(
  { line, end }: Pick<ContractFuture, 'line' | 'end'>,
  today: CivilDate,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<NextRenewal | null> {
  const current = periodOn(line, today);
  if (end !== null && compareDates(end.on, current.to) <= 0) {
    return explained(null, step(`${formatDateJa(end.on)}に終了するため、更新はありません。`, '第5条3項'));
  }
  const cutoff = renewalCutoff(current.to, policy);
  const { cancelBy, certainFrom } = cutoff.value;
  const next = periodAfter(line, current);
  const changes = next.kind === current.kind ? '' : `、ここから${CONTRACT_KIND_LABELS[next.kind]}となり`;
  return explained(
    { renewsOn: next.from, period: next, cancelBy, certain: compareDates(today, certainFrom) >= 0 },
    ...cutoff.steps,
    step(
      `次の更新日は${formatDateJa(next.from)}${changes}、更新後の期間は${formatDateJa(next.to)}までです。`,
      '第5条3項',
    ),
  );
}

/** What is still to be paid for periods that begin, and upgrades that take effect, in `(billedThrough, endsOn]`: never prorated. */
function feesDue(
  future: ContractFuture,
  billedThrough: CivilDate,
  today: CivilDate,
  endsOn: CivilDate,
): Explained<{ items: FeeDue[]; totalYen: number }> {
  const { line } = future;
  const periods = periodsBeginning(line, billedThrough, endsOn);
  const items: FeeDue[] = periods.map((period) => ({
    reason: 'period',
    from: period.from,
    to: period.to,
    feeYen: feeOfPeriod(future, period),
  }));
  for (const period of [periodOn(line, today), ...periodsBeginning(line, today, endsOn)]) {
    for (const { on, differenceYen } of upgradesIn(future, period)) {
      if (compareDates(on, today) <= 0) continue;
      items.push({ reason: 'upgrade', from: on, to: period.to, feeYen: differenceYen });
    }
  }
  items.sort((a, b) => compareDates(a.from, b.from));
  const totalYen = yenOf(items.reduce((sum, { feeYen }) => sum + BigInt(feeYen), 0n));
  return explained(
    { items, totalYen },
    ...items.map(({ reason, from, to, feeYen }) =>
      step(
        `${formatDateJa(from)}から${formatDateJa(to)}までの${reason === 'period' ? '期間の料金' : '変更による差額'}は${formatYen(feeYen)}（税抜）です。`,
        '第6条2項',
      ),
    ),
    items.length === 0
      ? step('終了までに新たに発生する利用料金はありません。', '第6条2項')
      : step(
          `終了までの利用料金は合計${formatYen(totalYen)}（税抜）です。期間の途中で終了しても日割りにはなりません。`,
          '第10条3項',
        ),
  );
}

/**
 * What a cancellation arriving at an instant would bring about (第10条): the same rules that later execute it, on the one
 * projection of the contract. Where an end is already settled and comes first, it stands. Throws InvalidValueError for values
 * no rule can work with.
 */
export function whatIf(input: WhatIfInput): WhatIf {
  const { facts, instantMs, balanceYen, policy = DEFAULT_CUTOFF_POLICY } = input;
  requireYen(balanceYen, 'プリペイドチャージ残高');
  const today = jstDate(instantMs);
  const arrivedAtMs = input.arrivedAtMs ?? instantMs;
  const end = resolveEnd({ arrivedAtMs, wish: input.wish ?? null, campaign: facts.campaign }, policy);
  const found = end.value.endsOn;
  const asItStands = projectContract(facts);
  const settled = asItStands.end?.on ?? null;
  const ownEndsOn = facts.ownEndsOn === null ? found : earlierOf(facts.ownEndsOn, found);
  const cancelled = projectContract({ ...facts, ownEndsOn });
  const endsOn = cancelled.end?.on ?? found;
  if (endsOn !== found) {
    end.value.endsOn = endsOn;
    end.steps.push(step(`すでに${formatDateJa(endsOn)}の終了が決まっています。`, '第10条'));
  }
  const { line } = cancelled;
  end.steps.push(...neverBeginsSteps(line, endsOn));
  return {
    end,
    neverBegins: endsBeforeBeginning(line, endsOn),
    cutoffs: nextCutoffs(instantMs, policy, settled),
    renewal: nextRenewal(asItStands, today, policy),
    renewsAlthoughCancelled: renewsAlthoughCancelled(line, endsOn, cancelledAsOf(arrivedAtMs, line)),
    feesDue: feesDue(cancelled, input.billedThrough ?? today, today, endsOn),
    balanceLostYen: explained(
      balanceYen,
      step(`プリペイドチャージ残高${formatYen(balanceYen)}は、終了時に返金されません。`, '第10条3項'),
    ),
  };
}
