import { CALL_ENDS } from './calls.ts';
import type { CallEvent, MessageEvent } from './events.ts';
import type { HashNumber } from './numbers.ts';

interface Listed {
  sid: string;
  status: string;
  inbound: boolean;
  from: string;
  to: string;
}

/** What one look at the provider's list is about: whose, and when. */
export interface Look {
  contract: string;
  receivedMs: number;
}

/** Whether a listed call is over, so that its lines will not change any more. */
export const isOver = (status: string): boolean => CALL_ENDS.includes(status);

/**
 * The lines that a listed call stands for: its begin, and its end where it is over. The list tells instants in whole seconds, and
 * no instant at all of what never began.
 */
export function linesOfCall(
  call: Listed & {
    parent: string | null;
    startMs: number | null;
    endMs: number | null;
    createdMs: number | null;
    durationS: number | null;
  },
  look: Look,
): CallEvent[] {
  const { sid, parent, status, inbound, from, to, startMs, endMs, createdMs, durationS } = call;
  const line = { type: 'call' as const, sid, parent, inbound, from, to, ...look };
  const beganMs = startMs ?? createdMs;
  const begin =
    beganMs === null
      ? []
      : [{ ...line, status: isOver(status) ? 'initiated' : status, atMs: beganMs, durationS: null }];
  const overMs = endMs ?? beganMs;
  if (!isOver(status) || overMs === null) return begin;
  return [...begin, { ...line, status, atMs: overMs, durationS }];
}

/** The line that a listed message stands for; the list has the body, of which the digest is kept. */
export function lineOfMessage(
  message: Listed & { atMs: number; body: string },
  look: Look,
  hash: HashNumber,
): MessageEvent {
  const { sid, status, inbound, from, to, atMs, body } = message;
  const digest = body === '' ? null : bodyDigest(body, hash);
  return { type: 'sms', sid, status, inbound, from, to, atMs, digest, ...look };
}

/** The digest of a message's body, keyed as numbers are: what was relayed is seen, what was written is not. */
export const bodyDigest = (body: string, hash: HashNumber): string => hash(`body/${body}`);
