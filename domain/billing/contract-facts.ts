import type { CivilDate } from '../calendar/civil-date.ts';
import type { ContractFacts } from '../future/facts.ts';
import { knownContents } from '../future/known-contents.ts';
import type { AnnouncedDiscontinuation, BillableUsage, BillingContract } from './billing-contract.ts';
import type { FeeChangeEvidence } from './fee-versions.ts';
import type { PayerFrom } from './partners.ts';

/** What billing depends on beside the contract's own facts. */
export interface BesideFacts {
  concludedOn: CivilDate;
  firstDay: CivilDate;
  /** Fee changes that have reached the contract, as they are on record; what else is known of others is in the facts. */
  recorded: readonly FeeChangeEvidence[];
  /** The announced discontinuation that reaches it, with its dates (第16条). */
  discontinuation: AnnouncedDiscontinuation | null;
  payers: readonly PayerFrom[];
  usage: readonly BillableUsage[];
}

/**
 * A contract as its papers depend on it, from the facts that every reader of its future has (第6条2項). An end is known to every
 * run that sees these facts; what was contracted is told as it became known, so that an issued paper is not asked for twice.
 */
export function billingContractOf(facts: ContractFacts, beside: BesideFacts): BillingContract {
  const { concludedOn, firstDay, discontinuation, payers, usage } = beside;
  const { before, known } = knownContents(facts);
  const { prices, campaign, ownEndsOn } = facts;
  const price = campaign?.price ?? null;
  return {
    concludedOn,
    firstDay,
    contents: before,
    catalogueVersion: prices.sold.version,
    campaign: campaign === null || price === null ? null : { ...price, until: campaign.until },
    payers,
    // In the order in which they became known: of two for one day the later knowledge holds, and says it whole.
    changes: known.map(({ effectiveOn, knownOn, contents }, order) => ({
      ...{ arrivedAtMs: order, effectiveOn, knownOn },
      alters: contents,
    })),
    feeChanges: [
      ...beside.recorded,
      ...prices.feeChanges.filter(({ version }) => beside.recorded.every((each) => each.version !== version)),
    ],
    ends: ownEndsOn === null ? [] : [{ on: ownEndsOn, knownOn: null }],
    discontinuations: discontinuation === null ? [] : [discontinuation],
    usage,
  };
}
