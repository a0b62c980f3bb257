/** Why a certificate is made, or a new revision of one (第5条1項, 第17条, 第23条1項). */
export const CERTIFICATE_CAUSES = [
  'initial',
  'renewal',
  'change',
  'terms',
  'numbers',
  'end',
  'customer',
  'campaign',
  'campaign-end',
] as const;

export interface CertificateCause {
  kind: (typeof CERTIFICATE_CAUSES)[number];
  /** Which period, request, edition, reading of numbers, campaign or change; '' for the first certificate. */
  ref: string;
}

/** The business key of a cause within its contract: one certificate, one mail and one verification page for each. */
export function certificateKey({ kind, ref }: CertificateCause): string {
  return ref === '' ? kind : `${kind}/${ref}`;
}

/** The cause of such a key, or null for what is none. */
export function certificateCauseOf(key: string): CertificateCause | null {
  const [name, ...rest] = key.split('/');
  const kind = CERTIFICATE_CAUSES.find((each) => each === name);
  return kind === undefined ? null : { kind, ref: rest.join('/') };
}
