import { ImapFlow } from 'imapflow';
import {
  knownIncomingMails,
  noteMarkedRead,
  recordIncomingMail,
} from '../../db/queries/incoming-mail/record.ts';
import { repeat } from '../../db/repeat.ts';
import { type IncomingPorts, takeIncomingMail } from './incoming.ts';

/** What reading the mailbox gave: mails looked at, bounces noted for the first time, mails that wait for a person. */
export interface BounceCount {
  read: number;
  recorded: number;
  shown: number;
}

/** The largest mail that is fetched, in bytes. */
const MAX_MAIL_BYTES = 30 * 1024 * 1024;
const TOO_LARGE =
  'メールが大きすぎるため（30MBまで）、取り込んでいません。メールボックスで確認してください。';

/**
 * Reads the mails of the mailbox behind the sender's address that nobody has looked at. What is understood is marked as read
 * after it is recorded, so that nothing is lost when the process dies in between; what is not stays unread for a person until
 * the console says that it is done. A mail that cannot be read is set aside: those behind it are read all the same.
 * @param url `imaps://user:password@host/INBOX`, or `imap:` for STARTTLS where the server offers it
 */
export async function readBounceMailbox(
  ports: IncomingPorts,
  url: string,
  now: () => Date,
): Promise<BounceCount> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const client = new ImapFlow({
    host: hostname,
    port: port === '' ? (secure ? 993 : 143) : Number(port),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
  });
  // A connection that breaks also fails the command under way, which is thrown below.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const path = decodeURIComponent(pathname.slice(1)) || 'INBOX';
    const lock = await client.getMailboxLock(path);
    try {
      return await readUnseen({
        client,
        ports,
        mailbox: `${username}@${hostname}:${port}/${path};${validityOf(client)}`,
        now,
      });
    } finally {
      lock.release();
      await client.logout();
    }
  } finally {
    client.close();
  }
}

/** A mailbox that was made anew counts its mails from the start and says so by this number. */
function validityOf(client: ImapFlow): string {
  return client.mailbox === false ? '' : String(client.mailbox.uidValidity);
}

interface OpenMailbox {
  client: ImapFlow;
  ports: IncomingPorts;
  mailbox: string;
  now: () => Date;
}

async function readUnseen(open: OpenMailbox): Promise<BounceCount> {
  const { client, ports, mailbox, now } = open;
  const count = { read: 0, recorded: 0, shown: 0 };
  const unseen = (await client.search({ seen: false }, { uid: true })) || [];
  const known = new Map(
    (await knownIncomingMails(ports.db, mailbox, unseen)).map((mail) => [mail.uid, mail]),
  );
  const failures: unknown[] = [];
  for (const uid of unseen) {
    const earlier = known.get(uid);
    if (earlier?.done === false) continue;
    try {
      const taken = earlier === undefined ? await takeOne(open, uid) : 'understood';
      if (taken !== 'shown') await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
      if (earlier !== undefined) await noteMarkedRead(ports.db, mailbox, uid, now());
      else count.read += 1;
      if (taken === 'recorded' || taken === 'shown') count[taken] += 1;
    } catch (error) {
      // The database or the connection: tried again next time. Others may still get through.
      failures.push(error);
      if (!client.usable) break;
    }
  }
  if (failures.length > 0) throw failures[0];
  return count;
}

async function takeOne({ client, ports, mailbox, now }: OpenMailbox, uid: number) {
  const size = await client.fetchOne(String(uid), { size: true, envelope: true }, { uid: true });
  if (size === false) return 'understood';
  const aside = async (reason: string) => {
    const { size: bytes = 0, envelope } = size;
    const sender = envelope?.from?.[0]?.address ?? '';
    const empty = {
      kind: 'unreadable',
      subjectLine: '',
      arrivedAt: null,
      storageKey: null,
      sha256: '',
      about: null,
    } as const;
    await recordIncomingMail(ports.db, { ...empty, mailbox, uid, reason, sender, bytes }, now());
    return 'shown' as const;
  };
  if ((size.size ?? 0) > MAX_MAIL_BYTES) return aside(TOO_LARGE);
  const mail = await client.fetchOne(String(uid), { source: true }, { uid: true });
  if (mail === false || mail.source === undefined) return 'understood';
  return takeIncomingMail(ports, mail.source, { mailbox, uid }, now());
}

/** Reads the mailbox every `everyMs` until it is stopped. A failure goes to `onError` and is tried again. */
export function keepReadingBounces(
  ports: IncomingPorts,
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
      const count = await readBounceMailbox(ports, options.url, () => new Date());
      if (count.read > 0) options.onRead(count);
    },
  });
}
