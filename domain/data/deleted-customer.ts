/**
 * What is shown where a customer's name stood: an empty one was deleted after the end of the contract (第22条6項), for no
 * customer is registered without a name.
 */
export function shownCustomerName(name: string): string {
  return name === '' ? '（削除済みのお客様）' : name;
}
