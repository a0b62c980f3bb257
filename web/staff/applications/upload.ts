import { z } from 'zod';
import type { WebDependencies } from '../../dependencies.ts';
import { seal, unseal } from '../../http/signing.ts';

export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;

const scanSchema = z.object({
  key: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  fileName: z.string(),
  contentType: z.string(),
});

/** A stored scan on its way through the entry form, so that an error in another field does not lose it. */
export type Scan = z.infer<typeof scanSchema>;

const SIGNATURES: readonly { contentType: string; bytes: readonly number[] }[] = [
  { contentType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { contentType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { contentType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { contentType: 'image/tiff', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { contentType: 'image/tiff', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
];

/** The type of a scan by what is in it, whatever its name says; null for everything that is not PDF, PNG, JPEG or TIFF. */
export function contentTypeOf(bytes: Uint8Array): string | null {
  const found = SIGNATURES.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  return found?.contentType ?? null;
}

/** Stores an uploaded scan; `what` names it. A text is the reason why it was not taken. */
export async function storeScan(
  deps: WebDependencies,
  file: File,
  what = '申込書の原本',
): Promise<Scan | string> {
  if (file.size > MAX_UPLOAD_BYTES) return `${what}は10MBまでのファイルを選択してください。`;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const contentType = contentTypeOf(bytes);
  if (contentType === null) return `${what}はPDF、PNG、JPEG、TIFFのいずれかのファイルを選択してください。`;
  return { ...(await deps.documents.put(bytes)), fileName: plainFileName(file.name), contentType };
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
function plainFileName(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const plain = base.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(-120);
  return plain === '' ? 'scan' : plain;
}
