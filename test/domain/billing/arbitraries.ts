import * as fc from 'fast-check';
import type { BillingContract, Contents, ContentsChange } from '../../../domain/billing/billing-contract.ts';
import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import type { Partner } from '../../../domain/billing/partners.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  firstOfMonth,
  jstDate,
  jstInstant,
  lastOfMonth,
} from '../../../domain/calendar/civil-date.ts';
import { changeEffectiveOn } from '../../../domain/change/changes.ts';
import { firstDayFor } from '../../../domain/period/periods.ts';
import { date } from './support.ts';

const START = date('2026-01-01');
/** Spans of properties end here; facts lie before, so that everything can be billed by then. */
export const THROUGH = date('2028-07-31');

const dayIn = (from: CivilDate, days: number) => fc.nat(days).map((offset) => addDays(from, offset));
const firstIn = (from: CivilDate, months: number) =>
  fc.integer({ min: 1, max: months }).map((offset) => addMonths(firstOfMonth(from), offset));

const plan = fc.constantFrom('lite', 'standard', 'premium');
const options = fc
  .uniqueArray(fc.constantFrom('number', 'recording', 'sms'), { maxLength: 3 })
  .chain((codes) =>
    fc.tuple(...codes.map((code) => fc.integer({ min: 1, max: 4 }).map((quantity) => ({ code, quantity })))),
  );
const licences = fc.integer({ min: 1, max: 35 });
const kind = fc.constantFrom('annual' as const, 'monthly' as const);

export const contents: fc.Arbitrary<Contents> = fc.record({ kind, planCode: plan, options, licences });

const partner: fc.Arbitrary<Partner | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    mode: fc.constantFrom('referral' as const, 'agent' as const, 'intermediary' as const),
    id: fc.constantFrom('P1', 'P2'),
  }),
  fc.record({
    mode: fc.constant('resale' as const),
    id: fc.constantFrom('P1', 'P2'),
    ratePercent: fc.integer({ min: 50, max: 100 }),
  }),
);

export const anyPolicy: fc.Arbitrary<BillingPolicy> = fc.record({
  day: fc.integer({ min: 6, max: 20 }),
  since: fc.constant(null),
  annualLeadMonths: fc.constantFrom(0, 1),
  monthlyFee: fc.constantFrom('advance' as const, 'arrears' as const),
  dueHoliday: fc.constantFrom('nextBusinessDay' as const, 'previousBusinessDay' as const, 'none' as const),
  taxRounding: fc.constantFrom('floor' as const, 'round' as const, 'ceil' as const),
  prepaidTaxPoint: fc.constantFrom('use' as const, 'topUp' as const),
});

/** Changes at different instants, each effective by the rule of its arrival. */
function changes(after: CivilDate): fc.Arbitrary<ContentsChange[]> {
  const alters = fc.record(
    { planCode: plan, options, licences, kind },
    { requiredKeys: [] },
  ) satisfies fc.Arbitrary<Partial<Contents>>;
  const arrivals = fc.uniqueArray(fc.integer({ min: 0, max: 450 * 24 }), { maxLength: 5 });
  return arrivals.chain((hours) =>
    fc.tuple(
      ...hours.map((hour) =>
        alters.map((altered): ContentsChange => {
          const arrivedAtMs = jstInstant(after) + hour * 3_600_000;
          return {
            arrivedAtMs,
            knownOn: jstDate(arrivedAtMs),
            alters: altered,
            effectiveOn: changeEffectiveOn(arrivedAtMs).value,
          };
        }),
      ),
    ),
  );
}

function usage(after: CivilDate): fc.Arbitrary<BillingContract['usage']> {
  const event = fc
    .tuple(fc.nat(600), fc.nat(60), fc.constantFrom('call', 'smsOut'), fc.integer({ min: 1, max: 400 }))
    .map(([offset, late, category, quantity]) => {
      const on = addDays(after, offset);
      return { on, receivedOn: addDays(on, late), category, quantity: String(quantity) };
    });
  return fc.array(event, { maxLength: 8 });
}

/** At most one of each way to end, all of them together too. */
function ends(after: CivilDate): fc.Arbitrary<Pick<BillingContract, 'ends' | 'discontinuations'>> {
  const maybe = <T>(one: fc.Arbitrary<T>) =>
    fc.option(one, { freq: 2, nil: undefined }).map((value) => (value === undefined ? [] : [value]));
  const cancellation = firstIn(after, 20).map((first) => ({
    on: lastOfMonth(addMonths(first, 1)),
    knownOn: null,
  }));
  const termination = dayIn(after, 600).map((on) => ({ on, knownOn: on }));
  const discontinuation = fc
    .tuple(dayIn(after, 600), fc.nat(300), fc.option(fc.nat(60)), fc.boolean())
    .map(([lastDay, ahead, noticeAfter, forceMajeure]) => {
      const announcedOn = addDays(lastDay, -ahead);
      const noticeOn = noticeAfter === null ? null : addDays(announcedOn, noticeAfter);
      return { lastDay, planCode: null, announcedOn, noticeOn, forceMajeure };
    });
  return fc
    .tuple(maybe(cancellation), maybe(termination), maybe(discontinuation))
    .map(([own, immediate, discontinuations]) => ({ ends: [...own, ...immediate], discontinuations }));
}

/** Any contract of the years 2026 and 2027 with everything that can happen to it. */
export const anyContract: fc.Arbitrary<BillingContract> = dayIn(START, 200).chain((concludedOn) => {
  const usual = firstDayFor(concludedOn).value;
  return fc
    .record({
      concludedOn: fc.constant(concludedOn),
      firstDay: fc.oneof(
        { weight: 3, arbitrary: fc.constant(usual) },
        { weight: 1, arbitrary: dayIn(addDays(concludedOn, 1), 60) },
      ),
      contents,
      catalogueVersion: fc.constant(1),
      campaign: fc.option(
        fc.record({
          planCode: plan,
          feeYen: fc.integer({ min: 0, max: 300_000 }),
          until: dayIn(concludedOn, 500),
        }),
      ),
      payers: fc.array(fc.record({ from: fc.option(firstIn(concludedOn, 18)), partner }), { maxLength: 3 }),
      changes: changes(concludedOn),
      feeChanges: fc.array(
        fc.record({
          version: fc.constant(2),
          effectiveOn: firstIn(concludedOn, 18),
          noticedOn: fc.option(dayIn(concludedOn, 600), { freq: 5 }),
        }),
        { maxLength: 1 },
      ),
      usage: usage(concludedOn),
      end: ends(concludedOn),
    })
    .map(({ end, ...facts }) => ({ ...facts, ...end }));
});

/** Months without a run; never the last ones, which make everything up. */
export const missedRuns: fc.Arbitrary<ReadonlySet<string>> = fc
  .array(firstIn(START, 26), { maxLength: 6 })
  .map((months) => new Set(months.map((month) => month.slice(0, 7))));
