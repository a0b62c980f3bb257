import { checkBankAccount, type Payer } from '../../../domain/billing/zengin.ts';
import type { WebConfig } from '../../dependencies.ts';

/** The account that refunds are paid from (setting REFUND_PAYER), or null where none is set. */
export function payerOf({ REFUND_PAYER }: WebConfig): Payer | null {
  if (REFUND_PAYER === undefined) return null;
  const [clientCode = '', bankCode = '', branchCode = '', accountType = '1', accountNumber = '', ...name] =
    REFUND_PAYER.split(':');
  const account = { bankCode, branchCode, accountNumber, holderKana: name.join(':') };
  return { clientCode, ...checkBankAccount({ ...account, accountType: accountType as '1' | '2' | '4' }) };
}
