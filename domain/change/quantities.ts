/** Licences of a contract, accounts in use, and the quantity of one option, at the most. */
export const MAX_LICENCES = 10_000;

/** A contract has at least one licence: one for each account (第7条). */
export function isLicenceCount(count: number): boolean {
  return count >= 1 && isQuantity(count);
}

/** Of an option any whole number, as of accounts in use; 0 takes an option away (第7条, 第8条). */
export function isQuantity(quantity: number): boolean {
  return Number.isSafeInteger(quantity) && quantity >= 0 && quantity <= MAX_LICENCES;
}
