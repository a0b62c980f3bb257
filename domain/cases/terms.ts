import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { feeChangeDates, usageMonth } from '../billing/fees.ts';
import { type CivilDate, daysInclusive } from '../calendar/civil-date.ts';
import { changeEffectiveOn, upgradeDifference } from '../change/changes.ts';
import { checkCorporateNumber } from '../corporation/corporate-number.ts';
import { findMyNumbers } from '../data/my-number.ts';
import { keepThrough, secrecyThrough } from '../data/retention.ts';
import { notifyBy, refund } from '../discontinuation/discontinuation.ts';
import { resolveEnd } from '../ending/cancellation.ts';
import { type ContractKind, firstDayFor, type Period, periodAt } from '../period/periods.ts';
import { renewalCutoff } from '../period/renewal.ts';
import { cutoffPolicyOf, retentionPolicyOf } from '../policy/policies.ts';
import type { CaseReader } from './case-reader.ts';
import { type Evaluate, fieldsOf } from './types.ts';

/** A period from the day of conclusion, or from the first day where a campaign named one. */
function period(kind: ContractKind, input: CaseReader): Explained<Period> {
  const steps: Step[] = [];
  let firstDay: CivilDate;
  if (input.has('firstDay') || (kind === 'monthly' && !input.has('concluded'))) {
    firstDay = input.date('firstDay');
  } else {
    const first = firstDayFor(input.date('concluded'));
    firstDay = first.value;
    steps.push(...first.steps);
  }
  const found = periodAt({ kind, firstDay }, input.wholeNumber('index'));
  return explained(found.value, ...steps, ...found.steps);
}

/** Dates and sums of the terms: periods, endings, changes, retention, numbers. */
export const TERMS_CASES: Readonly<Record<string, Evaluate>> = {
  'annual-period': (input) =>
    fieldsOf(period('annual', input), ({ from, to }) => ({ from, to, days: daysInclusive(from, to) })),

  'monthly-period': (input) => fieldsOf(period('monthly', input), ({ from, to }) => ({ from, to })),

  cancellation: (input, policies) => {
    const wish = input.has('wish') ? input.date('wish') : null;
    const end = resolveEnd({ arrivedAtMs: input.instant('arrived'), wish }, cutoffPolicyOf(policies));
    return fieldsOf(end, ({ endsOn }) => ({ endsOn }));
  },

  change: (input, policies) =>
    fieldsOf(changeEffectiveOn(input.instant('arrived'), cutoffPolicyOf(policies)), (effectiveOn) => ({
      effectiveOn,
    })),

  renewal: (input, policies) =>
    fieldsOf(renewalCutoff(input.date('periodTo'), cutoffPolicyOf(policies)), (cutoff) => cutoff),

  discontinuation: (input) => fieldsOf(notifyBy(input.date('lastDay')), (date) => ({ notifyBy: date })),

  refund: (input) =>
    fieldsOf(
      refund({
        feeYen: input.wholeNumber('fee'),
        period: input.range(),
        lastDay: input.date('lastDay'),
        balanceYen: input.wholeNumber('balance'),
        noticeOn: input.dateOrNone('noticeOn'),
        forceMajeure: input.flag('forceMajeure'),
      }),
      ({ unusableDays, periodDays, feeYen, taxYen, balanceYen, totalYen }) => ({
        unusableDays,
        periodDays,
        fee: feeYen,
        tax: taxYen,
        balance: balanceYen,
        total: totalYen,
      }),
    ),

  'usage-month': (input) => fieldsOf(usageMonth(input.instant('at')), (month) => ({ month })),

  secrecy: (input) => fieldsOf(secrecyThrough(input.date('endedOn')), (through) => ({ through })),

  retention: (input, policies) => {
    const policy = retentionPolicyOf(policies);
    if (input.has('fiscalYearEndMonth')) policy.fiscalYearEndMonth = input.wholeNumber('fiscalYearEndMonth');
    return fieldsOf(keepThrough(input.date('issuedOn'), policy), (kept) => kept);
  },

  'corporate-number': (input) =>
    fieldsOf(checkCorporateNumber(input.text('number')), ({ valid }) => ({ valid })),

  'my-number': (input) => {
    const count = findMyNumbers(input.text('text')).length;
    const text =
      count > 0 ? `個人番号とみられる12桁の数字が${count}件あります。` : '個人番号は見つかりません。';
    return explained({ found: count > 0 }, step(text, '第21条1項'));
  },

  'fee-change': (input, policies) =>
    fieldsOf(feeChangeDates(input.date('effectiveOn'), cutoffPolicyOf(policies)), (dates) => dates),

  upgrade: (input) => {
    const difference = upgradeDifference({
      oldFeeYen: input.wholeNumber('oldFee'),
      newFeeYen: input.wholeNumber('newFee'),
      period: input.range(),
      effectiveOn: input.date('effectiveOn'),
    });
    return fieldsOf(difference, ({ months, differenceYen }) => ({ months, difference: differenceYen }));
  },
};
