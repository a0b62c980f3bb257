import { type CivilDate, compareDates, earlierOf } from '../calendar/civil-date.ts';
import { firstEnd, isReached } from '../discontinuation/last-day.ts';
import type { ContractKind } from '../period/periods.ts';
import type { FeeChangeEvidence } from './fee-versions.ts';
import type { PayerFrom } from './partners.ts';

/** What is contracted on a day. */
export interface Contents {
  kind: ContractKind;
  planCode: string;
  options: readonly { code: string; quantity: number }[];
  licences: number;
}

/** An accepted change: what it alters, and since when it is known (its arrival, or the day of a later entry). */
export interface ContentsChange {
  arrivedAtMs: number;
  knownOn: CivilDate;
  effectiveOn: CivilDate;
  alters: Partial<Contents>;
}

/** A campaign's price of a plan, yen without tax, for periods that begin by `until` on that plan (第5条4項). */
export interface CampaignPrice {
  planCode: string;
  /** Periods of which kind; of both unless given. */
  kind?: ContractKind;
  feeYen: number;
  until: CivilDate;
}

/** A last day of the contract's own (第10条); `knownOn` is null for one that every run knows: its cut-off passed before. */
export interface ContractEnd {
  on: CivilDate;
  knownOn: CivilDate | null;
}

/** A discontinuation that was announced (第16条); `noticeOn`: when its notice reached the customer. */
export interface AnnouncedDiscontinuation {
  lastDay: CivilDate;
  /** Null: the whole service. */
  planCode: string | null;
  announcedOn: CivilDate;
  noticeOn: CivilDate | null;
  forceMajeure: boolean;
}

/** Calls or messages of a day in Japan, received by the operator on another. `quantity` is a decimal text. */
export interface BillableUsage {
  on: CivilDate;
  receivedOn: CivilDate;
  category: string;
  quantity: string;
}

/** Everything about a contract that its documents depend on. Plain JSON. */
export interface BillingContract {
  concludedOn: CivilDate;
  firstDay: CivilDate;
  /** Contents at the conclusion. */
  contents: Contents;
  /** The version of the price list that it was sold with. */
  catalogueVersion: number;
  campaign: CampaignPrice | null;
  /** By day; what holds before the first is the customer itself. */
  payers: readonly PayerFrom[];
  /** In the order of entry. */
  changes: readonly ContentsChange[];
  feeChanges: readonly FeeChangeEvidence[];
  ends: readonly ContractEnd[];
  discontinuations: readonly AnnouncedDiscontinuation[];
  /** Empty for a contract that prepays its communication. */
  usage: readonly BillableUsage[];
}

/** What is contracted on a day, as known on another: of two changes for one day the later arrival holds, whole (第8条2項). */
export function contentsOn(contract: BillingContract, day: CivilDate, knownOn: CivilDate): Contents {
  let { contents } = contract;
  for (const { effectiveOn, alters } of changesKnown(contract, knownOn)) {
    if (compareDates(effectiveOn, day) <= 0) contents = { ...contents, ...alters };
  }
  return contents;
}

/** Changes known on a day, one for each effective day, in their order. On a tie the one entered later holds (第8条2項). */
export function changesKnown(contract: BillingContract, knownOn: CivilDate): ContentsChange[] {
  const standing = new Map<CivilDate, ContentsChange>();
  for (const change of contract.changes) {
    if (compareDates(change.knownOn, knownOn) > 0) continue;
    const other = standing.get(change.effectiveOn);
    if (other === undefined || change.arrivedAtMs >= other.arrivedAtMs) {
      standing.set(change.effectiveOn, change);
    }
  }
  return [...standing.values()].sort((a, b) => compareDates(a.effectiveOn, b.effectiveOn));
}

/** The contract's last day as known on a day (第10条, 第16条). */
export interface KnownEnd {
  /** The earliest of all; null while none is known. */
  end: CivilDate | null;
  /** Of the contract's own (第10条). */
  ownEnd: CivilDate | null;
  /** The announced discontinuation that reaches the contract. */
  discontinuation: AnnouncedDiscontinuation | null;
}

export function endKnown(contract: BillingContract, knownOn: CivilDate): KnownEnd {
  const ownEnd = contract.ends
    .filter((each) => each.knownOn === null || compareDates(each.knownOn, knownOn) <= 0)
    .reduce<CivilDate | null>((first, { on }) => (first === null ? on : earlierOf(first, on)), null);
  const [discontinuation = null] = contract.discontinuations
    .filter(({ announcedOn }) => compareDates(announcedOn, knownOn) <= 0)
    .filter((each) => isReached(each, (day) => contentsOn(contract, day, knownOn).planCode))
    .toSorted((a, b) => compareDates(a.lastDay, b.lastDay));
  const end = firstEnd(ownEnd, discontinuation?.lastDay ?? null)?.on ?? null;
  return { end, ownEnd, discontinuation };
}

/** Whether a day is after the last one. */
export function isAfterEnd(day: CivilDate, end: CivilDate | null): boolean {
  return end !== null && compareDates(day, end) > 0;
}
