/** Licences of a contract, and the quantity of one of its options, at the most. */
export const MAX_LICENCES = 10_000;

/** A contract has at least one licence: one for each account (第7条). */
export function isLicenceCount(count: number): boolean {
  return count >= 1 && isOptionQuantity(count);
}

/** Of an option any whole number; 0 takes it away (第8条). */
export function isOptionQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 0 && quantity <= MAX_LICENCES;
}
