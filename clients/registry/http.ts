import { setTimeout as delay } from 'node:timers/promises';
import type { RegistryFailure } from '../../domain/corporation/registry.ts';

/** A remote service gave no usable answer. The message names no address, key or content of the request. */
export class RemoteError extends Error {
  readonly reason: RegistryFailure;

  constructor(reason: RegistryFailure, message: string) {
    super(message);
    this.name = 'RemoteError';
    this.reason = reason;
  }
}

export interface RemoteOptions {
  /** Of one attempt, until its last byte. */
  timeoutMs: number;
  /** Of all attempts together with their pauses. */
  budgetMs: number;
  attempts: number;
  /** Before the second attempt; doubled before each further one. */
  backoffMs: number;
  /** Least time between two requests of this process. */
  minIntervalMs: number;
  maxBytes: number;
}

export const DEFAULT_REMOTE_OPTIONS: RemoteOptions = {
  timeoutMs: 5_000,
  budgetMs: 15_000,
  attempts: 3,
  backoffMs: 400,
  minIntervalMs: 100,
  maxBytes: 2_000_000,
};

export type RemoteFetch = (
  url: URL,
  request?: { method: 'POST'; headers: Record<string, string>; body: string },
) => Promise<string>;

/**
 * A fetch for one remote service: one request after another with a pause between, time-outs, new attempts after 5xx, 429,
 * time-outs and broken connections, no redirects (the key in the request must not travel on), a limit to the answer's
 * size. Throws RemoteError only.
 */
export function createRemoteFetch(options: RemoteOptions): RemoteFetch {
  let nextFreeMs = 0;

  async function waitForTurn(signal: AbortSignal): Promise<void> {
    const now = Date.now();
    const turn = Math.max(now, nextFreeMs);
    nextFreeMs = turn + options.minIntervalMs;
    if (turn > now) await delay(turn - now, undefined, { signal });
  }

  return async (url, request) => {
    const budget = AbortSignal.timeout(options.budgetMs);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await waitForTurn(budget);
        const signal = AbortSignal.any([budget, AbortSignal.timeout(options.timeoutMs)]);
        return await attemptOnce(url, { ...request, signal, redirect: 'manual' }, options.maxBytes);
      } catch (error) {
        const failure = error instanceof RemoteError ? error : connectionFailure(error);
        const last = attempt >= options.attempts || budget.aborted;
        if (failure.reason !== 'unreachable' || last) throw failure;
        const pauseMs = options.backoffMs * 2 ** (attempt - 1) * (1 + Math.random() / 4);
        await delay(pauseMs, undefined, { signal: budget }).catch(() => {
          throw failure;
        });
      }
    }
  };
}

async function attemptOnce(url: URL, init: RequestInit, maxBytes: number): Promise<string> {
  const response = await fetch(url, init);
  const { status } = response;
  if (status >= 200 && status < 300) return readText(response, maxBytes);
  await response.body?.cancel();
  if (status >= 500 || status === 429) throw new RemoteError('unreachable', `the service answered ${status}`);
  if (status >= 400) throw new RemoteError('refused', `the service refused the request (${status})`);
  throw new RemoteError('malformed', `the service answered ${status}`);
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new RemoteError('malformed', 'the answer is too large');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** What fetch throws may carry the address with the key in it: only its code goes on. */
function connectionFailure(error: unknown): RemoteError {
  if (error instanceof DOMException || (error instanceof Error && error.name === 'AbortError')) {
    return new RemoteError('unreachable', 'the service did not answer in time');
  }
  const cause: unknown = error instanceof Error ? error.cause : null;
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'no code';
  return new RemoteError('unreachable', `the connection failed (${/^\w+$/.test(code) ? code : 'no code'})`);
}
