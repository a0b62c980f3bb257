import type { FeeChangeEvidence } from '../billing/fee-versions.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import type { PeriodBasis } from '../period/contract-schedule.ts';
import type { PeriodTerms } from '../period/periods.ts';
import type { CampaignTerms } from './campaign.ts';
import { type Alteration, alter, alterationBetween, type Contents, isEmpty } from './contents.ts';
import type { PriceList } from './prices.ts';

/** Contents from a day on. */
export interface Version {
  from: CivilDate | null;
  contents: Contents;
}

export type Versions = readonly [Version, ...Version[]];

/**
 * A change request that was accepted, or is asked about (第8条). `superseded` and `dropped` ones whose day is still to come
 * may stand again when what they lost to goes; `settled` ones only took others back, and may find something to do after all.
 */
export interface OpenChange {
  requestId: string;
  state: 'asked' | 'accepted' | 'superseded' | 'dropped' | 'settled';
  arrivedAtMs: number;
  /** Of two that arrived at one moment the one entered later counts as the later. */
  enteredAtMs: number;
  /** The 1st by its arrival, as it was found when it was first judged. */
  firstOn: CivilDate;
  alters: Alteration;
  /** As on record: its day, and what of it a later arrival had overtaken. */
  told: { on: CivilDate | null; overtaken: readonly string[] };
}

/** A change, or a part terminated by the operator (第10条2項), that has taken effect. */
export interface DoneChange {
  requestId: string;
  kind: 'change' | 'termination';
  arrivedAtMs: number;
  enteredAtMs: number;
  effectiveOn: CivilDate;
  alters: Alteration;
}

/** What ends a contract. */
export interface EndFacts {
  /** The contract's own last day (第10条). */
  ownEndsOn: CivilDate | null;
  /** The announced discontinuation that reaches it (第16条); `planCode` null: the whole service. */
  discontinuation: { lastDay: CivilDate; planCode: string | null } | null;
}

/** By which versions of the price list a contract pays, and has paid (第6条3項・4項). */
export interface PriceFacts {
  lists: readonly PriceList[];
  sold: { version: number; recorded: readonly { version: number; from: CivilDate }[] };
  feeChanges: readonly FeeChangeEvidence[];
}

/** Everything that a contract's future depends on. Plain JSON without personal data: it goes into workflows. */
export interface ContractFacts extends EndFacts {
  basis: PeriodBasis;
  /** What was contracted from which day on; null: from the conclusion. The last is what is contracted now. */
  versions: Versions;
  done: readonly DoneChange[];
  open: readonly OpenChange[];
  prices: PriceFacts;
  /** The campaign that was decided on for the contract, also one that is over: its prices hold for periods of then. */
  campaign: CampaignTerms | null;
  /** Plans whose discontinuation was announced. */
  endingPlans: readonly { planCode: string; lastDay: CivilDate }[];
  accountsInUse: number;
}

/** What is contracted now. */
export function presentContents({ versions }: Pick<ContractFacts, 'versions'>): Contents {
  return (versions.at(-1) ?? versions[0]).contents;
}

/**
 * The versions until now, from the contents of the conclusion and what has taken effect since: on each day the later arrival
 * holds, field by field. Where they do not lead to what is contracted now, that alone is known.
 */
export function versionsUntilNow(
  conclusion: Contents,
  done: readonly DoneChange[],
  present: Contents,
): Versions {
  const byArrival = done.toSorted((a, b) => a.arrivedAtMs - b.arrivedAtMs || a.enteredAtMs - b.enteredAtMs);
  const days = [...new Set(done.map(({ effectiveOn }) => effectiveOn))].toSorted(compareDates);
  const later = days.map((from) => ({
    from,
    contents: byArrival
      .filter(({ effectiveOn }) => compareDates(effectiveOn, from) <= 0)
      .reduce<Contents>((contents, { alters }) => alter(contents, alters), conclusion),
  }));
  const reached = later.at(-1)?.contents ?? conclusion;
  if (!isEmpty(alterationBetween(reached, present))) return [{ from: null, contents: present }];
  return [{ from: null, contents: conclusion }, ...later];
}

/** Facts of a contract of which no more is asked than its kind, its first day and the fee of a period, yen without tax. */
export function factsByFee(terms: PeriodTerms, feeYen: number): ContractFacts {
  const code = 'plan';
  const unit = { code, name: '料金プラン', annualFeeYen: feeYen, monthlyFeeYen: feeYen };
  const plan = { ...unit, rank: 1, includedLicences: 1, extraLicenceAnnualYen: 0, extraLicenceMonthlyYen: 0 };
  return {
    basis: { ...terms, indexBase: 0 },
    versions: [{ from: null, contents: { kind: terms.kind, planCode: code, options: [], licences: 1 } }],
    ...{ done: [], open: [], ownEndsOn: null, discontinuation: null, endingPlans: [], accountsInUse: 0 },
    prices: {
      lists: [{ version: 1, plans: [plan], options: [] }],
      ...{ sold: { version: 1, recorded: [] }, feeChanges: [] },
    },
    campaign: null,
  };
}
