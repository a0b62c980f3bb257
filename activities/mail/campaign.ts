import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { withMailLock } from '../../db/queries/mail/lock.ts';
import { type RecipientFacts, recipientFacts } from '../../db/queries/notice/facts.ts';
import { findNotice, type NoticeRow } from '../../db/queries/notice/find.ts';
import {
  noticeStatus,
  type PendingRecipient,
  pendingRecipients,
  type RecipientResult,
  recordRecipients,
} from '../../db/queries/notice/page.ts';
import { optOutToken } from '../../db/queries/opt-out/token.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { createGate } from '../../domain/base/gate.ts';
import { noticeMailKey } from '../../domain/notice/notice.ts';
import { noticeMail } from '../../templates/mail/notice.ts';
import { type Attempt, createAttempts, type ReadyMail } from './attempts.ts';
import { missing, senderOf } from './composed-mail.ts';
import { type MailPorts, notYet } from './index.ts';
import { messageIdOf } from './mailer.ts';

/** One of the pool's five connections stays free for other mail. */
const AT_ONCE = 4;
/** Mails whose rows are written together. */
const CHUNK = 100;
/** Chunks under way at a time: while rows of one are written, mails of the other leave. */
const LANES = 2;
/** A page ends after this long, however many are left: a command or another worker need not wait longer. */
const PAGE_MS = 30_000;

export interface NoticePageInput {
  noticeId: string;
  /** Position after which the page begins; -1 for the first. */
  after: number;
  limit: number;
  /** Whether those whom the server put off before are asked about again. */
  retryDeferred: boolean;
  businessMs: number;
}

export interface NoticePage {
  /** Position after which the next page begins; null when nobody is left. */
  nextAfter: number | null;
  accepted: number;
  deferred: number;
  refused: number;
  optedOut: number;
  /** The server is away or takes nothing now: wait before the next page. */
  pushedBack: boolean;
}

/** Sending of campaigns, a page of recipients at a time, with the same steps as a single mail. */
export function createCampaignActivities(ports: MailPorts) {
  const { db, mailer } = ports;
  const attempts = createAttempts(ports);
  return {
    /**
     * Sends to the recipients of a page whom no mail has reached yet. A repeat after a crash sends to those that are left
     * and asks about those whose answer was lost (docs/notices.md). Ends early when the notice is paused or stopped, when
     * its time is over, or when the server pushes back.
     */
    async sendNoticePage(input: NoticePageInput): Promise<NoticePage> {
      const done = await withMailLock(db, `notice/${input.noticeId}`, () => page(input));
      if (done === null) throw notYet('an earlier attempt at this notice still goes on');
      return done.result;
    },
  };

  async function page(input: NoticePageInput): Promise<NoticePage> {
    const { noticeId, limit } = input;
    const notice = await findNotice(db, noticeId);
    if (notice === null) throw missing(`notice ${noticeId}`);
    const pace = createPace((await loadPolicies(db))['notice.mailsPerMinute']);
    const pending = await pendingRecipients(db, {
      noticeId,
      after: input.after,
      limit,
      states: input.retryDeferred ? ['queued', 'deferred'] : ['queued'],
    });
    const total = { accepted: 0, deferred: 0, refused: 0, optedOut: 0, pushedBack: false };
    const sending: Sending = { notice, input, pace, enter: createGate(AT_ONCE), total, left: [] };
    const endMs = Date.now() + PAGE_MS;
    // A slow rate makes small chunks: a pause takes effect within seconds.
    const chunks = chunksOf(pending, Math.min(CHUNK, Math.max(1, pace.perSecond)));
    let begun = 0;
    const goesOn = async () =>
      !total.pushedBack && Date.now() <= endMs && (await noticeStatus(db, noticeId)) === 'sending';
    const lane = async () => {
      while (begun < chunks.length && (await goesOn())) {
        const chunk = chunks[begun];
        begun += 1;
        if (chunk !== undefined) await sendChunk(sending, chunk);
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
    // Nothing may still be on its way when the lock is given back.
    for (const settled of lanes) if (settled.status === 'rejected') throw settled.reason;
    const last = chunks[Math.min(begun, chunks.length) - 1]?.at(-1)?.position ?? input.after;
    const nextAfter = sending.left.length === 0 ? last : Math.min(...sending.left) - 1;
    const over = begun >= chunks.length && pending.length < limit && !total.pushedBack;
    return { ...total, nextAfter: over ? null : nextAfter };
  }

  /** Writes the mails of some recipients and settles those who need none: reached before, opted out, without a contact. */
  async function prepare(
    notice: NoticeRow,
    recipients: readonly PendingRecipient[],
    input: NoticePageInput,
  ): Promise<PreparedChunk> {
    const { businessMs } = input;
    const prepared: PreparedChunk = { ready: [], results: [], byKey: new Map(), businessMs };
    if (recipients.length === 0) return prepared;
    const ids = recipients.map(({ contractId }) => contractId);
    const facts = await recipientFacts(db, notice.id, ids);
    const keyed = recipients.map((recipient) => ({
      recipient,
      key: noticeMailKey(notice.id, recipient.contractId, recipient.round),
      known: facts.get(recipient.contractId),
    }));
    const { accepted, restUntil } = await attempts.before(
      keyed.map(({ key, known }) => ({ key, ownerId: known?.ownerId ?? '' })),
    );
    for (const { recipient, key, known } of keyed) {
      const acceptedMs = accepted.get(key);
      const contact = known?.contact ?? null;
      if (acceptedMs !== undefined) {
        prepared.results.push(resultOf(notice, recipient, 'accepted', { acceptedMs, businessMs }));
      } else if ((restUntil.get(key) ?? 0) > Date.now()) {
        prepared.results.push(resultOf(notice, recipient, 'deferred', { businessMs }));
      } else if (known === undefined || contact === null) {
        prepared.results.push(resultOf(notice, recipient, 'refused', { businessMs }));
      } else if (notice.noticeClass === 'advertising' && contact.optedOut) {
        prepared.results.push(resultOf(notice, recipient, 'optedOut', { businessMs }));
      } else {
        prepared.byKey.set(key, recipient);
        prepared.ready.push(await compose(notice, key, { ...known, contact }, businessMs));
      }
    }
    return prepared;
  }

  async function sendChunk(sending: Sending, recipients: readonly PendingRecipient[]): Promise<void> {
    const { notice, input, pace, enter, total } = sending;
    const { ready, results, byKey, businessMs } = await prepare(notice, recipients, input);
    const sent =
      ready.length === 0
        ? []
        : await attempts.send(ready, {
            atOnce: AT_ONCE,
            turn: (job) =>
              enter(async () => {
                await pace.wait();
                return job();
              }),
          });
    const raws = new Map(ready.map(({ row, raw }) => [row.key, raw]));
    for (const { key, status, atMs } of sent) {
      const recipient = byKey.get(key);
      const state = STATE[status];
      if (recipient === undefined) continue;
      if (state === null) sending.left.push(recipient.position);
      else {
        const raw = raws.get(key);
        results.push(
          resultOf(notice, recipient, state, { acceptedMs: atMs, businessMs, ...(raw && { raw }) }),
        );
      }
    }
    await recordRecipients(db, notice.id, results);
    for (const { state } of results) {
      if (state === 'accepted' || state === 'deferred' || state === 'refused' || state === 'optedOut') {
        total[state] += 1;
      }
    }
    if (sending.left.length > 0 || takesNothing(sent)) total.pushedBack = true;
  }

  async function compose(
    notice: NoticeRow,
    key: string,
    facts: RecipientFacts & { contact: NonNullable<RecipientFacts['contact']> },
    businessMs: number,
  ): Promise<ReadyMail> {
    const { contact } = facts;
    const advertises = notice.noticeClass === 'advertising';
    const optOutUrl = advertises
      ? `${ports.webUrl}/opt-out/${optOutToken(ports.tokenSecret, contact.id)}`
      : null;
    const mail = noticeMail({
      sender: senderOf(ports, notice.sandbox),
      subjectLine: notice.subjectLine,
      body: notice.body,
      recipient: { ...facts, personName: contact.name },
      values: { ...notice.values, ...facts.values },
      optOutUrl,
    });
    const messageId = messageIdOf(key, ports.messageIdDomain);
    const raw = await mailer.compose({
      ...mail,
      to: contact.email,
      messageId,
      dateMs: businessMs,
      attachments: [],
      ...(optOutUrl === null ? {} : { unsubscribeUrl: optOutUrl }),
    });
    return {
      raw,
      ownerId: facts.ownerId,
      row: {
        key,
        kind: 'notice',
        mailClass: advertises ? 'advertising' : 'contract',
        subjectType: 'contract',
        subjectId: facts.contractId,
        recipient: contact.email,
        messageId,
        subjectLine: mail.subject,
        businessAt: new Date(businessMs),
        sandbox: notice.sandbox,
      },
    };
  }
}

/** A page on its way. */
interface Sending {
  notice: NoticeRow;
  input: NoticePageInput;
  pace: ReturnType<typeof createPace>;
  enter: ReturnType<typeof createGate>;
  total: Omit<NoticePage, 'nextAfter'>;
  /** Positions of those whom a server that is away left for later. */
  left: number[];
}

/** Mails of some recipients, ready to be sent, and what became of those who need none. */
interface PreparedChunk {
  ready: ReadyMail[];
  results: RecipientResult[];
  byKey: Map<string, PendingRecipient>;
  businessMs: number;
}

function resultOf(
  notice: NoticeRow,
  { contractId }: PendingRecipient,
  state: RecipientResult['state'],
  { acceptedMs, businessMs, raw }: { acceptedMs?: number; businessMs: number; raw?: Uint8Array },
): RecipientResult {
  // A sandbox notice lives by its own clock.
  const atMs = notice.sandbox ? businessMs : (acceptedMs ?? businessMs);
  return {
    contractId,
    state,
    acceptedAt: state === 'accepted' ? new Date(atMs) : null,
    mailSha256: raw === undefined ? null : createHash('sha256').update(raw).digest('hex'),
  };
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, n) => n * size);
  return starts.map((start) => items.slice(start, start + size));
}

export type CampaignActivities = ReturnType<typeof createCampaignActivities>;

/** What an attempt makes of a recipient; null leaves it as it is, for later. */
const STATE: Record<Attempt['status'], RecipientResult['state'] | null> = {
  accepted: 'accepted',
  deferred: 'deferred',
  unknown: 'deferred',
  refused: 'refused',
  blocked: 'refused',
  away: null,
};

/** The server put off everybody it was asked about: it is busy, or it limits us. */
function takesNothing(sent: readonly Attempt[]): boolean {
  return sent.length > 0 && sent.every(({ status }) => status === 'deferred' || status === 'unknown');
}

/** Holds mails back so that no more than so many leave in a minute. */
function createPace(perMinute: number): { perSecond: number; wait(): Promise<void> } {
  const spacingMs = 60_000 / perMinute;
  let nextMs = 0;
  return {
    perSecond: Math.ceil(perMinute / 60),
    async wait() {
      const now = Date.now();
      const mineMs = Math.max(now, nextMs);
      nextMs = mineMs + spacingMs;
      if (mineMs > now) await delay(mineMs - now);
    },
  };
}
