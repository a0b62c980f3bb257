import type { KeptFact } from './facts.ts';
import { isOver } from './listed.ts';

/** A call or message as the billing of usage takes it (第6条6項); quantity in minutes or parts. */
export interface Metered {
  sourceId: string;
  contract: string;
  atMs: number;
  category: 'call-in' | 'call-out' | 'sms';
  quantity: string;
}

/** Outbound messages that the carrier took: each is told of several times, and counts once by its sid. */
const SENT = ['sent', 'delivered', 'undelivered', 'read'];

/**
 * What of a line is billed; null for one that costs nothing. A call counts by the minute that has begun, at its begin; a message
 * that went out by its parts.
 */
export function meteredOf(fact: KeptFact, units: number): Metered | null {
  const { sid: sourceId, contract, atMs, status } = fact;
  switch (fact.type) {
    case 'call': {
      const seconds = fact.durationS ?? 0;
      if (!isOver(status) || seconds === 0) return null;
      const category = fact.inbound ? 'call-in' : 'call-out';
      const quantity = String(Math.ceil(seconds / 60));
      return { sourceId, contract, atMs: atMs - seconds * 1000, category, quantity };
    }
    case 'sms':
      if (fact.inbound || !SENT.includes(status)) return null;
      return { sourceId, contract, atMs, category: 'sms', quantity: String(units) };
    case 'number':
      return null;
  }
}
