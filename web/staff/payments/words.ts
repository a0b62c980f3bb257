export const PAYMENTS_PATH = '/staff/payments';
export const LINES_PATH = `${PAYMENTS_PATH}/lines`;
export const IMPORTS_PATH = `${PAYMENTS_PATH}/imports`;
/** Files of the watched folder that could not be taken. */
export const REFUSED_PATH = `${PAYMENTS_PATH}/refused`;
/** The next payment that waits. */
export const SETTLE_PATH = `${PAYMENTS_PATH}/settle`;

/** What a payer is called; one that nobody has registered by its id. */
export const payerText = (payer: string, names: ReadonlyMap<string, string>): string =>
  names.get(payer) ?? `パートナー ${payer}`;
