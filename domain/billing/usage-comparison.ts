import { addDecimals, type Decimal, decimal, decimalText, multiplyDecimals } from '../base/decimal.ts';
import { compareTexts } from './price-list.ts';

/** What was used of a category by a contract in some time; decimal text. */
export interface CountedUsage {
  contractId: string;
  category: string;
  quantity: string;
}

/** What a category of ours is called by the provider (policy `usage.providerCategories`): `ours=theirs`. */
export function categoryPairs(texts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    texts.map((text) => {
      const [ours = '', theirs = ''] = text.split('=');
      return [theirs, ours] as const;
    }),
  );
}

/** The provider's counts under our names; sums over categories and what we do not bill are left out. */
export function underOurNames(
  theirs: readonly CountedUsage[],
  pairs: ReadonlyMap<string, string>,
): CountedUsage[] {
  return theirs.flatMap((usage) => {
    const category = pairs.get(usage.category);
    return category === undefined ? [] : [{ ...usage, category }];
  });
}

/** Whether a difference is more than so many percent of what the provider counted (policy `usage.differencePercent`). */
export function isBeyond({ theirs, difference }: UsageDifference, percent: number): boolean {
  const [apart, limit] = [decimal(difference), multiplyDecimals(decimal(theirs), decimal(percent))];
  const size = { ...apart, units: apart.units < 0n ? -apart.units : apart.units };
  const beyond = addDecimals(multiplyDecimals(size, decimal(100)), { ...limit, units: -limit.units });
  return beyond.units > 0n;
}

/** Where our sum of events and the provider's count differ; `difference` is ours less theirs. */
export interface UsageDifference {
  contractId: string;
  category: string;
  ours: string;
  theirs: string;
  difference: string;
}

const ZERO: Decimal = { units: 0n, scale: 0 };

/** Our sums against the provider's, exactly, for each contract and category that either has (第6条6項); what agrees is left out. */
export function usageDifferences(
  ours: readonly CountedUsage[],
  theirs: readonly CountedUsage[],
): UsageDifference[] {
  const [mine, provider] = [sumsOf(ours), sumsOf(theirs)];
  return [...new Set([...mine.keys(), ...provider.keys()])]
    .map((key) => ({ key, ours: mine.get(key) ?? ZERO, theirs: provider.get(key) ?? ZERO }))
    .map((each) => ({
      ...each,
      difference: addDecimals(each.ours, { ...each.theirs, units: -each.theirs.units }),
    }))
    .filter(({ difference }) => difference.units !== 0n)
    .map(({ key, ours: one, theirs: other, difference }) => {
      const [contractId = '', category = ''] = key.split('\n');
      const texts = {
        ours: decimalText(one),
        theirs: decimalText(other),
        difference: decimalText(difference),
      };
      return { contractId, category, ...texts };
    })
    .sort((a, b) => compareTexts(a.contractId, b.contractId) || compareTexts(a.category, b.category));
}

function sumsOf(usage: readonly CountedUsage[]): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const { contractId, category, quantity } of usage) {
    const key = `${contractId}\n${category}`;
    sums.set(key, addDecimals(sums.get(key) ?? ZERO, decimal(quantity)));
  }
  return sums;
}
