import { ImapFlow } from 'imapflow';
import type { Database } from '../../db/client.ts';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { repeat } from '../../db/repeat.ts';
import { readDeliveryReport } from './delivery-report.ts';

/** What reading the mailbox gave: mails looked at, bounces noted for the first time. */
export interface BounceCount {
  read: number;
  recorded: number;
}

/**
 * Reads the unseen mails of the mailbox that delivery reports come back to and notes the bounces. A mail is marked
 * seen after what it says is recorded, so that nothing is lost when the process dies in between.
 * @param url `imaps://user:password@host/INBOX`, or `imap:` for STARTTLS where the server offers it
 */
export async function readBounceMailbox(db: Database, url: string, now: () => Date): Promise<BounceCount> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
  });
  const count = { read: 0, recorded: 0 };
  // A connection that breaks also fails the command under way, which is thrown below.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const lock = await client.getMailboxLock(decodeURIComponent(pathname.slice(1)) || 'INBOX');
    try {
      const unseen = (await client.search({ seen: false }, { uid: true })) || [];
      for (const uid of unseen) {
        const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
        if (mail && mail.source !== undefined) {
          for (const bounce of await readDeliveryReport(mail.source)) {
            if ((await recordBounce(db, bounce, now())) === 'recorded') count.recorded += 1;
          }
        }
        await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
        count.read += 1;
      }
    } finally {
      lock.release();
    }
    await client.logout();
  } finally {
    client.close();
  }
  return count;
}

/** Reads the mailbox every `everyMs` until it is stopped. A failure goes to `onError` and is tried again. */
export function keepReadingBounces(
  db: Database,
  options: {
    url: string;
    everyMs: number;
    onRead: (count: BounceCount) => void;
    onError: (error: unknown) => void;
  },
): { stop(): Promise<void> } {
  return repeat({
    everyMs: options.everyMs,
    onError: options.onError,
    work: async () => {
      const count = await readBounceMailbox(db, options.url, () => new Date());
      if (count.read > 0) options.onRead(count);
    },
  });
}
