import { safeError } from './safe-error.ts';

/** What stands in the way of a connection, in words for whoever keeps the system; by code of the system, TLS, Postgres or gRPC. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host could not be looked up',
  EDNS: 'there is no such host',
  ETIMEDOUT: 'no answer in time',
  ECONNRESET: 'the other side ended the connection; does it speak TLS, and does it want a certificate?',
  EPIPE: 'the other side ended the connection',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  CONNECT_TIMEOUT: 'no answer in time',
  CONNECTION_CLOSED: 'the other side ended the connection',
  EPROTO: 'the other side does not speak TLS',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the other side does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the other side does not speak TLS',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'the server wants a certificate of this side',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REQUIRED: 'the server wants a certificate of this side',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'the server does not trust the certificate of this side',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'the server does not accept the certificate of this side',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server vouches for itself: name its authority',
  SELF_SIGNED_CERT_IN_CHAIN: 'the authority of the server’s certificate is not known here: name its file',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the authority of the server’s certificate is not known here: name its file',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the authority of the server’s certificate is not known here: name its file',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  CERT_NOT_YET_VALID: 'the certificate of the server is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another name',
  EAUTH: 'the server refuses user and password',
  ETLS: 'the server offers no TLS, or none that is trusted here',
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not use it',
  EROFS: 'it cannot be written',
  '28P01': 'the server refuses the password',
  '28000': 'the server refuses the user',
  '3D000': 'there is no such database',
  '53300': 'the server has no connection left',
  '57P03': 'the server is starting or stopping',
  '42P01': 'its tables are missing: the migrate job has not run',
};

/** Why there is no connection, from whatever was thrown: never its message, which may quote an address with a password. */
export function whyUnreachable(error: unknown): string {
  const { type, code } = safeError(error);
  const words = WORDS[code];
  if (words !== undefined) return `${words} (${code})`;
  return code === '' ? type : `${type} (${code})`;
}
