import { payerCore } from './payer-kana.ts';

/** What may be wrong with an account that money is to go to (第16条); each is answered in words before it is stored. */
export const ACCOUNT_WARNINGS = {
  holderUnlike: '口座名義が、登録されているお客様の名称（カナ）と一致しません。',
  shared: '同じ口座が、別のお客様の返金の振込先にも登録されています。',
} as const;

export type AccountWarning = keyof typeof ACCOUNT_WARNINGS;

/** As many letters of a holder as banks are sure to take; what is longer is cut. */
const HOLDER_LETTERS = 30;

/**
 * What is odd about an account: its holder is not the customer, legal forms and ways of writing aside; it is registered for
 * another customer too.
 */
export function accountWarnings(account: {
  holderKana: string;
  customerKana: string;
  ofAnotherCustomer: boolean;
}): AccountWarning[] {
  const { holderKana, customerKana, ofAnotherCustomer } = account;
  const [holder, customer] = [payerCore(holderKana), payerCore(customerKana)];
  // A cut may fall between a letter and its voicing mark: the last letter tells nothing.
  const letters = [...holder].slice(0, -1).join('');
  const cut = [...holderKana].length >= HOLDER_LETTERS && letters !== '' && customer.startsWith(letters);
  return [
    ...(holder !== '' && (holder === customer || cut) ? [] : (['holderUnlike'] as const)),
    ...(ofAnotherCustomer ? (['shared'] as const) : []),
  ];
}
