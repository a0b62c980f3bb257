import type twilio from 'twilio';
import { z } from 'zod';
import { DAY_MS } from '../../domain/calendar/civil-date.ts';
import { PAGE_SIZE, read } from './answers.ts';

/** A call as the provider lists it, its numbers raw: nothing keeps them. Instants are milliseconds, in whole seconds. */
export interface ListedCall {
  sid: string;
  parent: string | null;
  status: string;
  inbound: boolean;
  from: string;
  to: string;
  startMs: number | null;
  endMs: number | null;
  /** When the provider made it. */
  createdMs: number | null;
  durationS: number | null;
}

/** A message as the provider lists it, its numbers and body raw: nothing keeps them. */
export interface ListedMessage {
  sid: string;
  status: string;
  inbound: boolean;
  from: string;
  to: string;
  /** When it was sent or received, as far as it was; else when the provider made it. */
  atMs: number;
  body: string;
  /** Its parts. */
  units: number;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const instant = z
  .date()
  .nullish()
  .transform((date) => date?.getTime() ?? null);
const wholeNumber = z
  .union([z.string().regex(/^\d+$/).transform(Number), z.number().int()])
  .nullish()
  .transform((value) => value ?? null);

const callSchema = z
  .object({
    sid: z.string().regex(/^CA[0-9a-fA-F]{32}$/),
    parentCallSid: text,
    status: z.string().min(1),
    direction: text,
    from: text,
    to: text,
    startTime: instant,
    endTime: instant,
    dateCreated: instant,
    duration: wholeNumber,
  })
  .transform((call): ListedCall => {
    const { sid, status, from, to, startTime: startMs, endTime: endMs, dateCreated: createdMs } = call;
    const parent = call.parentCallSid || null;
    const inbound = call.direction === 'inbound';
    return { sid, parent, status, inbound, from, to, startMs, endMs, createdMs, durationS: call.duration };
  });

const messageSchema = z
  .object({
    sid: z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/),
    status: z.string().min(1),
    direction: text,
    from: text,
    to: text,
    body: text,
    dateSent: z.date().nullish(),
    dateCreated: z.date(),
    numSegments: wholeNumber,
  })
  .transform((message): ListedMessage => {
    const { sid, status, from, to, body, dateSent, dateCreated, numSegments } = message;
    const inbound = message.direction === 'inbound';
    const atMs = (dateSent ?? dateCreated).getTime();
    return { sid, status, inbound, from, to, body, atMs, units: Math.max(1, numSegments ?? 1) };
  });

type Accounts = ReturnType<typeof twilio>['api']['v2010']['accounts'];

/** A UTC day's first instant and the next day's: the provider's lists go by UTC. */
function bounds(day: string): { after: Date; before: Date } {
  const after = new Date(`${day}T00:00:00Z`);
  return { after, before: new Date(after.getTime() + DAY_MS) };
}

/** What the provider lists of a UTC day (`YYYY-MM-DD`); a line of the next day's first second may come along. */
export function dayLists(accounts: Accounts) {
  return {
    async listCalls(sid: string, day: string): Promise<ListedCall[]> {
      const { after: startTimeAfter, before: startTimeBefore } = bounds(day);
      const calls = await accounts(sid).calls.list({ startTimeAfter, startTimeBefore, pageSize: PAGE_SIZE });
      return calls.map((call) => read(callSchema, call));
    },

    async listMessages(sid: string, day: string): Promise<ListedMessage[]> {
      const { after: dateSentAfter, before: dateSentBefore } = bounds(day);
      const asked = { dateSentAfter, dateSentBefore, pageSize: PAGE_SIZE };
      return (await accounts(sid).messages.list(asked)).map((message) => read(messageSchema, message));
    },
  };
}
