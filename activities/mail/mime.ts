import type { OutgoingMail } from './mailer.ts';

const CRLF = '\r\n';
/** An encoded word has at most 75 characters (RFC 2047 2): 45 bytes of text in base64 and what is around it. */
const WORD_BYTES = 45;
const PLAIN = /^[\x20-\x7e]{0,60}$/;
const PLAIN_ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+$/;

/** Whether `writeAlternative` can write a mail: no attachments, and a recipient in ASCII. */
export function isSimple({ to, attachments }: Pick<OutgoingMail, 'to' | 'attachments'>): boolean {
  return attachments.length === 0 && PLAIN_ADDRESS.test(to);
}

/**
 * The source of a mail of text and HTML (RFC 5322, RFC 2045 to 2047), without the streams of a general MIME library:
 * campaigns write thousands. The same mail gives the same bytes.
 * @param from `名前 <address>` or an address alone
 * @param headers further header fields, in ASCII
 */
export function writeAlternative(
  mail: OutgoingMail,
  from: string,
  headers: readonly (readonly [name: string, value: string])[],
): Buffer {
  const boundary = `--_alternative_${mail.messageId.slice(1, 25)}`;
  const lines = [
    `From: ${mailbox(from)}`,
    `To: ${mail.to}`,
    `Subject: ${headerText(mail.subject)}`,
    `Message-ID: ${mail.messageId}`,
    `Date: ${new Date(mail.dateMs).toUTCString().replace('GMT', '+0000')}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative;${CRLF} boundary="${boundary}"`,
    '',
    ...part(boundary, 'text/plain', mail.text),
    ...part(boundary, 'text/html', mail.html),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join(CRLF), 'latin1');
}

function part(boundary: string, type: string, text: string): string[] {
  const encoded = Buffer.from(text.replace(/\r?\n/g, CRLF)).toString('base64');
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    encoded.replace(/.{76}(?=.)/g, `$&${CRLF}`),
    '',
  ];
}

export function mailbox(from: string): string {
  const [, name = '', address = ''] = /^\s*(.*?)\s*<([^>]+)>\s*$/.exec(from) ?? [];
  if (address === '') return from.trim();
  return name === '' ? address : `${headerText(name, true)} <${address}>`;
}

/** Text as a header field may hold it: as it is where it is short ASCII, else as encoded words. */
function headerText(text: string, phrase = false): string {
  if (PLAIN.test(text) && !text.includes('=?')) {
    return phrase && !/^[\w ]+$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
  }
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((each) => `=?UTF-8?B?${Buffer.from(each).toString('base64')}?=`).join(`${CRLF} `);
}
