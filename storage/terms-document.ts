import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { containsMyNumber } from '../domain/data/my-number.ts';
import { joinPrintedLines, paragraphsOf } from '../domain/notice/terms-text.ts';
import { inspectUpload, MAX_UPLOAD_BYTES, uploadTypeOf } from './upload-guard.ts';

export type TermsType = 'application/pdf' | 'text/html' | 'text/markdown';

/** A document of terms, read: what is shown and compared. The uploaded bytes themselves are never shown as a page. */
export interface TermsDocument {
  contentType: TermsType;
  /** Cleaned HTML; null for a PDF, of which only the text is shown. */
  html: string | null;
  paragraphs: string[];
}

/** `message` is Japanese and for the person who uploads. */
export type TermsVerdict = ({ ok: true } & TermsDocument) | { ok: false; message: string };

/** Characters of a document that are compared with the edition before while a page waits. */
const MAX_CHARACTERS = 400_000;

const refuse = (message: string): TermsVerdict => ({ ok: false, message });

/** Reads a file of terms: its type by content, its text without anything active. Nothing is stored here. */
export async function readTermsDocument(bytes: Uint8Array): Promise<TermsVerdict> {
  if (bytes.byteLength > MAX_UPLOAD_BYTES) return refuse('ファイルは10MBまでです。');
  const type = uploadTypeOf(bytes);
  if (type === 'application/pdf') return readPdf(bytes);
  const text = type === null ? decode(bytes) : null;
  if (text === null) {
    return refuse('PDF、HTML、Markdownのいずれかのファイル（HTMLとMarkdownはUTF-8）を選択してください。');
  }
  const isHtml =
    /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body|main|article|section|div|h1|p)\b/i;
  const contentType = isHtml.test(text) ? 'text/html' : 'text/markdown';
  const html = cleaned(contentType === 'text/html' ? text : new MarkdownIt({ html: false }).render(text));
  return checked({ contentType, html, paragraphs: paragraphsOf(textOf(html)) });
}

async function readPdf(bytes: Uint8Array): Promise<TermsVerdict> {
  const { verdict, pdf } = await inspectUpload(bytes);
  if (!verdict.ok) return verdict;
  return checked({
    contentType: 'application/pdf',
    html: null,
    paragraphs: joinPrintedLines(pdf?.pages.join('\n') ?? ''),
  });
}

function checked(document: TermsDocument): TermsVerdict {
  const text = document.paragraphs.join('\n');
  if (text === '') {
    return refuse(
      '文字を読み取れません。画像だけのPDFでは前の版との違いを示せないため、文字を含むファイルを選択してください。',
    );
  }
  if (text.length > MAX_CHARACTERS) return refuse(`規約の文字数は${MAX_CHARACTERS / 10_000}万文字までです。`);
  if (containsMyNumber(text)) {
    return refuse(
      'ファイルに個人番号（マイナンバー）と思われる12桁の数字が含まれています。お預かりできません。',
    );
  }
  return { ok: true, ...document };
}

/** UTF-8 text; null for anything else. */
function decode(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
    return /\p{Cc}/u.test(text.replace(/[\n\r\t\f]/g, '')) ? null : text;
  } catch {
    return null;
  }
}

/** What a text of terms is made of. No links, pictures, styles or ids: nothing that loads, runs or leads elsewhere. */
const TAGS = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'ol', 'ul', 'li', 'dl', 'dt', 'dd', 'blockquote'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td', 'strong', 'b', 'em', 'i', 'u', 's'],
  ...['sup', 'sub', 'ruby', 'rt', 'rp', 'pre', 'code', 'div', 'section', 'article'],
];

function cleaned(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: TAGS,
    allowedAttributes: {
      ol: ['start', 'type'],
      li: ['value'],
      th: ['colspan', 'rowspan'],
      td: ['colspan', 'rowspan'],
    },
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template', 'svg', 'math'],
    nestingLimit: 50,
    // The page around it has the first heading.
    transformTags: { h1: 'h2' },
  });
}

const BLOCK_END =
  /<\/(?:h[1-6]|p|li|dt|dd|tr|blockquote|div|section|article|caption|pre)>|<(?:br|hr)\s*\/?>/gi;
const CELL_END = /<\/t[hd]>/gi;
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The words of cleaned HTML, one line for each block. */
function textOf(html: string): string {
  const lines = html.replaceAll('\n', ' ').replace(BLOCK_END, '\n').replace(CELL_END, '　');
  return sanitizeHtml(lines, { allowedTags: [], allowedAttributes: {} }).replace(
    /&(?:lt|gt|quot|amp);/g,
    (entity) => ENTITIES[entity] ?? entity,
  );
}
