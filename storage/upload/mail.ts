import { containsMyNumber } from '../../domain/data/my-number.ts';
import { isUnreadable, type MailAttachment, type MailFile, readMail } from '../mail/read.ts';
import {
  type Budget,
  createBudget,
  guardUpload,
  MAX_UPLOAD_BYTES,
  type UploadVerdict,
} from '../upload-guard.ts';

export const MAIL_TYPE = 'message/rfc822';

const TOO_MANY = '添付ファイルが多すぎるため、確認していません（100個、1分まで）。';
const FILE_NAME_REFUSAL =
  'ファイル名に個人番号（マイナンバー）と思われる数字があります。名前を変えたファイルを選択してください。';
const MAIL_REFUSAL =
  'メールの件名、本文または添付ファイルの名前に個人番号（マイナンバー）と思われる12桁の数字が含まれています。個人番号はお預かりできません。申込者に、個人番号を除いて送り直すよう依頼してください。';

export interface CheckedAttachment extends MailAttachment {
  verdict: UploadVerdict | { ok: false; code: 'fileName' | 'tooMany'; message: string };
}

export interface CheckedMail {
  mail: MailFile;
  /** The files in it and in mails forwarded in it; a forwarded mail is part of the mail's own words, and in its bytes. */
  files: CheckedAttachment[];
}

/** What the guard says to a file and its name, to be asked before anything of it is stored (第21条1項). */
export async function guardNamed(
  fileName: string,
  bytes: Uint8Array,
  budget?: Budget,
): Promise<CheckedAttachment['verdict']> {
  const verdict = await guardUpload(bytes, budget);
  if (!verdict.ok || !containsMyNumber(fileName)) return verdict;
  return { ok: false, code: 'fileName', message: FILE_NAME_REFUSAL };
}

/**
 * A mail whose words may be stored, with what the guard says to each file in it; a text says why the mail may not.
 * @param budget for all its attachments and the files in them together
 */
export async function checkMail(
  fileName: string,
  bytes: Uint8Array,
  budget = createBudget(),
): Promise<CheckedMail | string> {
  if (bytes.byteLength > MAX_UPLOAD_BYTES) return 'ファイルは10MBまでです。';
  const mail = readMail(bytes);
  if (isUnreadable(mail)) return mail.reason;
  const names = mail.attachments.map((attachment) => attachment.fileName);
  if ([fileName, ...names, ...mail.everyText].some(containsMyNumber)) return MAIL_REFUSAL;
  const files: CheckedAttachment[] = [];
  for (const attachment of mail.attachments.filter(({ contentType }) => contentType !== MAIL_TYPE)) {
    const verdict = budget.take()
      ? await guardNamed(attachment.fileName, attachment.bytes, budget)
      : { ok: false as const, code: 'tooMany' as const, message: TOO_MANY };
    files.push({ ...attachment, verdict });
  }
  return { mail, files };
}
