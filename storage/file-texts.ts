import { looksLikeMail } from './mail/mime.ts';
import { isUnreadable, readMail } from './mail/read.ts';
import { readPdf } from './upload/pdf.ts';
import { uploadTypeOf } from './upload-guard.ts';

/** How deep files inside files are looked into. */
const DEPTH = 3;

/**
 * Every text that can be had from a stored file: its bytes as text, the text of a PDF, header, text and attachments of a mail
 * (decoded). Pictures have none. A PDF or mail that cannot be read gives only its bytes.
 */
export async function textsOfFile(bytes: Uint8Array, depth = DEPTH): Promise<string[]> {
  const texts = [Buffer.from(bytes).toString('utf8')];
  if (depth === 0) return texts;
  const inner: Uint8Array[] = [];
  if (uploadTypeOf(bytes) === 'application/pdf') {
    const pdf = await readPdf(bytes);
    if (typeof pdf === 'string') return texts;
    texts.push(...pdf.other, ...pdf.pages);
    inner.push(...pdf.attachments.map(({ bytes: content }) => content));
  } else if (looksLikeMail(bytes)) {
    const mail = readMail(bytes);
    if (isUnreadable(mail)) return texts;
    texts.push(...mail.everyText, ...mail.attachments.map(({ fileName }) => fileName));
    inner.push(...mail.attachments.map(({ bytes: content }) => content));
  }
  for (const content of inner) texts.push(...(await textsOfFile(content, depth - 1)));
  return texts;
}
