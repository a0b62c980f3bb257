/** One workflow for each account that was entered; the contract stands first, for its deletion. */
export const accountToldId = ({ contractId, accountId }: { contractId: string; accountId: string }): string =>
  `bank-account/${contractId}/${accountId}`;

export interface AccountToldInput {
  contractId: string;
  accountId: string;
  sandbox: boolean;
}
