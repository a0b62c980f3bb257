import { InvalidValueError } from '../base/invalid-value.ts';
import type { CaseReader } from '../cases/case-reader.ts';

/** A year: nobody calls longer, and a call's begin stays an instant that has a date. */
export const LONGEST_CALL_S = 31_622_400;

/**
 * A line of usage as it arrives, with its raw numbers: a status of a call or message, a number bought or given back, or a case
 * that staff closed. Instants are milliseconds; `receivedMs` is null where nobody noted the arrival.
 */
interface Arrived {
  sid: string;
  contract: string;
  status: string;
  atMs: number;
  receivedMs: number | null;
}

export interface CallEvent extends Arrived {
  type: 'call';
  inbound: boolean;
  from: string;
  to: string;
  parent: string | null;
  durationS: number | null;
}

export interface MessageEvent extends Arrived {
  type: 'sms';
  inbound: boolean;
  from: string;
  to: string;
  digest: string | null;
}

export interface NumberEvent extends Arrived {
  type: 'number';
  status: 'purchased' | 'released';
  number: string;
  byOperator: boolean;
}

export interface CaseEvent {
  type: 'case';
  contract: string;
  clause: string;
  atMs: number;
}

export type UsageEvent = CallEvent | MessageEvent | NumberEvent | CaseEvent;

/** Reads an event from its JSON form. Throws InvalidValueError naming the field. */
export function readEvent(fields: CaseReader): UsageEvent {
  const type = fields.text('type');
  const contract = fields.text('contract');
  const atMs = fields.instant('at');
  if (type === 'case') {
    fields.oneOf('status', ['closed']);
    return { type, contract, clause: fields.text('clause'), atMs };
  }
  const sid = fields.text('sid');
  const receivedMs = fields.has('receivedAt') ? fields.instant('receivedAt') : null;
  if (type === 'number') {
    const status = fields.oneOf('status', ['purchased', 'released']);
    const byOperator = optionalText(fields, 'by') === 'operator';
    return { type, sid, contract, status, atMs, receivedMs, number: fields.text('number'), byOperator };
  }
  if (type !== 'call' && type !== 'sms') {
    throw new InvalidValueError(`「type」：「${type}」という種類の記録はありません。`);
  }
  const status = fields.text('status');
  const inbound = fields.text('direction') === 'inbound';
  const from = optionalText(fields, 'from') ?? '';
  const to = fields.text('to');
  if (type === 'sms') {
    const digest = optionalText(fields, 'digest');
    return { type, sid, contract, status, atMs, receivedMs, inbound, from, to, digest };
  }
  const parent = optionalText(fields, 'parent');
  const durationS = fields.has('durationS') ? seconds(fields) : null;
  return { type, sid, contract, status, atMs, receivedMs, inbound, from, to, parent, durationS };
}

function seconds(fields: CaseReader): number {
  const durationS = fields.wholeNumber('durationS');
  if (durationS > LONGEST_CALL_S) {
    throw new InvalidValueError(`「durationS」：${LONGEST_CALL_S}以下の秒数で指定してください。`);
  }
  return durationS;
}

/** Null for an absent and for an empty text. */
function optionalText(fields: CaseReader, name: string): string | null {
  return fields.has(name) ? fields.text(name) || null : null;
}
