import { isMail, readMailFile, textsOf } from './mail-file.ts';
import { readPdfTexts, uploadTypeOf } from './upload-guard.ts';

/** How deep attachments of attachments are looked into. */
const DEPTH = 3;

/**
 * Every text that can be had from a stored file: its bytes as text, the text of a PDF, header, text and attachments of a mail
 * (base64 and quoted-printable decoded). Pictures have none. A PDF that cannot be read gives only its bytes.
 */
export async function textsOfFile(bytes: Uint8Array, depth = DEPTH): Promise<string[]> {
  const texts = [Buffer.from(bytes).toString('utf8')];
  if (uploadTypeOf(bytes) === 'application/pdf') texts.push(...((await readPdfTexts(bytes)) ?? []));
  else if (isMail(bytes) && depth > 0) {
    const mail = await readMailFile(bytes);
    texts.push(...textsOf(mail));
    for (const { bytes: inner } of mail.attachments) texts.push(...(await textsOfFile(inner, depth - 1)));
  }
  return texts;
}
