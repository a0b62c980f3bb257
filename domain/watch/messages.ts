import type { MessageFact } from './facts.ts';
import { earlier, leastParty, leastText } from './merge.ts';
import type { Item } from './series.ts';

const RECEIVED = 'received';
/** From these on an outbound message is on its way; accepted, scheduled, queued, canceled and failed never were. */
const SENT = ['sending', 'sent', 'delivered', 'undelivered', 'read'];
export const MESSAGE_STATUSES = [
  RECEIVED,
  ...SENT,
  'accepted',
  'scheduled',
  'queued',
  'canceled',
  'failed',
  'receiving',
];

/** What the lines of one message tell together. */
export interface Message
  extends Item,
    Readonly<Pick<MessageFact, 'contract' | 'inbound' | 'other' | 'digest'>> {
  readonly received: number | null;
  readonly sent: number | null;
  /** Statuses that were told, a bit for each. */
  seen: number;
}

/** The time of what was neither received nor sent. */
const NEVER = Number.POSITIVE_INFINITY;

/** Whether the lines tell of a message that was received or sent. */
export function isMessage({ t }: Message): boolean {
  return t !== NEVER;
}

/**
 * What the lines tell with one more, in any order; `before` itself when it tells nothing new. `t` is the earliest received of an
 * inbound message, the earliest of sending, sent, delivered, undelivered and read of an outbound one.
 */
export function withMessageLine(before: Message | null, fact: MessageFact): Message {
  const { sid, status, atMs } = fact;
  const received = status === RECEIVED ? earlier(before?.received ?? null, atMs) : (before?.received ?? null);
  const sent = SENT.includes(status) ? earlier(before?.sent ?? null, atMs) : (before?.sent ?? null);
  const contract = leastText(before?.contract ?? fact.contract, fact.contract);
  const inbound = (before?.inbound ?? true) && fact.inbound;
  const other = leastParty(before?.other ?? null, fact.other);
  const digest = leastText(before?.digest ?? null, fact.digest);
  if (before !== null) {
    const sameTimes = received === before.received && sent === before.sent;
    const sameSides = inbound === before.inbound && other === before.other && contract === before.contract;
    if (sameTimes && sameSides && digest === before.digest) return before;
  }
  const t = (inbound ? received : sent) ?? NEVER;
  const seen = before?.seen ?? 0;
  return { sid, t, shown: other?.mask ?? '', contract, inbound, other, digest, received, sent, seen };
}
