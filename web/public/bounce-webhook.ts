import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import type { WebDependencies } from '../dependencies.ts';
import { markNul } from '../http/nul.ts';
import { sameText } from '../http/signing.ts';
import type { Routes } from '../routes.ts';

export const BOUNCE_WEBHOOK_PATH = '/webhooks/bounces';
/** A report signed longer ago, or later than now, is not taken: an old one cannot be played again. */
const TOLERANCE_MS = 5 * 60_000;
/** Signed instead of signed in. */
const DECLARATION = {
  right: 'anyone',
  shows: 'nothing',
  takes: { bytes: 64 * 1024, message: 'The report is too long.' },
} as const;

const report = z.object({
  /** Our Message-ID, or the id that the provider gave when it took the mail. */
  messageId: z.string().regex(/^(<[^<>\s\p{Cc}]{1,250}>|[^<>\s\p{Cc}]{8,250})$/u),
  /** Enhanced status code (RFC 3463). */
  status: z
    .string()
    .regex(/^\d\.\d{1,3}\.\d{1,3}$/)
    .optional(),
  answer: z.string().max(500).default('').transform(markNul),
});

/**
 * Takes bounces from a mail provider that calls instead of writing to a mailbox (docs/mail.md). The header
 * `X-Hasso-Signature: t=<seconds>,v1=<hex>` carries HMAC-SHA256 of `<t>.<body>`. Without a secret there is no such address.
 */
export function bounceWebhook(app: Routes, { db, config, now }: WebDependencies): void {
  const secret = config.BOUNCE_WEBHOOK_SECRET;
  if (secret === undefined) return;
  app.post(BOUNCE_WEBHOOK_PATH, DECLARATION, async (c) => {
    const body = await c.req.text();
    if (!isSigned(secret, c.req.header('X-Hasso-Signature') ?? '', body, now())) {
      return c.json({ error: 'signature' }, 401);
    }
    const parsed = report.safeParse(jsonOf(body));
    if (!parsed.success) return c.json({ error: 'body' }, 400);
    const { messageId, status = '', answer } = parsed.data;
    return c.json({ result: await recordBounce(db, { messageId, status, answer }, now()) });
  });
}

function isSigned(secret: string, header: string, body: string, now: Date): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (match === null) return false;
  const [, seconds = '', given = ''] = match;
  if (Math.abs(now.getTime() - Number(seconds) * 1000) > TOLERANCE_MS) return false;
  return sameText(given, createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
