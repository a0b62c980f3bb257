import { type CivilDate, civilDate, parseInstant } from '../../domain/calendar/civil-date.ts';
import { changeEffectiveOn } from '../../domain/change/changes.ts';
import type { Alteration, Contents } from '../../domain/future/contents.ts';
import type { ContractFacts, DoneChange, OpenChange } from '../../domain/future/facts.ts';
import type { PriceList } from '../../domain/future/prices.ts';
import type { PeriodTerms } from '../../domain/period/periods.ts';

const plan = (code: string, rank: number, annualFeeYen: number, includedLicences: number) => ({
  ...{ code, name: code, rank, annualFeeYen, includedLicences },
  monthlyFeeYen: annualFeeYen / 10,
  extraLicenceAnnualYen: 12_000,
  extraLicenceMonthlyYen: 1_200,
});

/** Three plans in rank order and two options; a month costs a tenth of a year. */
export const priceList: PriceList = {
  version: 1,
  plans: [plan('lite', 1, 120_000, 3), plan('standard', 2, 360_000, 10), plan('premium', 3, 600_000, 30)],
  options: [
    { code: 'sms', name: 'sms', annualFeeYen: 60_000, monthlyFeeYen: 6_000 },
    { code: 'record', name: 'record', annualFeeYen: 24_000, monthlyFeeYen: 2_400 },
  ],
};

export const contents = (changes: Partial<Contents> = {}): Contents => ({
  kind: 'annual',
  planCode: 'standard',
  options: [],
  licences: 10,
  ...changes,
});

/** An annual contract from 2026-12-01 with the standard plan, unless told otherwise. */
export function contractFacts(
  changes: Partial<ContractFacts> & { contents?: Partial<Contents> } = {},
): ContractFacts {
  const { contents: changed, ...rest } = changes;
  const present = contents(changed);
  return {
    basis: { kind: present.kind, firstDay: civilDate('2026-12-01'), indexBase: 0 },
    versions: [{ from: null, contents: present }],
    done: [],
    open: [],
    ownEndsOn: null,
    discontinuation: null,
    endingPlans: [],
    accountsInUse: 0,
    prices: { lists: [priceList], sold: { version: 1, recorded: [] }, feeChanges: [] },
    campaign: null,
    ...rest,
  };
}

/** Facts of a contract of which only kind, first day and fee of a period matter. */
export function plainFacts(
  terms: PeriodTerms,
  feeYen: number,
  changes: Partial<ContractFacts> = {},
): ContractFacts {
  const only = { ...plan('only', 1, 0, 1_000), annualFeeYen: feeYen, monthlyFeeYen: feeYen };
  const present = contents({ kind: terms.kind, planCode: 'only' });
  return contractFacts({
    contents: present,
    basis: { ...terms, indexBase: 0 },
    prices: {
      lists: [{ version: 1, plans: [only], options: [] }],
      ...{ sold: { version: 1, recorded: [] }, feeChanges: [] },
    },
    ...changes,
  });
}

/** A change by its JST arrival, `2026-12-06` or with a time. */
export function openChange(
  requestId: string,
  arrived: string,
  alters: Alteration,
  state: OpenChange['state'] = 'accepted',
): OpenChange {
  const arrivedAtMs = arrived.includes('T')
    ? parseInstant(arrived)
    : parseInstant(`${arrived}T10:00:00+09:00`);
  return {
    ...{ requestId, state, arrivedAtMs, enteredAtMs: arrivedAtMs, alters },
    firstOn: changeEffectiveOn(arrivedAtMs).value,
    told: { on: null, overtaken: [] },
  };
}

export function doneChange(
  requestId: string,
  arrived: string,
  effectiveOn: string,
  alters: Alteration,
  kind: DoneChange['kind'] = 'change',
): DoneChange {
  const arrivedAtMs = parseInstant(`${arrived}T10:00:00+09:00`);
  return {
    ...{ requestId, kind, arrivedAtMs, enteredAtMs: arrivedAtMs, alters },
    effectiveOn: effectiveOn as CivilDate,
  };
}
