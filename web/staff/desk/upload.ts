import { z } from 'zod';
import { looksLikeMail } from '../../../storage/mail/mime.ts';
import { type MailFile, readMail, type UnreadableMail } from '../../../storage/mail/read.ts';
import { withoutAttachments } from '../../../storage/mail/strip.ts';
import { checkMail, guardNamed, MAIL_TYPE } from '../../../storage/upload/mail.ts';
import type { UploadVerdict } from '../../../storage/upload-guard.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { seal, unseal } from '../../http/signing.ts';

const uploadSchema = z.object({
  key: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  fileName: z.string(),
  contentType: z.string(),
});

/** A stored file on its way through the entry form. */
export type Upload = z.infer<typeof uploadSchema>;

const uploadsSchema = z.object({
  kept: z.array(uploadSchema),
  refused: z.array(z.string()),
  /** Text in kept files that nobody but a person can look at. */
  unread: z.array(z.string()),
});

/**
 * What came in with an application so far: stored files, and in words those that were not taken. Carried through the
 * form, so that an error in another field loses nothing.
 */
export type Uploads = z.infer<typeof uploadsSchema>;

export const NO_UPLOADS: Uploads = { kept: [], refused: [], unread: [] };

/** Takes a scan or an e-mail with its attachments. A text is the reason why nothing of it was stored. */
export async function takeFile(deps: WebDependencies, file: File): Promise<Uploads | string> {
  const fileName = plainFileName(file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (looksLikeMail(bytes)) return takeMail(deps, fileName, bytes);
  const verdict = await guardNamed(fileName, bytes);
  return verdict.ok ? store(deps, { fileName, bytes }, verdict) : `${fileName}：${verdict.message}`;
}

async function store(
  deps: WebDependencies,
  { fileName, bytes }: { fileName: string; bytes: Uint8Array },
  { contentType, unread = [] }: UploadVerdict & { ok: true },
): Promise<Uploads> {
  const stored = { ...(await deps.documents.put(bytes)), fileName, contentType };
  return { kept: [stored], refused: [], unread: unread.map((words) => `${fileName}：${words}`) };
}

/**
 * Keeps a mail byte for byte, and beside it the files in it and in mails forwarded in it. When one of them may not be stored,
 * the mail is kept without any: it must not come in inside the mail.
 */
async function takeMail(
  deps: WebDependencies,
  fileName: string,
  bytes: Uint8Array,
): Promise<Uploads | string> {
  const checked = await checkMail(fileName, bytes);
  if (typeof checked === 'string') return `${fileName}：${checked}`;
  const taken: Uploads = { kept: [], refused: [], unread: [] };
  for (const { verdict, ...attachment } of checked.files) {
    const name = plainFileName(attachment.fileName);
    if (!verdict.ok) taken.refused.push(`${name}：${verdict.message}`);
    else {
      const stored = await store(deps, { fileName: name, bytes: attachment.bytes }, verdict);
      taken.kept.push(...stored.kept);
      taken.unread.push(...stored.unread);
    }
  }
  const kept = await deps.documents.put(
    taken.refused.length === 0 ? bytes : withoutAttachments(checked.mail),
  );
  return { ...taken, kept: [{ ...kept, fileName, contentType: MAIL_TYPE }, ...taken.kept] };
}

/** A stored mail, for showing it beside the form. */
export async function openMail(deps: WebDependencies, upload: Upload): Promise<MailFile | UnreadableMail> {
  return readMail(await deps.documents.get(upload.key));
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
