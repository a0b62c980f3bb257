import type { BillingContract } from '../../../domain/billing/billing-contract.ts';
import { type BillingPolicy, DEFAULT_BILLING_POLICY } from '../../../domain/billing/billing-policy.ts';
import type { IssuedDocument } from '../../../domain/billing/documents.ts';
import type { BillingLine } from '../../../domain/billing/lines.ts';
import type { PriceList } from '../../../domain/billing/price-list.ts';
import { billSpan, type SpanInput } from '../../../domain/billing/span.ts';
import { civilDate, jstDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { firstDayFor } from '../../../domain/period/periods.ts';

/** Two versions whose fees do not divide evenly, so that a wrong rounding shows. */
export const LISTS: readonly PriceList[] = [1, 2].map((version) => {
  const more = (yen: number) => Math.round(yen * (version === 1 ? 1 : 1.1));
  const fees = (annual: number) => ({ annualFeeYen: more(annual), monthlyFeeYen: more(annual / 10) });
  const licences = { extraLicenceAnnualYen: more(12_010), extraLicenceMonthlyYen: more(1_201) };
  return {
    version,
    plans: [
      { code: 'lite', ...fees(240_010), includedLicences: 3, ...licences },
      { code: 'standard', ...fees(360_000), includedLicences: 10, ...licences },
      { code: 'premium', ...fees(480_050), includedLicences: 30, ...licences },
    ],
    options: [
      { code: 'number', ...fees(12_030) },
      { code: 'recording', ...fees(48_000) },
      { code: 'sms', ...fees(60_000) },
    ],
    usage: [
      { category: 'call', unitPrice: version === 1 ? '8.2' : '9.1' },
      { category: 'smsOut', unitPrice: '3.3' },
    ],
  };
});

export const date = civilDate;

/** A contract of the standard plan without anything special, concluded on 20 January 2026. */
export function contract(overrides: Partial<BillingContract> = {}): BillingContract {
  const concludedOn = overrides.concludedOn ?? date('2026-01-20');
  return {
    concludedOn,
    firstDay: firstDayFor(concludedOn).value,
    contents: { kind: 'annual', planCode: 'standard', options: [], licences: 10 },
    catalogueVersion: 1,
    campaign: null,
    payers: [],
    changes: [],
    feeChanges: [],
    ends: [],
    discontinuations: [],
    usage: [],
    ...overrides,
  };
}

export const monthly = (overrides: Partial<BillingContract> = {}): BillingContract =>
  contract({ contents: { kind: 'monthly', planCode: 'standard', options: [], licences: 10 }, ...overrides });

export function change(
  arrivedAt: string,
  effectiveOn: string,
  alters: BillingContract['changes'][number]['alters'],
): BillingContract['changes'][number] {
  const arrivedAtMs = parseInstant(arrivedAt);
  return { arrivedAtMs, knownOn: jstDate(arrivedAtMs), effectiveOn: date(effectiveOn), alters };
}

export function policy(overrides: Partial<BillingPolicy> = {}): BillingPolicy {
  return { ...DEFAULT_BILLING_POLICY, ...overrides };
}

/** All documents of `[from, to]`. */
export function span(
  from: string,
  to: string,
  facts: BillingContract,
  more: Partial<Pick<SpanInput, 'policy' | 'topUps' | 'missedRuns' | 'lists'>> = {},
): IssuedDocument[] {
  const rest = { lists: LISTS, topUps: [], missedRuns: new Set<string>(), policy: policy(), ...more };
  return billSpan({ from: date(from), to: date(to), contract: facts, ...rest }).value;
}

/** '2026-02-10 plan:standard 360000 2026-02-01..2027-01-31' for each line. */
export function linesOf(documents: readonly IssuedDocument[]): string[] {
  return documents.flatMap(({ issuedOn, lines }) =>
    lines.map(({ item, amount, from, to }) => `${issuedOn} ${item} ${amount} ${from}..${to}`),
  );
}

/** Documents that no other one has replaced. */
export function standing(documents: readonly IssuedDocument[]): IssuedDocument[] {
  const replaced = new Set(documents.map(({ corrects }) => corrects?.number));
  return documents.filter(({ number }) => !replaced.has(number));
}

/** What a document says, but for its number and reasons. */
export function content({ number: _, corrects, of, lines, ...rest }: IssuedDocument): object {
  const said = ({ why: _why, ...line }: BillingLine) => line;
  return {
    ...rest,
    lines: lines.map(said),
    corrects: corrects?.issuedOn ?? null,
    of: of?.issuedOn ?? null,
  };
}

export const sortedContent = (documents: readonly IssuedDocument[]): string[] =>
  documents.map((document) => JSON.stringify(content(document))).sort();
