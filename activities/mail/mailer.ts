import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';

export interface OutgoingMail {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Header date, in milliseconds: the business time. */
  dateMs: number;
  attachments: { filename: string; content: Uint8Array; contentType: string }[];
}

export type SendResult =
  | { status: 'accepted'; answer: string; atMs: number }
  | { status: 'deferred' | 'refused'; answer: string };

/** The way out for mail. */
export interface Mailer {
  /** The message as it will be sent. */
  compose(mail: OutgoingMail): Promise<Uint8Array>;
  send(raw: Uint8Array, to: string): Promise<SendResult>;
  /** When the receiving side already has a message, its time in milliseconds; null when not, or when it cannot tell. */
  alreadyTaken(messageId: string): Promise<number | null>;
  close(): void;
}

/** A Message-ID that follows from the business key: a mail that is sent twice is recognisably the same mail. */
export function messageIdOf(key: string, domain: string): string {
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}>`;
}

/** Mail by SMTP with a pool. With `outboxDir` (development) the caught mails answer `alreadyTaken`. */
export function createSmtpMailer(settings: {
  url: string;
  from: string;
  outboxDir?: string | undefined;
}): Mailer {
  const transport = createTransport({ url: settings.url, pool: true, maxConnections: 5 } as never);
  return {
    compose(mail) {
      const composer = new MailComposer({
        from: settings.from,
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
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': 'ja' },
      });
      return composer.compile().build();
    },

    async send(raw, to) {
      try {
        const info = await transport.sendMail({
          envelope: { from: settings.from, to },
          raw: Buffer.from(raw),
        });
        return { status: 'accepted', answer: info.response, atMs: Date.now() };
      } catch (error) {
        const { responseCode, message } = error as { responseCode?: number; message: string };
        const refused = responseCode !== undefined && responseCode >= 500 && responseCode < 600;
        return { status: refused ? 'refused' : 'deferred', answer: message };
      }
    },

    async alreadyTaken(messageId) {
      if (settings.outboxDir === undefined) return null;
      const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 32);
      const names = await readdir(settings.outboxDir);
      const found = names.find((name) => name.endsWith(`-${hash}.eml`));
      return found === undefined ? null : Number(found.split('-')[0]);
    },

    close: () => transport.close(),
  };
}
