import { PAYMENT_TASK_WORDS, type PaymentTaskKind } from '../../../domain/billing/payment-match.ts';

/** Why a payment waits for a person. */
export const problemText = (problem: PaymentTaskKind | null): string =>
  problem === null ? '消込が取り消されました。' : PAYMENT_TASK_WORDS[problem];
