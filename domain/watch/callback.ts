import { InvalidValueError } from '../base/invalid-value.ts';
import { parseInstant } from '../calendar/civil-date.ts';
import { type CallEvent, LONGEST_CALL_S, type MessageEvent, type NumberEvent } from './events.ts';
import { bodyDigest } from './listed.ts';
import type { HashNumber } from './numbers.ts';

/** What the provider calls us about, as the last part of the address. */
export const CALLBACK_KINDS = ['calls', 'messages', 'numbers'] as const;
export type CallbackKind = (typeof CALLBACK_KINDS)[number];

/** Below the public address, with the kind behind. */
export const TWILIO_WEBHOOKS_PATH = '/webhooks/twilio/';

/** One line of the provider: its fields by the names that forms have (`CallSid`). */
export type CallbackFields = ReadonlyMap<string, string>;

const SIDS: Record<CallbackKind, RegExp> = {
  calls: /^CA[0-9a-zA-Z]{1,62}$/,
  messages: /^(SM|MM)[0-9a-zA-Z]{1,62}$/,
  numbers: /^PN[0-9a-zA-Z]{1,62}$/,
};
const STATUS = /^[a-z][a-z-]{0,39}$/;
/** `Wed, 12 May 2027 01:00:49 +0000` (RFC 2822, seconds). */
const RFC_2822 = /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} (?:[+-]\d{4}|GMT)$/;
/** A number, an address or a sender's word; longer is none of them. */
const LONGEST_PARTY = 300;

/**
 * The event that a callback of the provider tells (第18条1項), for a contract, arrived at `receivedMs`; messages name no time, so
 * theirs is the arrival. `hash` makes the digest of a body. Throws InvalidValueError naming the field.
 */
export function eventOfCallback(
  kind: CallbackKind,
  fields: CallbackFields,
  arrived: { contract: string; receivedMs: number; hash: HashNumber },
): CallEvent | MessageEvent | NumberEvent {
  const { contract, receivedMs, hash } = arrived;
  const own = { contract, receivedMs };
  switch (kind) {
    case 'calls': {
      const sid = sidOf(kind, fields, 'CallSid');
      const status = statusOf(fields, 'CallStatus');
      const atMs = instantOf(fields) ?? receivedMs;
      const sides = { from: partyOf(fields, 'From'), to: partyOf(fields, 'To') };
      const parent = fields.get('ParentCallSid') || null;
      if (parent !== null && !SIDS.calls.test(parent)) throw wrong('ParentCallSid');
      const inbound = given(fields, 'Direction') === 'inbound';
      return {
        type: 'call',
        sid,
        status,
        atMs,
        ...own,
        inbound,
        ...sides,
        parent,
        durationS: secondsOf(fields),
      };
    }
    case 'messages': {
      const sid = sidOf(kind, fields, fields.has('MessageSid') ? 'MessageSid' : 'SmsSid');
      const status = statusOf(fields, fields.has('MessageStatus') ? 'MessageStatus' : 'SmsStatus');
      const atMs = instantOf(fields) ?? receivedMs;
      const sides = { from: partyOf(fields, 'From'), to: partyOf(fields, 'To') };
      const body = fields.get('Body') ?? '';
      const digest = body === '' ? null : bodyDigest(body, hash);
      const direction = fields.get('Direction') || null;
      // Status callbacks of what goes out name none.
      const inbound = direction === null ? status.startsWith('receiv') : direction === 'inbound';
      return { type: 'sms', sid, status, atMs, ...own, inbound, ...sides, digest };
    }
    case 'numbers': {
      const sid = sidOf(kind, fields, 'Sid');
      const status = statusOf(fields, 'Status');
      if (status !== 'purchased' && status !== 'released') throw wrong('Status');
      const atMs = instantOf(fields) ?? receivedMs;
      const number = partyOf(fields, 'PhoneNumber');
      if (number === '') throw wrong('PhoneNumber');
      return { type: 'number', sid, status, atMs, ...own, number, byOperator: false };
    }
  }
}

/** The parts of a message, each of which is billed; 1 where none are named. */
export function unitsOf(fields: CallbackFields): number {
  const units = Number(fields.get('NumSegments') ?? 1);
  return Number.isSafeInteger(units) && units >= 1 && units <= 100 ? units : 1;
}

const wrong = (name: string) => new InvalidValueError(`「${name}」がないか、読めません。`);

function given(fields: CallbackFields, name: string): string {
  const value = fields.get(name);
  if (value === undefined || value === '') throw wrong(name);
  return value;
}

function sidOf(kind: CallbackKind, fields: CallbackFields, name: string): string {
  const sid = given(fields, name);
  if (!SIDS[kind].test(sid)) throw wrong(name);
  return sid;
}

function statusOf(fields: CallbackFields, name: string): string {
  const status = given(fields, name);
  if (!STATUS.test(status)) throw wrong(name);
  return status;
}

function partyOf(fields: CallbackFields, name: string): string {
  const value = fields.get(name) ?? '';
  if (value.length > LONGEST_PARTY || /\p{Cc}/u.test(value)) throw wrong(name);
  return value;
}

function instantOf(fields: CallbackFields): number | null {
  const text = fields.get('Timestamp') ?? '';
  if (text === '') return null;
  const ms = RFC_2822.test(text) ? Date.parse(text) : parseInstant(text);
  if (Number.isNaN(ms)) throw wrong('Timestamp');
  return ms;
}

/** In seconds: the provider's own `Duration` is in minutes. */
function secondsOf(fields: CallbackFields): number | null {
  const text = fields.get('CallDuration') ?? '';
  if (text === '') return null;
  const seconds = Number(text);
  if (!/^\d{1,9}$/.test(text) || seconds > LONGEST_CALL_S) throw wrong('CallDuration');
  return seconds;
}
