import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { containsMyNumber } from '../domain/data/my-number.ts';

/** Types of files that may be stored. */
export type UploadType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff';

/** `message` is Japanese and for the person who uploads; it never repeats what is in the file. */
export type UploadVerdict =
  | { ok: true; contentType: UploadType }
  | { ok: false; code: 'tooLarge' | 'wrongType' | 'unreadable' | 'myNumber'; message: string };

/** Largest file that may be uploaded, in bytes. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
/** Longest time for the text of one PDF, in milliseconds. */
const PDF_TEXT_MS = 15_000;
/** Heap of the process that reads a PDF, in MiB. */
const PDF_HEAP_MIB = 256;

const SIGNATURES: readonly { contentType: UploadType; bytes: readonly number[] }[] = [
  { contentType: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { contentType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { contentType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { contentType: 'image/tiff', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { contentType: 'image/tiff', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
];

const REFUSALS = {
  tooLarge: 'ファイルは10MBまでです。',
  wrongType: 'PDF、PNG、JPEG、TIFFのいずれかのファイルを選択してください。',
  unreadable:
    'PDFの内容を確認できないため、お預かりできません。パスワードを外すか、印刷してスキャンしたファイルを選択してください。',
  myNumber:
    'ファイルに個人番号（マイナンバー）と思われる12桁の数字が含まれています。個人番号はお預かりできません。該当の箇所を取り除いたファイルを選択してください。',
} as const;

const refuse = (code: keyof typeof REFUSALS): UploadVerdict => ({ ok: false, code, message: REFUSALS[code] });

/** The type of a file by what is in it, whatever its name or sender says; null for every other type. */
export function uploadTypeOf(bytes: Uint8Array): UploadType | null {
  const found = SIGNATURES.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  return found?.contentType ?? null;
}

/**
 * Whether a file may be stored (第21条1項), to be asked before it is: its size, its type by content, and for a PDF that
 * neither its text, form fields, comments nor document information hold a My Number. A PDF that cannot be read within
 * bounds is refused. Pictures are not read: a person sees them.
 */
export async function guardUpload(bytes: Uint8Array): Promise<UploadVerdict> {
  if (bytes.byteLength > MAX_UPLOAD_BYTES) return refuse('tooLarge');
  const contentType = uploadTypeOf(bytes);
  if (contentType === null) return refuse('wrongType');
  if (contentType !== 'application/pdf') return { ok: true, contentType };
  const texts = await readPdfTexts(bytes);
  if (texts === null) return refuse('unreadable');
  return texts.some(containsMyNumber) ? refuse('myNumber') : { ok: true, contentType };
}

/** The texts of a PDF; null when they cannot be had. A process of its own: a bomb takes nothing else with it. */
export function readPdfTexts(bytes: Uint8Array): Promise<string[] | null> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('pdf-text.mjs', import.meta.url)), {
      execArgv: [`--max-old-space-size=${PDF_HEAP_MIB}`],
      env: {},
      serialization: 'advanced',
      stdio: 'ignore',
      timeout: PDF_TEXT_MS,
      killSignal: 'SIGKILL',
    });
    let texts: string[] | null = null;
    child.once('message', (message) => {
      texts = Array.isArray(message) ? message.filter((text) => typeof text === 'string') : null;
    });
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(texts));
    child.send(bytes, () => undefined);
  });
}
