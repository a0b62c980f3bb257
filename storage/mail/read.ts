import { decodeText } from '../text/charset.ts';
import { type MailTime, readMailDate } from './date.ts';
import type { Header } from './header.ts';
import { htmlToText } from './html-text.ts';
import { MailTooComplex, type Part, parseMime, readMailHeader } from './mime.ts';

export interface MailAttachment {
  fileName: string;
  contentType: string;
  bytes: Uint8Array;
  /** The name of the forwarded mail that it came in; null for one of this mail itself. */
  within: string | null;
}

/** When a mail arrived, and which field of it says so. */
export interface MailArrival extends MailTime {
  from: 'received' | 'date';
}

/** An e-mail as a person reads it. */
export interface MailFile {
  from: string;
  to: string;
  subject: string;
  /** Its words, those of the HTML where they say more, and those of mails forwarded in it. */
  text: string;
  /** By the topmost Received field, which our own mail server wrote, or else by Date; null when neither is certain. */
  arrival: MailArrival | null;
  /** Files in it and in mails forwarded in it; a forwarded mail is one itself. */
  attachments: MailAttachment[];
  /** What a person could read anywhere in it beside the attachments: every field, plain text and HTML. */
  everyText: string[];
  /** In Japanese, what of it could not be read as it should. */
  remarks: string[];
  root: Part;
}

const TOO_COMPLEX = {
  parts: 'メールの部分が多すぎるため、読めません（1,000個まで）。',
  depth: 'メールの入れ子が深すぎるため、読めません。',
  header: 'メールのヘッダーが長すぎるため、読めません。',
} as const;

/** A mail of which only the header can be read; `reason` is Japanese and for staff. */
export interface UnreadableMail extends Pick<MailFile, 'from' | 'to' | 'subject' | 'arrival'> {
  reason: string;
}

/** Reads an e-mail; nothing in it is run or fetched, forwarded mails are opened. */
export function readMail(bytes: Uint8Array): MailFile | UnreadableMail {
  try {
    return mailOf(parseMime(bytes));
  } catch (error) {
    if (!(error instanceof MailTooComplex)) throw error;
    return { ...factsOf(readMailHeader(bytes)), reason: TOO_COMPLEX[error.limit] };
  }
}

export const isUnreadable = (mail: MailFile | UnreadableMail): mail is UnreadableMail => 'reason' in mail;

function factsOf(header: Header) {
  return {
    from: header.text('from') || header.text('sender'),
    to: header.text('to'),
    subject: header.text('subject'),
    arrival: arrivalOf(header),
  };
}

function mailOf(root: Part): MailFile {
  const { header } = root;
  const found: Found = { words: [], attachments: [], everyText: [], within: null };
  collect(root, found);
  return {
    ...factsOf(header),
    text: found.words.filter((words) => words !== '').join('\n\n'),
    attachments: found.attachments,
    everyText: [...header.lines(), ...found.everyText],
    remarks: remarksOf(root),
    root,
  };
}

interface Found {
  words: string[];
  attachments: MailAttachment[];
  everyText: string[];
  within: string | null;
}

function collect(part: Part, found: Found): void {
  if (part.type === 'multipart/alternative') collectAlternatives(part, found);
  else if (part.children.length > 0) for (const child of part.children) collect(child, found);
  else if (part.mail !== null) collectMail(part, part.mail, found);
  else collectLeaf(part, found);
}

function collectLeaf(part: Part, found: Found): void {
  const words = wordsOf(part);
  if (words !== null) found.everyText.push(words);
  if (words !== null && isShown(part)) found.words.push(words.trim());
  else found.attachments.push(attachmentOf(part, found));
}

/** One of several forms of the same words: the plain one, and the HTML where it says something else. */
function collectAlternatives(part: Part, found: Found): void {
  const plain: Found = { ...found, words: [] };
  const rich: Found = { ...found, words: [] };
  for (const child of part.children) collect(child, child.type === 'text/plain' ? plain : rich);
  const [short, long] = [plain.words.join('\n\n'), rich.words.join('\n\n')];
  if (says(short, long)) found.words.push(short);
  else if (says(long, short)) found.words.push(long);
  else found.words.push(short, long);
}

/** Whether every line of one text stands in the other. */
function says(whole: string, part: string): boolean {
  const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  const all = bare(whole);
  return part.split('\n').every((line) => all.includes(bare(line)));
}

/** A forwarded mail is shown in the text and kept as a file, and so are the files in it. */
function collectMail(part: Part, root: Part, found: Found): void {
  const inner = mailOf(root);
  const fileName = part.fileName || `${inner.subject || '転送されたメール'}.eml`;
  found.attachments.push({ ...attachmentOf(part, found), fileName });
  found.attachments.push(
    ...inner.attachments.map((attachment) => ({ ...attachment, within: attachment.within ?? fileName })),
  );
  found.everyText.push(...inner.everyText);
  const facts = [`差出人：${inner.from}`, `件名：${inner.subject}`, `日時：${root.header.text('date')}`];
  found.words.push([`---- 転送されたメール（${fileName}） ----`, ...facts, '', inner.text].join('\n').trim());
}

function attachmentOf({ fileName, type, content }: Part, { attachments, within }: Found): MailAttachment {
  return {
    fileName: fileName || `添付${attachments.length + 1}（${type}）`,
    contentType: type,
    bytes: new Uint8Array(content),
    within,
  };
}

/** The words of a part in text; null for anything else. */
export function wordsOf({ type, charset, content }: Part): string | null {
  if (!/^(text\/|message\/|application\/xhtml)/.test(type) || type === 'message/partial') return null;
  const label = charset || (/html/.test(type) ? htmlCharset(content) : '');
  const { text } = decodeText(content, label);
  return (/html/.test(type) ? htmlToText(text) : text).replace(/\r\n?/g, '\n');
}

/** The encoding that an HTML text names in itself. */
function htmlCharset(content: Buffer): string {
  return (
    /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(content.subarray(0, 4096).toString('latin1'))?.[1] ?? ''
  );
}

function isShown({ type, attached, fileName }: Part): boolean {
  return (
    !attached &&
    (fileName === '' || type === 'text/plain' || type === 'text/html') &&
    !/^text\/(calendar|csv|rtf)$/.test(type)
  );
}

function arrivalOf(header: Header): MailArrival | null {
  const received = header.all('received')[0] ?? '';
  const behind = received.lastIndexOf(';');
  const byServer = behind < 0 ? null : readMailDate(received.slice(behind + 1));
  if (byServer !== null) return { ...byServer, from: 'received' };
  const byDate = readMailDate(header.text('date'));
  return byDate === null ? null : { ...byDate, from: 'date' };
}

function remarksOf({ header }: Part): string[] {
  return header.brokenLines === 0 ? [] : [`ヘッダーに読めない行が${header.brokenLines}行あります。`];
}
