import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim/index.js';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { smtpTransport } from '../../clients/smtp.ts';
import { isSimple, mailbox, writeAlternative } from './mime.ts';

export interface OutgoingMail {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Header date, in milliseconds: the business time. */
  dateMs: number;
  attachments: { filename: string; content: Uint8Array; contentType: string }[];
  /** Only on mail that advertises (第14条): where one click opts out. */
  unsubscribeUrl?: string;
}

/**
 * `deferred`: not this mail now; `away`: the server takes nothing at all now; `unknown`: the connection ended after the mail
 * may have been handed over, with no answer.
 */
export interface SendResult {
  status: 'accepted' | 'deferred' | 'away' | 'refused' | 'unknown';
  answer: string;
  atMs: number;
}

/** The way out for mail. */
export interface Mailer {
  /** The message as it will be sent, signed with DKIM where a key is set. The same mail gives the same bytes. */
  compose(mail: OutgoingMail): Promise<Uint8Array>;
  send(raw: Uint8Array, to: string, messageId: string): Promise<SendResult>;
  /** Which messages the receiving side already has, by Message-ID, each with its time in milliseconds; null when it cannot tell. */
  alreadyTaken(messageIds: readonly string[]): Promise<Map<string, number> | null>;
  close(): void;
}

export interface MailerSettings {
  /**
   * `smtp:` (STARTTLS where the server offers it) or `smtps:` (TLS from the start). Its parameters go over the defaults
   * below: `?requireTLS=true&maxConnections=2&rateLimit=10&rateDelta=1000`.
   */
  url: string;
  /** PEM file of who vouches for the server; absent: the public authorities. */
  caFile?: string | undefined;
  from: string;
  /** Where answers go; absent: to `from`. */
  replyTo?: string | undefined;
  /**
   * Where reports go (the envelope's sender); absent: to `from`. A `*` in it stands for the mail's id, so that a report names
   * the mail by the address alone: `bounce+*@hasso.example`.
   */
  bounceAddress?: string | undefined;
  /** Development: where the outbox writes what it takes. */
  outboxDir?: string | undefined;
  dkim?: { domain: string; selector: string; privateKey: string } | undefined;
}

/** A Message-ID that follows from the business key: a mail that is sent twice is recognisably the same mail. */
export function messageIdOf(key: string, domain: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

/** Codes of nodemailer for a connection that never got as far as the mail. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EPROXY']);

/** What nodemailer says where the time ran out before the server had said a word. */
const NEVER_GREETED = /^(Connection timeout|Greeting never received)/;

/** Mail by SMTP with a pool. With `outboxDir` (development) the caught mails answer `alreadyTaken`. */
export function createSmtpMailer(settings: MailerSettings): Mailer {
  const transport = smtpTransport(settings, {
    maxConnections: 5,
    connectionTimeout: 20_000,
    greetingTimeout: 30_000,
    // The pool would send a mail again by itself after a cut connection, five times over.
    maxRequeues: 0,
  });
  const dkim =
    settings.dkim &&
    new DKIM({
      domainName: settings.dkim.domain,
      keySelector: settings.dkim.selector,
      privateKey: settings.dkim.privateKey,
    });
  return {
    async compose(mail) {
      const { unsubscribeUrl } = mail;
      const headers = [
        ['Auto-Submitted', 'auto-generated'],
        ['Content-Language', 'ja'],
        ...(settings.replyTo === undefined ? [] : [['Reply-To', mailbox(settings.replyTo)] as const]),
        ...(unsubscribeUrl === undefined
          ? []
          : [
              ['List-Unsubscribe', `<${unsubscribeUrl}>`] as const,
              ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'] as const,
            ]),
      ] as const;
      const raw = isSimple(mail)
        ? writeAlternative(mail, settings.from, headers)
        : await composeByLibrary(mail, settings.from, headers);
      return dkim === undefined ? raw : buffer(dkim.sign(raw));
    },

    async send(raw, to, messageId) {
      const id = messageId.slice(1, 33);
      const dsn = { id, return: 'headers', notify: ['failure', 'delay'] } as const;
      try {
        const info = await transport.sendMail({
          envelope: { from: settings.bounceAddress?.replace('*', id) ?? settings.from, to, dsn } as {
            from: string;
            to: string;
          },
          raw: Buffer.from(raw),
        });
        return { status: 'accepted', answer: info.response ?? '', atMs: Date.now() };
      } catch (error) {
        return { ...failureOf(error), atMs: Date.now() };
      }
    },

    async alreadyTaken(messageIds) {
      if (settings.outboxDir === undefined) return null;
      const names = await readdir(settings.outboxDir);
      const times = new Map(
        names.map((name) => [/-(\w+)\.eml$/.exec(name)?.[1], Number(name.split('-')[0])]),
      );
      return new Map(
        messageIds.flatMap((messageId) => {
          const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 32);
          const atMs = times.get(hash);
          return atMs === undefined ? [] : [[messageId, atMs] as const];
        }),
      );
    },

    close: () => transport.close(),
  };
}

/** Any mail, by nodemailer's composer. */
function composeByLibrary(
  mail: OutgoingMail,
  from: string,
  headers: readonly (readonly [name: string, value: string])[],
): Promise<Buffer> {
  const composer = new MailComposer({
    from,
    to: mail.to,
    messageId: mail.messageId,
    date: new Date(mail.dateMs),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ filename, content, contentType }) => ({
      filename,
      content: Buffer.from(content),
      contentType,
    })),
    baseBoundary: mail.messageId.slice(1, 25),
    newline: 'windows',
    headers: Object.fromEntries(headers.map(([name, value]) => [name, { prepared: true, value }])),
  });
  return composer.compile().build();
}

/** Service not available, closing the connection (RFC 5321 3.8): said to us, not about a mail. */
const CLOSING = 421;

function failureOf(error: unknown): Pick<SendResult, 'status' | 'answer'> {
  const { responseCode, code, syscall, message } = error as {
    responseCode?: number;
    code?: string;
    syscall?: string;
    message: string;
  };
  // A 5xx to STARTTLS or AUTH is about us, not about the recipient.
  const unheard = NOT_CONNECTED.has(code ?? '') || syscall === 'connect' || NEVER_GREETED.test(message);
  if (unheard || responseCode === CLOSING) return { status: 'away', answer: message };
  if (responseCode === undefined) return { status: 'unknown', answer: message };
  return { status: responseCode >= 500 && responseCode < 600 ? 'refused' : 'deferred', answer: message };
}
