import { imageSize } from 'image-size';
import { containsMyNumber } from '../domain/data/my-number.ts';
import { looksLikeMail } from './mail/mime.ts';
import { isUnreadable, readMail } from './mail/read.ts';
import { decodeText } from './text/charset.ts';
import { type PdfContents, type PdfProblem, readPdf } from './upload/pdf.ts';

/** Types of files that may be stored. */
export type UploadType = 'application/pdf' | 'image/png' | 'image/jpeg' | 'image/tiff';

/** Why a file of a right type cannot be taken. */
type Cause = PdfProblem | 'pixels';

/** `message` is Japanese and for the person who uploads; it never repeats what is in the file. */
export type UploadVerdict =
  | {
      ok: true;
      contentType: UploadType;
      /** In Japanese: text in the file that could not be looked at, so that a person must. */
      unread?: string[];
    }
  | { ok: false; code: 'tooLarge' | 'wrongType' | 'myNumber'; message: string }
  | { ok: false; code: 'unreadable'; cause: Cause; message: string };

/** A file with what was found in it. */
export interface Inspection {
  verdict: UploadVerdict;
  pdf: PdfContents | null;
}

/** Largest file that may be uploaded, in bytes. */
export const MAX_UPLOAD_BYTES = 10 * 1024 * 1024;
/** Points of the largest picture: browsers that show it unpack it whole. */
const MAX_PIXELS = 100_000_000;
/** How deep files inside files are looked into. */
const MAX_DEPTH = 3;
/** Files that are looked into for one upload, however they are packed into each other, and the time for all, in milliseconds. */
const MAX_FILES = 100;
const LOOK_MS = 60_000;
/** Readers allow other bytes before a PDF's header, so many at most. */
const PDF_HEADER_WITHIN = 1_024;

/** What may still be looked into of one upload. */
export interface Budget {
  /** Takes the right to look into one more file; false when count or time is used up. */
  take(): boolean;
}

export function createBudget(files = MAX_FILES, milliseconds = LOOK_MS): Budget {
  const endsAt = performance.now() + milliseconds;
  let left = files;
  return {
    take: () => {
      left -= 1;
      return left >= 0 && performance.now() < endsAt;
    },
  };
}

const SIGNATURES: readonly { contentType: UploadType; bytes: readonly number[] }[] = [
  { contentType: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { contentType: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { contentType: 'image/tiff', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { contentType: 'image/tiff', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
];

const REFUSALS = {
  tooLarge: 'ファイルは10MBまでです。',
  wrongType: 'PDF、PNG、JPEG、TIFFのいずれかのファイルを選択してください。',
  myNumber:
    'ファイルに個人番号（マイナンバー）と思われる12桁の数字が含まれています。個人番号はお預かりできません。該当の箇所を取り除いたファイルを選択してください。',
} as const;

const HEIC =
  'HEIC形式の写真（iPhoneなどの標準の形式）はお預かりできません。JPEGに変換したファイル、またはPDF、PNG、TIFFのファイルを選択してください。';

const CAUSES: Record<Cause, string> = {
  password: 'パスワードのかかったPDFは内容を確認できません。パスワードを外したファイルを選択してください。',
  pages: 'PDFは500ページまでです。分けたファイルを選択してください。',
  broken:
    'PDFとして読めません。壊れている可能性があります。開いて保存し直すか、印刷してスキャンしたファイルを選択してください。',
  tooMuch:
    'PDFの内容が大きすぎるか複雑すぎるため、確認できません。印刷してスキャンしたファイルを選択してください。',
  pixels: '画像が大きすぎて表示できません（1億画素まで）。解像度を下げたファイルを選択してください。',
};

const refuse = (code: keyof typeof REFUSALS, message: string = REFUSALS[code]): UploadVerdict => ({
  ok: false,
  code,
  message,
});
const unreadable = (cause: Cause): UploadVerdict => ({
  ok: false,
  code: 'unreadable',
  cause,
  message: CAUSES[cause],
});

/** The type of a file by what is in it, whatever its name or sender says; null for every other type. */
export function uploadTypeOf(bytes: Uint8Array): UploadType | null {
  const found = SIGNATURES.find((signature) => signature.bytes.every((byte, index) => bytes[index] === byte));
  return found?.contentType ?? (isPdf(bytes) ? 'application/pdf' : null);
}

/** A PDF may have other bytes before it (a printer's commands, a mail's header), but nothing that runs in a browser. */
function isPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, PDF_HEADER_WITHIN + 5)).toString('latin1');
  const at = head.indexOf('%PDF-');
  return at === 0 || (at > 0 && !/<[a-z!?/]|^(MZ|PK|GIF8|\u007fELF|#!)/i.test(head.slice(0, at)));
}

/**
 * Whether a file may be stored (第21条1項), to be asked before it is: its size, its type by content, that a picture can be shown,
 * and that nothing a person can read in a PDF holds a My Number, in files inside it neither. A PDF that cannot be read within
 * bounds is refused. Pictures are not read: a person sees them.
 */
export async function guardUpload(bytes: Uint8Array, budget = createBudget()): Promise<UploadVerdict> {
  return (await inspectUpload(bytes, budget)).verdict;
}

/** Like guardUpload, with what was found in a PDF. */
export async function inspectUpload(bytes: Uint8Array, budget = createBudget()): Promise<Inspection> {
  const contentType = uploadTypeOf(bytes);
  if (bytes.byteLength > MAX_UPLOAD_BYTES) return { verdict: refuse('tooLarge'), pdf: null };
  if (contentType === null)
    return { verdict: refuse('wrongType', isHeic(bytes) ? HEIC : undefined), pdf: null };
  if (contentType !== 'application/pdf') {
    return {
      verdict: pixelsOf(bytes) > MAX_PIXELS ? unreadable('pixels') : { ok: true, contentType },
      pdf: null,
    };
  }
  const pdf = await readPdf(bytes);
  if (typeof pdf === 'string') return { verdict: unreadable(pdf), pdf: null };
  return { verdict: await judgePdf(pdf, budget), pdf };
}

async function judgePdf(pdf: PdfContents, budget: Budget): Promise<UploadVerdict> {
  const found = await lookInto(pdf, { depth: MAX_DEPTH, budget });
  if (found.myNumber) return refuse('myNumber');
  return found.unread.length === 0
    ? { ok: true, contentType: 'application/pdf' }
    : { ok: true, contentType: 'application/pdf', unread: found.unread };
}

/** How much deeper, and how much more, may be looked. */
interface Bounds {
  depth: number;
  budget: Budget;
}

interface Looked {
  myNumber: boolean;
  unread: string[];
}

async function lookInto(
  { pages, other, unreadPages, attachments }: PdfContents,
  { depth, budget }: Bounds,
): Promise<Looked> {
  const looked: Looked = { myNumber: [...pages, ...other].some(containsMyNumber), unread: [] };
  if (unreadPages.length > 0) {
    looked.unread.push(
      `${unreadPages.slice(0, 10).join('、')}ページの文字は、文字コードの情報がないため読み取れません。`,
    );
  }
  for (const { name, bytes } of attachments) {
    const may = depth > 0 && budget.take();
    const inner = may ? await lookIntoFile(bytes, { depth: depth - 1, budget }) : null;
    if (inner === null) looked.unread.push(`PDFに添付されたファイル「${name}」の内容は確認できません。`);
    else {
      looked.myNumber ||= inner.myNumber;
      looked.unread.push(...inner.unread);
    }
  }
  return looked;
}

/** What a file inside a file says; null where it cannot be read. */
async function lookIntoFile(bytes: Uint8Array, bounds: Bounds): Promise<Looked | null> {
  const type = uploadTypeOf(bytes);
  if (type === 'application/pdf') {
    const pdf = await readPdf(bytes);
    return typeof pdf === 'string' ? null : lookInto(pdf, bounds);
  }
  if (type !== null) return { myNumber: false, unread: [] };
  if (looksLikeMail(bytes)) {
    const mail = readMail(bytes);
    return isUnreadable(mail) ? null : { myNumber: mail.everyText.some(containsMyNumber), unread: [] };
  }
  const { text, broken } = decodeText(bytes);
  const binary = /\p{Cc}/u.test(text.replace(/[\n\r\t\f]/g, '')) || broken > 0;
  return containsMyNumber(text)
    ? { myNumber: true, unread: [] }
    : binary
      ? null
      : { myNumber: false, unread: [] };
}

const isHeic = (bytes: Uint8Array) =>
  /^ftyp(hei|hev|mif1|msf1|avif)/.test(Buffer.from(bytes.subarray(4, 12)).toString('latin1'));

/** Width × height of a picture; 0 where its header does not say. */
function pixelsOf(bytes: Uint8Array): number {
  try {
    const { width, height } = imageSize(bytes);
    return width * height;
  } catch {
    return 0;
  }
}
