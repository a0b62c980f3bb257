import { readFileSync } from 'node:fs';
import { createTransport, type Transporter } from 'nodemailer';
import { whyUnreachable } from '../domain/base/unreachable.ts';

export interface SmtpSettings {
  /** `smtp:` (STARTTLS where the server offers it) or `smtps:` (TLS from the start), with nodemailer's parameters. */
  readonly url: string;
  /** PEM file of who vouches for the server; absent: the public authorities. */
  readonly caFile?: string | undefined;
}

/** A pool to the mail server. What the address says as parameters goes over `options`. Throws where the file cannot be read. */
export function smtpTransport({ url, caFile }: SmtpSettings, options: object = {}): Transporter {
  const trust = caFile === undefined ? {} : { tls: { ca: readAuthority(caFile) } };
  return createTransport({ pool: true, ...options, ...trust, url } as Parameters<typeof createTransport>[0]);
}

function readAuthority(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`SMTP_CA_FILE: ${path} cannot be read: ${whyUnreachable(error)}`);
  }
}

/** What OpenSSL says of a certificate, for nodemailer puts a code of its own over that of TLS. */
const CERTIFICATES: readonly [says: RegExp, code: string][] = [
  [/does not match certificate/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/certificate has expired/, 'CERT_HAS_EXPIRED'],
  [/self-signed certificate in/, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/self-signed certificate/, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/unable to (verify|get)/, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/ECONNREFUSED/, 'ECONNREFUSED'],
];

function withCodeOfTls(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = CERTIFICATES.find(([says]) => says.test(error.message))?.[1];
  return code === undefined ? error : Object.assign(new Error('no connection'), { code });
}

const PROBE = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 5_000 };

/** Connects, signs in and says goodbye. Throws what the mail server, or the way to it, has against that. */
export async function probeSmtp(settings: SmtpSettings): Promise<void> {
  const transport = smtpTransport(settings, { ...PROBE, pool: false });
  try {
    await transport.verify();
  } catch (error) {
    throw withCodeOfTls(error);
  } finally {
    transport.close();
  }
}
