import type { Context } from 'hono';
import { z } from 'zod';
import { numberHashOf } from '../../db/personal/number-hash.ts';
import { findSigner } from '../../db/queries/telephony/account.ts';
import { type NewEvent, storeEvents, type UnreadableEvent } from '../../db/queries/telephony/events.ts';
import { inBatches } from '../../domain/base/batches.ts';
import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import {
  CALLBACK_KINDS,
  type CallbackFields,
  type CallbackKind,
  eventOfCallback,
  TWILIO_WEBHOOKS_PATH,
  unitsOf,
} from '../../domain/watch/callback.ts';
import { keptFactOf } from '../../domain/watch/intake.ts';
import { type HashNumber, Parties, partyOf } from '../../domain/watch/numbers.ts';
import type { WebDependencies, WebEnv } from '../dependencies.ts';
import { markNul } from '../http/nul.ts';
import type { Routes } from '../routes.ts';

import { claimedAccount, configuredUrl, isFromTwilio, type TwilioWebhook } from './twilio-signature.ts';

/** Signed instead of signed in. */
const DECLARATION = {
  right: 'anyone',
  shows: 'nothing',
  takes: { bytes: 256 * 1024, message: 'The report is too long.' },
} as const;
/** So long a subaccount and its token are remembered; an unknown one is looked for each time. */
const REMEMBER_MS = 60_000;
const REMEMBERED = 10_000;

type Signer = NonNullable<Awaited<ReturnType<typeof findSigner>>>;

/**
 * Takes what the telephony provider tells of calls, messages and numbers (第18条1項, docs/telephony.md): checks the signature by
 * the subaccount's own token, stores the lines in one statement, answers. Whoever counts or bills reads them afterwards.
 */
export function twilioWebhooks(app: Routes, deps: WebDependencies): void {
  const { db, config, now } = deps;
  const hash = numberHashOf(config.PERSONAL_DATA_KEY);
  const parties = new Parties(hash);
  const save = inBatches((events: readonly (NewEvent | UnreadableEvent)[]) => storeEvents(db, events));
  const signers = new Map<string, { signer: Signer; untilMs: number }>();

  async function signerOf(account: string): Promise<Signer | null> {
    const known = signers.get(account);
    if (known !== undefined && known.untilMs > performance.now()) return known.signer;
    const signer = await findSigner(db, account);
    if (signers.size >= REMEMBERED) signers.clear();
    if (signer === null) signers.delete(account);
    else signers.set(account, { signer, untilMs: performance.now() + REMEMBER_MS });
    return signer;
  }

  for (const kind of CALLBACK_KINDS) {
    app.post(`${TWILIO_WEBHOOKS_PATH}${kind}`, DECLARATION, async (c) => {
      const webhook: TwilioWebhook = {
        url: configuredUrl(config.WEB_URL, asAsked(c)),
        contentType: c.req.header('content-type') ?? '',
        body: new Uint8Array(await c.req.arrayBuffer()),
        signature: c.req.header('x-twilio-signature'),
      };
      const account = claimedAccount(webhook);
      const signer = account === null ? null : await signerOf(account);
      if (account === null || signer === null || !isFromTwilio(webhook, signer.authToken)) {
        return c.json({ error: 'signature' }, 403);
      }
      const arrived = { contract: signer.contractId, receivedMs: now().getTime(), hash };
      await save(linesOf(webhook, account).map((line) => eventOf(kind, line, arrived, parties)));
      return c.body(null, 204);
    });
  }
}

const asked = z.object({ incoming: z.object({ url: z.string() }) });

/** Path and query as they came: what the server makes of them is encoded anew. */
function asAsked(c: Context<WebEnv>): string {
  const { success, data } = asked.safeParse(c.env);
  return success ? data.incoming.url : c.req.url.replace(/^\w+:\/\/[^/]*/, '');
}

type Line = CallbackFields | { problem: string };

const streamed = z.array(z.object({ data: z.record(z.string(), z.unknown()) }));

/** The lines of a webhook: one of a form; of JSON each event of the list, its fields named as those of a form. */
function linesOf(webhook: TwilioWebhook, account: string): Line[] {
  const text = new TextDecoder().decode(webhook.body);
  if (!webhook.contentType.trim().toLowerCase().startsWith('application/json')) {
    return [
      new Map([...new URLSearchParams(text)].map(([name, value]) => [storable(name), storable(value)])),
    ];
  }
  const events = streamed.safeParse(jsonOf(text));
  if (!events.success) return [{ problem: 'JSONの形が違います。' }];
  return events.data.map(({ data }) => {
    const fields = new Map(
      Object.entries(data).flatMap(([name, value]) =>
        typeof value === 'string' || typeof value === 'number'
          ? [
              [
                storable(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`),
                storable(String(value)),
              ] as const,
            ]
          : [],
      ),
    );
    return fields.get('AccountSid') === account ? fields : { problem: '別のサブアカウントの記録です。' };
  });
}

/** Postgres takes neither NUL nor half of a character in JSON. */
const storable = (text: string): string => Buffer.from(markNul(text)).toString();

function eventOf(
  kind: CallbackKind,
  line: Line,
  arrived: { contract: string; receivedMs: number; hash: HashNumber },
  parties: Parties,
): NewEvent | UnreadableEvent {
  const common = { receivedAt: new Date(arrived.receivedMs), source: 'webhook' as const };
  const unreadable = { ...common, contractId: arrived.contract };
  if ('problem' in line) return { ...unreadable, problem: line.problem, shown: {} };
  try {
    const fact = keptFactOf(eventOfCallback(kind, line, arrived), parties);
    return { ...common, fact, units: unitsOf(line) };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return { ...unreadable, problem: error.message, shown: shownOf(line, arrived.hash) };
  }
}

/** Fields that hold no data of a person. */
const OPEN_FIELDS = [
  'CallSid',
  'ParentCallSid',
  'CallStatus',
  'CallDuration',
  'SequenceNumber',
  'MessageSid',
  'MessageStatus',
  'SmsSid',
  'SmsStatus',
  'ErrorCode',
  'Direction',
  'Timestamp',
  'Sid',
  'Status',
];
const NUMBER_FIELDS = ['From', 'To', 'PhoneNumber'];
const LONGEST = 60;
const MOST_FIELDS = 40;

/** What of a line that nobody could read may be shown: names of its fields, what is no person's, masks of numbers. */
function shownOf(line: CallbackFields, hash: HashNumber): Record<string, string> {
  const shown: [string, string][] = [...line].slice(0, MOST_FIELDS).map(([name, value]) => {
    if (NUMBER_FIELDS.includes(name)) return [name, partyOf(value, hash)?.mask ?? ''];
    return [name.slice(0, LONGEST), OPEN_FIELDS.includes(name) ? openText(value) : '…'];
  });
  return Object.fromEntries(shown);
}

/** A number may stand where none belongs. */
const openText = (value: string): string =>
  /^[A-Za-z0-9:, +.-]*$/.test(value) && !/\d{9}/.test(value.replace(/^[A-Z]{2}[0-9a-f]{32}$/, ''))
    ? value.slice(0, LONGEST)
    : '…';

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
