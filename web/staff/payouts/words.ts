export const PAYOUTS_PATH = '/staff/payouts';
export const PAYOUT_FILES_PATH = `${PAYOUTS_PATH}/files`;

/** The list of a side. */
export const payoutsHref = (sandbox: boolean): string => `${PAYOUTS_PATH}${sandbox ? '?sandbox=yes' : ''}`;

/** The box of a pay-out that the bank did not carry out. */
export const failedName = (payoutId: string): string => `failed.${payoutId}`;
