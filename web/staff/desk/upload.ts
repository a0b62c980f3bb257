import { z } from 'zod';
import { containsMyNumber } from '../../../domain/data/my-number.ts';
import {
  isMail,
  type MailFile,
  readMailFile,
  textsOf,
  withoutAttachments,
} from '../../../storage/mail-file.ts';
import { guardUpload, MAX_UPLOAD_BYTES } from '../../../storage/upload-guard.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { seal, unseal } from '../../http/signing.ts';

export const MAIL_TYPE = 'message/rfc822';

const uploadSchema = z.object({
  key: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  fileName: z.string(),
  contentType: z.string(),
});

/** A stored file on its way through the entry form. */
export type Upload = z.infer<typeof uploadSchema>;

const uploadsSchema = z.object({ kept: z.array(uploadSchema), refused: z.array(z.string()) });

/**
 * What came in with an application so far: stored files, and in words those that were not taken. Carried through the
 * form, so that an error in another field loses nothing.
 */
export type Uploads = z.infer<typeof uploadsSchema>;

export const NO_UPLOADS: Uploads = { kept: [], refused: [] };

const FILE_NAME_REFUSAL =
  'ファイル名に個人番号（マイナンバー）と思われる数字があります。名前を変えたファイルを選択してください。';
const MAIL_REFUSAL =
  'メールの件名、本文または添付ファイルの名前に個人番号（マイナンバー）と思われる12桁の数字が含まれています。個人番号はお預かりできません。申込者に、個人番号を除いて送り直すよう依頼してください。';

/** Checks one file and stores it. A text is the reason why it was not taken: nothing was stored then. */
async function store(deps: WebDependencies, fileName: string, bytes: Uint8Array): Promise<Upload | string> {
  const verdict = await guardUpload(bytes);
  if (!verdict.ok) return verdict.message;
  if (containsMyNumber(fileName)) return FILE_NAME_REFUSAL;
  return { ...(await deps.documents.put(bytes)), fileName, contentType: verdict.contentType };
}

/** Takes a scan or an e-mail with its attachments. A text is the reason why nothing of it was stored. */
export async function takeFile(deps: WebDependencies, file: File): Promise<Uploads | string> {
  const fileName = plainFileName(file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isMail(bytes)) return takeMail(deps, fileName, bytes);
  const stored = await store(deps, fileName, bytes);
  return typeof stored === 'string' ? `${fileName}：${stored}` : { kept: [stored], refused: [] };
}

/**
 * Keeps a mail and its attachments. When an attachment may not be stored, the mail is kept without any: it must not come
 * in inside the mail.
 */
async function takeMail(
  deps: WebDependencies,
  fileName: string,
  bytes: Uint8Array,
): Promise<Uploads | string> {
  if (bytes.byteLength > MAX_UPLOAD_BYTES) return `${fileName}：ファイルは10MBまでです。`;
  const mail = await readMailFile(bytes);
  if ([fileName, ...textsOf(mail)].some(containsMyNumber)) return MAIL_REFUSAL;
  const kept: Upload[] = [];
  const refused: string[] = [];
  for (const attachment of mail.attachments) {
    const name = plainFileName(attachment.fileName);
    const stored = await store(deps, name, attachment.bytes);
    if (typeof stored === 'string') refused.push(`${name}：${stored}`);
    else kept.push(stored);
  }
  const stored = await deps.documents.put(refused.length === 0 ? bytes : withoutAttachments(mail));
  return { kept: [{ ...stored, fileName, contentType: MAIL_TYPE }, ...kept], refused };
}

/** A stored mail, for showing it beside the form. */
export async function openMail(deps: WebDependencies, upload: Upload): Promise<MailFile> {
  return readMailFile(await deps.documents.get(upload.key));
}

export function sealUploads(secret: string, uploads: Uploads): string {
  return seal(secret, 'uploads', JSON.stringify(uploads));
}

/** What earlier attempts of the form stored. */
export function unsealUploads(secret: string, sealed: string): Uploads {
  const text = sealed === '' ? null : unseal(secret, 'uploads', sealed);
  return text === null ? NO_UPLOADS : uploadsSchema.parse(JSON.parse(text));
}

/** The address part under which staff see a stored file before the application exists. */
export function sealUpload(secret: string, upload: Upload): string {
  return seal(secret, 'upload', JSON.stringify(upload));
}

export function unsealUpload(secret: string, sealed: string): Upload | null {
  const text = unseal(secret, 'upload', sealed);
  return text === null ? null : uploadSchema.parse(JSON.parse(text));
}

/** A name without folders, control characters and endless length. */
export function plainFileName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const plain = base.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(-120);
  return plain === '' ? 'scan' : plain;
}
