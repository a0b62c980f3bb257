import { type Explained, explained, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { formatYen, requireYen, yenOf } from '../base/money.ts';
import {
  addDays,
  type CivilDate,
  compareDates,
  daysInclusive,
  earlierOf,
  formatDateJa,
  laterOf,
} from '../calendar/civil-date.ts';
import { correspondingDay } from '../period/periods.ts';

/** A usage fee in yen (no prepaid charge, no communication fee) and the days of service that it is for, both included. */
export type FeePeriod = { from: CivilDate; to: CivilDate; feeYen: number };

export type LiabilityCap = { windowFrom: CivilDate; windowTo: CivilDate; capYen: number };

/** Lines of documents whose fees count for the limit (第23条3項): no communication, no prepaid charge, no refund. */
const COUNTED_ITEMS = ['plan', 'option', 'licence', 'difference', 'shortened'];

export function countsForLiability(item: string): boolean {
  return COUNTED_ITEMS.includes(item.split(':')[0] ?? '');
}

/**
 * The limit of liability for an incident (第23条3項): the usage fees of the year up to the day before it, spread evenly over their
 * days of service, added up exactly and cut to a yen once. A customer of less than a year: since the first day of use. The year
 * is counted by Civil Code 143: before a 29 February it begins on 1 March.
 */
export function liabilityCap(fees: readonly FeePeriod[], incidentOn: CivilDate): Explained<LiabilityCap> {
  const windowTo = addDays(incidentOn, -1);
  const yearAgo = correspondingDay(incidentOn, -12);
  const used = fees.filter((fee) => compareDates(fee.from, windowTo) <= 0);
  const firstUse = used.reduce<CivilDate | null>(
    (first, { from }) => (first === null ? from : earlierOf(first, from)),
    null,
  );
  const windowFrom = firstUse === null ? yearAgo : laterOf(firstUse, yearAgo);
  const shorter = windowFrom !== yearAgo;

  // The exact sum as a fraction: rounding each period for itself could lose a yen for each.
  let numerator = 0n;
  let denominator = 1n;
  const steps = fees.flatMap((fee) => {
    requireYen(fee.feeYen, '利用料金');
    const periodDays = daysInclusive(fee.from, fee.to);
    if (periodDays === 0) throw new InvalidValueError('利用料金の期間の初日が最終日より後になっています。');
    const days = daysInclusive(laterOf(fee.from, windowFrom), earlierOf(fee.to, windowTo));
    if (days === 0) return [];
    numerator = numerator * BigInt(periodDays) + BigInt(fee.feeYen) * BigInt(days) * denominator;
    denominator *= BigInt(periodDays);
    return [
      step(
        `${formatDateJa(fee.from)}から${formatDateJa(fee.to)}までの利用料金${formatYen(fee.feeYen)}は、${periodDays}日のうち${days}日分が対象です。`,
        '第23条3項',
      ),
    ];
  });
  const capYen = yenOf(numerator / denominator);
  return explained(
    { windowFrom, windowTo, capYen },
    step(
      shorter
        ? `利用期間が1年に満たないため、対象は利用開始日${formatDateJa(windowFrom)}から事故の前日${formatDateJa(windowTo)}までです。`
        : `対象は、事故の前1年間の${formatDateJa(windowFrom)}から${formatDateJa(windowTo)}までです。`,
      shorter ? '第23条3項②' : '第23条3項①',
    ),
    ...steps,
    step(`責任の上限は、日割りの合計${formatYen(capYen)}（1円未満切り捨て、税抜）です。`, '第23条3項'),
  );
}
