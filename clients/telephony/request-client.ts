import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { createGate } from '../../domain/base/gate.ts';

/**
 * `unavailable`: try again (no answer, 429, 5xx, an answer that cannot be read). `missing`: 404. `refused`: the
 * provider will say the same again (credentials, parameters, state of the account).
 */
export type TelephonyProblem = 'unavailable' | 'missing' | 'refused';

/** The provider did not do what was asked. The message names no number, account, credential or content of the request. */
export class TelephonyError extends Error {
  readonly problem: TelephonyProblem;
  /** How long the provider wants to be left alone, where it says so. */
  readonly retryAfterMs: number | null;
  /** The provider's own error number, which its documentation explains. */
  readonly code: number | null;

  constructor(
    problem: TelephonyProblem,
    message: string,
    { retryAfterMs = null, code = null }: { retryAfterMs?: number | null; code?: number | null } = {},
  ) {
    super(message);
    this.name = 'TelephonyError';
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
    this.code = code;
  }
}

/** The provider does not know what was asked about (any more). */
export const isMissing = (error: unknown): boolean =>
  error instanceof TelephonyError && error.problem === 'missing';

/** Requests of this process that are under way at a time: the provider limits them for each account. */
const AT_ONCE = 4;
/** A `Retry-After` beyond this is not believed. */
const MAX_RETRY_AFTER_MS = 300_000;

/**
 * The package's own HTTP client, with its authentication and encoding, towards the addresses of the settings: one for each of the
 * provider's hosts. What goes
 * wrong leaves it as a TelephonyError only: the package's errors quote the request.
 */
export function createRequestClient(settings: { baseUrl: string; numbersUrl: string; timeoutMs: number }) {
  const base = folderOf(settings.baseUrl);
  const numbers = folderOf(settings.numbersUrl);
  const enter = createGate(AT_ONCE);

  class RebasedClient extends twilio.RequestClient {
    override async request<TData>(sent: RequestClient.RequestOptions<TData>) {
      return enter(async () => {
        const { hostname, pathname, search } = new URL(sent.uri);
        const host = hostname.startsWith('numbers.') ? numbers : base;
        const uri = new URL(`${pathname.slice(1)}${search}`, host).href;
        const response = await super
          .request<TData>({ ...sent, uri, allowRedirects: false })
          .catch((error: unknown) => {
            throw new TelephonyError(
              'unavailable',
              `no answer from the telephony provider (${codeOf(error)})`,
            );
          });
        requireSuccess(response);
        return response;
      });
    }
  }
  return new RebasedClient({ timeout: settings.timeoutMs });
}

const folderOf = (url: string): URL => new URL(url.endsWith('/') ? url : `${url}/`);

function requireSuccess(response: { statusCode: number; body: unknown; headers: unknown }): void {
  const { statusCode: status, body } = response;
  const code = providerCode(body);
  const said = `the telephony provider answered ${status}${code === null ? '' : `, error ${code}`}`;
  if (status === 429 || status === 408 || status >= 500) {
    throw new TelephonyError('unavailable', said, { retryAfterMs: retryAfterMs(response.headers), code });
  }
  if (status === 404) throw new TelephonyError('missing', said, { code });
  if (status < 200 || status >= 300) throw new TelephonyError('refused', said, { code });
  if (typeof body === 'string' && body.trim() !== '') {
    throw new TelephonyError('unavailable', 'the telephony provider sent an unreadable answer');
  }
}

/** The provider's error number; its words may quote the request. */
function providerCode(body: unknown): number | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'number' ? code : null;
}

function retryAfterMs(headers: unknown): number | null {
  const value: unknown = Object(headers)['retry-after'];
  const seconds = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : null;
  return seconds === null ? null : Math.min(seconds * 1_000, MAX_RETRY_AFTER_MS);
}

function codeOf(error: unknown): string {
  const code: unknown = Object(error).code;
  return typeof code === 'string' && /^\w+$/.test(code) ? code : 'no code';
}
