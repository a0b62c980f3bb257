import { createHash } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { recordIncomingMail } from '../../db/queries/incoming-mail/record.ts';
import { findByReferences, recordBounce } from '../../db/queries/mail/bounce.ts';
import type { DocumentStorage } from '../../storage/file-storage.ts';
import { type MailMeaning, meaningOf } from '../../storage/mail/meaning.ts';
import { isUnreadable, type MailFile, readMail, type UnreadableMail } from '../../storage/mail/read.ts';
import { withoutAttachments } from '../../storage/mail/strip.ts';
import { checkMail } from '../../storage/upload/mail.ts';

export interface IncomingPorts {
  db: Database;
  storage: DocumentStorage;
}

/** Where a mail is: the mailbox's own name for itself, and for the mail in it. */
export interface MailPlace {
  mailbox: string;
  uid: number;
}

/** `recorded`: a bounce, noted for the first time; `understood`: nothing is to be done; `shown`: a person has to read it. */
export type Taken = 'recorded' | 'understood' | 'shown';

const POISON = 'メールを読む途中で失敗したため、取り込んでいません。メールボックスで確認してください。';
const QUARANTINED =
  '個人番号（マイナンバー）と思われる数字があるか、内容を確認できないため、取り込んでいません。メールボックスで確認してください。';

/**
 * Takes a mail from the mailbox of delivery reports: notes a bounce of ours, passes over what needs nobody (delays, successes,
 * read receipts, answers of programs), and keeps everything else for a person, byte for byte where the guard lets it.
 */
export async function takeIncomingMail(
  ports: IncomingPorts,
  source: Uint8Array,
  place: MailPlace,
  now: Date,
): Promise<Taken> {
  const { mail, meaning } = understand(source);
  if (meaning === null) return show(ports, { mail, source, place, kind: 'unreadable', meaning, now });
  switch (meaning.kind) {
    case 'bounce':
      return bounced(ports, { mail, source, place, kind: 'bounce', meaning, now });
    case 'delayed':
    case 'delivered':
    case 'autoReply':
      return 'understood';
    case 'report':
      return meaning.complaint
        ? show(ports, { mail, source, place, kind: 'report', meaning, now })
        : 'understood';
    case 'mail':
      return show(ports, { mail, source, place, kind: 'mail', meaning, now });
  }
}

type Understood = { mail: MailFile; meaning: MailMeaning } | { mail: UnreadableMail; meaning: null };

/** A mail that our reader stumbles over is set aside like one that is too much: those behind it are read all the same. */
function understand(source: Uint8Array): Understood {
  try {
    const mail = readMail(source);
    return isUnreadable(mail) ? { mail, meaning: null } : { mail, meaning: meaningOf(mail) };
  } catch {
    return { mail: { from: '', to: '', subject: '', arrival: null, reason: POISON }, meaning: null };
  }
}

interface Shown {
  mail: MailFile | UnreadableMail;
  source: Uint8Array;
  place: MailPlace;
  kind: 'bounce' | 'report' | 'mail' | 'unreadable';
  meaning: MailMeaning | null;
  now: Date;
}

async function bounced(ports: IncomingPorts, shown: Shown & { meaning: MailMeaning }): Promise<Taken> {
  const { references, status, answer } = shown.meaning;
  const [messageId, ...others] = references;
  if (messageId === undefined) return show(ports, shown);
  const bounce = { messageId, references: others, status: status ?? '', answer };
  const outcome = await recordBounce(ports.db, bounce, shown.now);
  switch (outcome) {
    case 'recorded':
      return 'recorded';
    case 'known':
      return 'understood';
    case 'unknown':
      return show(ports, shown);
  }
}

async function show(
  ports: IncomingPorts,
  { mail, source, place, kind, meaning, now }: Shown,
): Promise<'shown'> {
  const kept = isUnreadable(mail) ? null : await checkMail('', source);
  const may = kept !== null && typeof kept !== 'string';
  const whole = may && kept.files.every(({ verdict }) => verdict.ok);
  const stored = may ? await ports.storage.put(whole ? source : withoutAttachments(kept.mail)) : null;
  const about = meaning === null ? null : await findByReferences(ports.db, meaning.references);
  await recordIncomingMail(
    ports.db,
    {
      ...place,
      kind,
      reason: isUnreadable(mail) ? mail.reason : may ? '' : QUARANTINED,
      // What may hide a My Number is not taken from a mail that has one.
      sender: may || isUnreadable(mail) ? mail.from : '',
      subjectLine: may ? mail.subject : '',
      arrivedAt: mail.arrival?.at ?? null,
      storageKey: stored?.key ?? null,
      sha256: createHash('sha256').update(source).digest('hex'),
      bytes: source.byteLength,
      about,
    },
    now,
  );
  return 'shown';
}
