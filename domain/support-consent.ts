/**
 * Parts of what a customer entrusted to the operator (第13条2項). The operator's own record of the contract (number, plan,
 * dates, state) belongs to none of them and is visible without a consent.
 */
export const CONSENT_SCOPES = {
  contact: '連絡先（所在地、電話番号、登録された連絡先、契約証書）',
  application: '申込の内容と添付書類',
  mail: 'お客様とのメール',
  requests: '変更・解約の申込の内容',
} as const;

/** How the registered contact said so. A telephone call needs a note, the others the paper or mail itself. */
export const CONSENT_WAYS = {
  email: 'Eメール',
  paper: '書面（郵送・FAX）',
  phone: '電話',
} as const;
export type ConsentWay = keyof typeof CONSENT_WAYS;
