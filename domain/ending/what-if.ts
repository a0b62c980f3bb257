import { type Explained, explained, step } from '../base/explain.ts';
import { formatYen, requireYen, yenOf } from '../base/money.ts';
import { type CivilDate, compareDates, formatDateJa, jstDate } from '../calendar/civil-date.ts';
import { type CutoffPolicy, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import { upgradeDifference } from '../change/changes.ts';
import {
  type Period,
  type PeriodTerms,
  periodAt,
  periodContaining,
  periodsBeginning,
} from '../period/periods.ts';
import { type NextCutoffs, nextCutoffs, renewalCutoff } from '../period/renewal.ts';
import {
  type CancellationInput,
  type RenewsAlthoughCancelled,
  type ResolvedEnd,
  renewsAlthoughCancelled,
  resolveEnd,
} from './cancellation.ts';

/** A change already accepted: the fee of a whole period, in yen without tax, from its effective day on. */
export type PendingChange = { effectiveOn: CivilDate; feePerPeriodYen: number };

export type WhatIfInput = {
  terms: PeriodTerms;
  /** The moment of the question, in ms. */
  instantMs: number;
  /** The arrival of the cancellation in question, in ms; the moment of the question unless given. */
  arrivedAtMs?: number;
  wish?: CivilDate | null;
  /** An end that is already settled. */
  settledEnd?: CivilDate | null;
  pendingChanges?: readonly PendingChange[];
  /** The fee of one whole period (year or month), in yen without tax. */
  feePerPeriodYen: number;
  /** Last day of the last period already billed; the period of the moment counts as billed unless given. */
  billedThrough?: CivilDate | null;
  balanceYen: number;
  policy?: CutoffPolicy;
};

/** What comes at the end of the running period; `certain`: its cut-off has passed. */
export type NextRenewal = { renewsOn: CivilDate; period: Period; cancelBy: CivilDate; certain: boolean };

/** One amount still due, in yen without tax: a whole period, or the difference of an upgrade inside one. */
export type FeeDue = { reason: 'period' | 'upgrade'; from: CivilDate; to: CivilDate; feeYen: number };

export type WhatIf = {
  end: Explained<ResolvedEnd>;
  cutoffs: Explained<NextCutoffs>;
  renewal: Explained<NextRenewal | null>;
  renewsAlthoughCancelled: Explained<RenewsAlthoughCancelled | null>;
  feesDue: Explained<{ items: FeeDue[]; totalYen: number }>;
  balanceLostYen: Explained<number>;
};

/** The renewal that the contract runs into on a day, as things stand (第5条3項); null when it ends by then. */
export function nextRenewal(
  terms: PeriodTerms,
  today: CivilDate,
  settledEnd: CivilDate | null,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<NextRenewal | null> {
  const current = periodContaining(terms, today).value ?? periodAt(terms, 1).value;
  if (settledEnd !== null && compareDates(settledEnd, current.to) <= 0) {
    return explained(null, step(`${formatDateJa(settledEnd)}に終了するため、更新はありません。`, '第5条3項'));
  }
  const cutoff = renewalCutoff(current.to, policy);
  const { cancelBy, certainFrom } = cutoff.value;
  const next = periodAt(terms, current.index + 1).value;
  return explained(
    { renewsOn: next.from, period: next, cancelBy, certain: compareDates(today, certainFrom) >= 0 },
    ...cutoff.steps,
    step(
      `次の更新日は${formatDateJa(next.from)}、更新後の期間は${formatDateJa(next.to)}までです。`,
      '第5条3項',
    ),
  );
}

/** What is still to be paid for periods that begin, and upgrades that take effect, in `(billedThrough, endsOn]`: never prorated. */
function feesDue(
  input: WhatIfInput,
  today: CivilDate,
  endsOn: CivilDate,
): Explained<{ items: FeeDue[]; totalYen: number }> {
  const { terms, feePerPeriodYen } = input;
  requireYen(feePerPeriodYen, '利用料金');
  const changes = (input.pendingChanges ?? [])
    .filter(({ effectiveOn }) => compareDates(effectiveOn, endsOn) <= 0)
    .toSorted((a, b) => compareDates(a.effectiveOn, b.effectiveOn));
  const feeOn = (date: CivilDate): number =>
    changes.findLast(({ effectiveOn }) => compareDates(effectiveOn, date) <= 0)?.feePerPeriodYen ??
    feePerPeriodYen;

  const items: FeeDue[] = periodsBeginning(terms, input.billedThrough ?? today, endsOn).map(
    ({ from, to }) => ({
      reason: 'period',
      from,
      to,
      feeYen: feeOn(from),
    }),
  );
  if (terms.kind === 'annual') {
    for (const { effectiveOn, feePerPeriodYen: newFeeYen } of changes) {
      const period = periodContaining(terms, effectiveOn).value;
      if (period === null || period.from === effectiveOn || compareDates(effectiveOn, today) <= 0) continue;
      // The highest fee of the period so far: what was dropped inside it and is taken again is not owed twice.
      const inside = changes.map((change) => change.effectiveOn).filter((day) => day < effectiveOn);
      const oldFeeYen = Math.max(...[period.from, ...inside.filter((day) => day > period.from)].map(feeOn));
      const { differenceYen } = upgradeDifference({ oldFeeYen, newFeeYen, period, effectiveOn }).value;
      items.push({ reason: 'upgrade', from: effectiveOn, to: period.to, feeYen: differenceYen });
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
 * What a cancellation arriving at an instant would bring about (第10条): the same rules that later execute it.
 * Where an end is already settled and comes first, it stands. Throws InvalidValueError for values no rule can work with.
 */
export function whatIf(input: WhatIfInput): WhatIf {
  const { terms, instantMs, balanceYen, policy = DEFAULT_CUTOFF_POLICY, settledEnd = null } = input;
  requireYen(balanceYen, 'プリペイドチャージ残高');
  const today = jstDate(instantMs);
  const arrivedAtMs = input.arrivedAtMs ?? instantMs;
  const cancellation: CancellationInput = { arrivedAtMs, wish: input.wish ?? null };
  const end = resolveEnd(cancellation, policy);
  const endsOn =
    settledEnd !== null && compareDates(settledEnd, end.value.endsOn) < 0 ? settledEnd : end.value.endsOn;
  if (endsOn !== end.value.endsOn) {
    end.value.endsOn = endsOn;
    end.steps.push(step(`すでに${formatDateJa(endsOn)}の終了が決まっています。`, '第10条'));
  }
  return {
    end,
    cutoffs: nextCutoffs(instantMs, policy),
    renewal: nextRenewal(terms, today, settledEnd, policy),
    renewsAlthoughCancelled: renewsAlthoughCancelled(terms, endsOn, jstDate(arrivedAtMs)),
    feesDue: feesDue(input, today, endsOn),
    balanceLostYen: explained(
      balanceYen,
      step(`プリペイドチャージ残高${formatYen(balanceYen)}は、終了時に返金されません。`, '第10条3項'),
    ),
  };
}
