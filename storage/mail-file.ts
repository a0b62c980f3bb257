import { createHash } from 'node:crypto';
import { type ParsedMail, simpleParser } from 'mailparser';

/** An e-mail as saved by a mail program (.eml), decoded. */
export interface MailFile {
  from: string;
  subject: string;
  text: string;
  /** When our mail server took it, by the topmost Received field, or else when it was sent; null when neither is told. */
  receivedAt: Date | null;
  attachments: { fileName: string; bytes: Uint8Array }[];
  /** Header fields as they stand in the file, without those that describe the body. */
  header: string[];
}

/** HTML longer than this, in characters, is not turned into text. */
const MAX_HTML = 1_000_000;
/** Where the header of a mail ends at the latest, in bytes. */
const HEADER_BYTES = 256 * 1024;
const FIELD = /^[\x21-\x39\x3b-\x7e]+:/;

/** Whether bytes are an e-mail, by the fields they begin with. */
export function isMail(bytes: Uint8Array): boolean {
  const [header = ''] = Buffer.from(bytes.subarray(0, HEADER_BYTES))
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1);
  const lines = header.split(/\r?\n/);
  if (!FIELD.test(lines[0] ?? '') || !lines.every((line) => FIELD.test(line) || /^[ \t]/.test(line)))
    return false;
  const names = new Set(lines.map((line) => (line.split(':')[0] ?? '').toLowerCase()));
  return (
    names.has('from') && ['received', 'date', 'message-id', 'mime-version'].some((name) => names.has(name))
  );
}

/** Reads an e-mail; nothing in it is opened, unpacked or fetched. */
export async function readMailFile(bytes: Uint8Array): Promise<MailFile> {
  const mail = await simpleParser(Buffer.from(bytes), {
    skipImageLinks: true,
    skipTextLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: MAX_HTML,
  });
  return {
    from: mail.from?.text ?? '',
    subject: mail.subject ?? '',
    text: (mail.text ?? '').trim(),
    receivedAt: receivedAt(mail) ?? mail.date ?? null,
    attachments: mail.attachments.map(({ filename, contentType, content }, index) => ({
      fileName: filename ?? `添付${index + 1}（${contentType}）`,
      bytes: new Uint8Array(content),
    })),
    header: mail.headerLines
      .filter(({ key }) => !/^(?:content-|mime-version$)/.test(key))
      .map(({ line }) => line),
  };
}

/** Every text of a mail that a person could read, for the search for a My Number. */
export function textsOf(mail: MailFile): string[] {
  return [mail.from, mail.subject, mail.text, ...mail.attachments.map(({ fileName }) => fileName)];
}

/** The time behind the last semicolon of the topmost Received field: the one that our own server wrote. */
function receivedAt({ headerLines }: ParsedMail): Date | null {
  const topmost = headerLines.find(({ key }) => key === 'received')?.line ?? '';
  const time = Date.parse(
    topmost
      .slice(topmost.lastIndexOf(';') + 1)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return Number.isNaN(time) ? null : new Date(time);
}

/**
 * A mail to keep in place of one with attachments that may not be stored: its header and text as they are, every
 * attachment by name and digest only.
 */
export function withoutAttachments(mail: MailFile): Uint8Array {
  const list = mail.attachments.map(
    ({ fileName, bytes }) => `${fileName}（SHA-256 ${createHash('sha256').update(bytes).digest('hex')}）`,
  );
  const body = [mail.text, '', '--', '添付ファイルは、このファイルから取り除いてあります：', ...list].join(
    '\r\n',
  );
  const packed = Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n');
  const described = [
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  return Buffer.from([...mail.header, ...described, '', packed, ''].join('\r\n'));
}
