import { expect } from 'vitest';
import type { Finding } from '../../domain/watch/findings.ts';
import { watchCase } from '../../domain/watch/run.ts';
import { type ContractJson, type EventJson, referenceFindings } from './watch-reference.ts';

/** An instant of 2027-05-12 in Japan, or of another day of that May. */
export const at = (time: string, day = 12) => `2027-05-${String(day).padStart(2, '0')}T${time}+09:00`;

/** The same as findings write it. */
export const utc = (instant: string) => new Date(instant).toISOString();

export const OWN = '+815000000101';
/** The number of somebody outside. */
export const person = (n: number) => `+8190${String(n).padStart(8, '0')}`;

let made = 0;
/** A sid that sorts in the order of making. */
export function sid(prefix: string): string {
  made += 1;
  return `${prefix}${String(made).padStart(6, '0')}`;
}

export interface CallOptions extends Partial<EventJson> {
  begin?: string | null;
  end?: string | null;
  final?: string;
}

/** The lines of one call; `begin: null` for one of which only the end came, `end: null` for one that nobody ended. */
export function call(options: CallOptions): EventJson[] {
  const { begin = at('10:00'), end = at('10:01'), final = 'completed', ...rest } = options;
  const line = {
    type: 'call',
    contract: 'K1',
    sid: sid('CA'),
    direction: 'outbound-api',
    from: OWN,
    to: person(1),
    status: '',
    at: '',
    ...rest,
  };
  return [
    ...(begin === null ? [] : [{ ...line, status: 'initiated', at: begin }]),
    ...(end === null ? [] : [{ ...line, status: final, at: end }]),
  ];
}

export const inbound = (options: CallOptions) =>
  call({ direction: 'inbound', from: person(1), to: OWN, ...options });

/** One line of a message that went out. */
export function text(options: Partial<EventJson>): EventJson {
  const line = { type: 'sms', contract: 'K1', sid: sid('SM'), direction: 'outbound-api' };
  return { ...line, from: OWN, to: person(1), status: 'sent', at: at('10:00'), ...options };
}

/** A message that came in. */
export const textIn = (options: Partial<EventJson>) =>
  text({ direction: 'inbound', from: person(1), to: OWN, status: 'received', ...options });

export function bought(options: Partial<EventJson>): EventJson {
  const line = { type: 'number', contract: 'K1', sid: sid('PN'), status: 'purchased', at: at('10:00') };
  return { ...line, number: '+815000000900', ...options };
}

export const released = (options: Partial<EventJson>) => bought({ status: 'released', ...options });

export const closed = (clause: string, instant: string, contract = 'K1'): EventJson => ({
  type: 'case',
  contract,
  clause,
  status: 'closed',
  at: instant,
});

export interface Situation {
  policy?: Record<string, unknown>;
  contracts?: ContractJson[];
  events: EventJson[];
}

/** What is found, in the order given and in the reverse, and by the plain reading of the rules: the same each time. */
export function found({ policy = {}, contracts = [{ id: 'K1' }], events }: Situation): Finding[] {
  const whole = { kind: 'watch', policy, contracts };
  const findings = watchCase({ ...whole, events });
  expect(watchCase({ ...whole, events: events.toReversed() })).toEqual(findings);
  expect(referenceFindings({ policy, contracts, events })).toEqual(findings);
  return findings;
}

/** Each finding as `rule ×matches (largest count)`. */
export function brief(situation: Situation): string[] {
  return found(situation).map(({ rule, matches, count }) => `${rule} ×${matches} (${count})`);
}
