export const PAYERS_PATH = '/staff/payers';

/** The address of a payer's page; a partner has one for each side. */
export const payerHref = (payer: string, sandbox: boolean, below = ''): string =>
  `${PAYERS_PATH}/${encodeURIComponent(payer)}${below}${sandbox ? '?sandbox=yes' : ''}`;
