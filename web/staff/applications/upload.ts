import { z } from 'zod';
import { containsMyNumber } from '../../../domain/my-number.ts';
import { guardUpload } from '../../../storage/upload-guard.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { seal, unseal } from '../../http/signing.ts';

const scanSchema = z.object({
  key: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  fileName: z.string(),
  contentType: z.string(),
});

/** A stored scan on its way through the entry form, so that an error in another field does not lose it. */
export type Scan = z.infer<typeof scanSchema>;

/** Checks an uploaded scan and stores it; `what` names it. A text is the reason why it was not taken: nothing was stored then. */
export async function storeScan(
  deps: WebDependencies,
  file: File,
  what = '申込書の原本',
): Promise<Scan | string> {
  const fileName = plainFileName(file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const verdict = await guardUpload(bytes);
  if (!verdict.ok) return `${what}：${verdict.message}`;
  if (containsMyNumber(fileName)) {
    return `${what}：ファイル名に個人番号（マイナンバー）と思われる数字があります。名前を変えたファイルを選択してください。`;
  }
  return { ...(await deps.documents.put(bytes)), fileName, contentType: verdict.contentType };
}

export function sealScan(secret: string, scan: Scan): string {
  return seal(secret, 'scan', JSON.stringify(scan));
}

/** A scan that an earlier attempt of the form stored; null when there was none. */
export function unsealScan(secret: string, sealed: string): Scan | null {
  const text = sealed === '' ? null : unseal(secret, 'scan', sealed);
  return text === null ? null : scanSchema.parse(JSON.parse(text));
}

/** A name without folders, control characters and endless length. */
export function plainFileName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const plain = base.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(-120);
  return plain === '' ? 'scan' : plain;
}
