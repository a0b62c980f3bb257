/**
 * What is kept of a line of usage. Plain JSON, one row each: numbers as keyed hash and mask, so that no rule needs a raw number
 * after arrival; no body of a message. The customer's own number is not kept. Instants are milliseconds.
 */

/** The other side of a call or message, or a number that was bought. */
export interface Party {
  /** Keyed hash of the number in its normal form, or of an address. */
  key: string;
  /** False for an address (`client:`, `sip:`). */
  isNumber: boolean;
  /** 184 was dialled before it. */
  prefix184: boolean;
  /** As staff may see it. */
  mask: string;
}

interface Line {
  sid: string;
  contract: string;
  status: string;
  atMs: number;
}

export interface CallFact extends Line {
  type: 'call';
  inbound: boolean;
  /** The caller of an inbound call, the one called by an outbound one; null for none. */
  other: Party | null;
  /** No caller's number was shown. */
  withheld: boolean;
  /** The sid of the call that this one is a leg of. */
  parent: string | null;
  durationS: number | null;
}

export interface MessageFact extends Line {
  type: 'sms';
  inbound: boolean;
  /** The sender of an inbound message, the recipient of an outbound one; null for none. */
  other: Party | null;
  /** Keyed digest of the body. */
  digest: string | null;
}

export interface NumberFact extends Line {
  type: 'number';
  status: 'purchased' | 'released';
  number: Party | null;
  byOperator: boolean;
}

/** Staff closed the case of a clause. */
export interface Closing {
  type: 'case';
  contract: string;
  clause: string;
  atMs: number;
}

/** A line of the provider as it is stored: with the time that it tells, wherever clocks stood. */
export type KeptFact = CallFact | MessageFact | NumberFact;

export type Fact = CallFact | MessageFact | NumberFact | Closing;
