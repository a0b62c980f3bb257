import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import hoodiecrow from 'hoodiecrow-imap';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailActivities, type MailActivities, type MailInput } from '../../activities/mail/index.ts';
import { createSmtpMailer, type Mailer, type MailerSettings } from '../../activities/mail/mailer.ts';
import type { Database } from '../../db/client.ts';
import { createFileStorage } from '../../storage/file-storage.ts';

/** What a test server says to one delivery: an error is its answer, `cut` ends the connection without one. */
export type Verdict = 'take' | 'cut' | { code: number; text: string };

/** A real SMTP server. What it takes is on disk as the development outbox would have it, before it answers. */
export async function startMailServer(
  dir: string,
  decide: (delivery: { to: string; count: number }) => Verdict | Promise<Verdict>,
  options: SMTPServerOptions = {},
) {
  mkdirSync(dir, { recursive: true });
  let count = 0;
  let connections = 0;
  let mostConnections = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onConnect(_session, callback) {
      connections += 1;
      mostConnections = Math.max(mostConnections, connections);
      callback();
    },
    onClose() {
      connections -= 1;
    },
    onRcptTo({ address }, _session, callback) {
      callback(address.startsWith('refused') ? failure(550, '5.1.1 no such user') : null);
    },
    onData(stream, session, callback) {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      buffer(stream)
        .then(async (raw) => {
          count += 1;
          const verdict = await decide({ to, count });
          if (typeof verdict === 'object') return callback(failure(verdict.code, verdict.text));
          const messageId = /^message-id:\s*(\S+)/im.exec(raw.toString('latin1'))?.[1] ?? '';
          const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 32);
          writeFileSync(join(dir, `${Date.now()}-${count}-${hash}.eml`), raw);
          if (verdict === 'take') return callback(null, '2.0.0 taken');
          for (const connection of server.connections) connection._socket.destroy();
        })
        .catch(callback);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    dir,
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails: () => readdirSync(dir).map((name) => readFileSync(join(dir, name))),
    mostConnections: () => mostConnections,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** A real IMAP server with these mails in its mailbox; `unseen` tells which of them, from 0, nobody has read. */
export async function startMailbox(mails: readonly string[]) {
  const messages = mails.map((raw) => ({ raw, flags: [] as string[] }));
  const imap = hoodiecrow({
    plugins: ['UIDPLUS', 'ID'],
    users: { 'bounce@hasso.example': { password: 'p@ss/word' } },
    storage: { INBOX: { messages } },
  });
  await new Promise<void>((resolve) => imap.listen(0, '127.0.0.1', resolve));
  const { port } = imap.server.address() as AddressInfo;
  const [user, password] = ['bounce@hasso.example', 'p@ss/word'].map(encodeURIComponent);
  return {
    url: `imap://${user}:${password}@127.0.0.1:${port}/INBOX`,
    unseen: () => messages.flatMap(({ flags }, index) => (flags.includes('\\Seen') ? [] : [index])),
    stop: () => new Promise<void>((resolve) => imap.close(resolve)),
  };
}

function failure(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** The mail activities against a server, as a worker composes them. */
export function mailActivities(
  db: Database,
  documentsDir: string,
  settings: Pick<MailerSettings, 'url'> & Partial<MailerSettings>,
  sandboxMayReach: (address: string) => boolean = () => true,
): MailActivities & { mailer: Mailer } {
  const mailer = createSmtpMailer({ from: 'Hasso 運用事務局 <noreply@hasso.example>', ...settings });
  const activities = createMailActivities({
    db,
    mailer,
    storage: createFileStorage(documentsDir),
    tokenSecret: 'a secret of the test, 32 characters',
    webUrl: 'https://hasso.example',
    consoleUrl: 'https://console.hasso.example',
    staffAddress: 'ops@hasso.example',
    operatorName: '株式会社インターコム',
    inquiry: 'メール・電話（平日 9:00〜18:00）',
    payTo: '見本銀行 本店 普通 1234567 ｶ)ｲﾝﾀｰｺﾑ',
    messageIdDomain: 'hasso.example',
    sandboxMayReach,
  });
  return { ...activities, mailer };
}

/** The receipt mail of an application, each time another mail. */
export function receiptMail(applicationId: string): MailInput {
  return {
    key: `received/${applicationId}/${randomUUID()}`,
    kind: 'applicationReceived',
    subjectType: 'application',
    subjectId: applicationId,
    businessMs: Date.UTC(2026, 10, 24),
  };
}
