import { randomBytes } from 'node:crypto';

type Json = Record<string, unknown>;

/** A call at the stand-in. `clings`: how many times it goes on although it was set to `completed`. */
export interface StandInCall {
  sid: string;
  status: 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';
  clings: number;
  from: string;
  to: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  startTime: Date;
  endTime: Date | null;
}

/** A message at the stand-in. */
export interface StandInMessage {
  sid: string;
  status: 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';
  from: string;
  to: string;
  body: string;
  direction: 'inbound' | 'outbound-api';
  dateSent: Date;
  segments: number;
}

const RUNNING: readonly string[] = ['queued', 'ringing', 'in-progress'];

export const isRunning = ({ status }: StandInCall): boolean => RUNNING.includes(status);

export const sidOf = (prefix: string) => `${prefix}${randomBytes(16).toString('hex')}`;

export function callOf(given: Partial<StandInCall>): StandInCall {
  return {
    sid: sidOf('CA'),
    status: 'in-progress',
    clings: 0,
    from: '+815000000101',
    to: '+819000000001',
    direction: 'outbound-api',
    startTime: new Date(),
    endTime: null,
    ...given,
  };
}

/** Ends a call as the provider does; false where it is over already. */
export function complete(call: StandInCall): boolean {
  if (!isRunning(call)) return false;
  if (call.clings > 0) call.clings -= 1;
  else {
    call.status = 'completed';
    call.endTime = new Date();
  }
  return true;
}

const rfc2822 = (date: Date | null) => date?.toUTCString().replace('GMT', '+0000') ?? null;

export function callFields(account: string, call: StandInCall): Json {
  const { sid, status, from, to, direction, startTime, endTime } = call;
  return {
    sid,
    account_sid: account,
    status,
    from,
    to,
    direction,
    start_time: rfc2822(startTime),
    end_time: rfc2822(endTime),
    duration: endTime === null ? null : String(Math.round((endTime.getTime() - startTime.getTime()) / 1_000)),
    uri: `/2010-04-01/Accounts/${account}/Calls/${sid}.json`,
  };
}

export function messageOf(given: Partial<StandInMessage>): StandInMessage {
  return {
    sid: sidOf('SM'),
    status: 'delivered',
    from: '+815000000101',
    to: '+819000000001',
    body: 'ご予約を承りました。',
    direction: 'outbound-api',
    dateSent: new Date(),
    segments: 1,
    ...given,
  };
}

export function messageFields(account: string, message: StandInMessage): Json {
  const { sid, status, from, to, body, direction, dateSent, segments } = message;
  return {
    sid,
    account_sid: account,
    status,
    from,
    to,
    body,
    direction,
    date_sent: rfc2822(dateSent),
    date_created: rfc2822(dateSent),
    num_segments: String(segments),
  };
}

/** Whether an instant lies between the bounds that a list was asked for, both included. */
export function within(at: Date, query: Json, name: string): boolean {
  const bound = (key: string, otherwise: number) =>
    query[key] === undefined ? otherwise : Date.parse(String(query[key]));
  const ms = at.getTime();
  return ms >= bound(`${name}>`, -Infinity) && ms <= bound(`${name}<`, Infinity);
}
