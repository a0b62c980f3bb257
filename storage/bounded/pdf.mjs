import './no-canvas.mjs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isBomb } from './pdf-size.mjs';

const MAX_PAGES = 500;
const MAX_CHARACTERS = 5_000_000;
const MAX_ATTACHMENTS = 100;
const MAX_ATTACHED_BYTES = 30 * 1024 * 1024;
/** Glyphs on a page that stand for no known character before its text counts as unread: a My Number has twelve. */
const UNKNOWN_GLYPHS = 12;
const HOME = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/**
 * Everything in a PDF that a person could read or open: the text of its pages and what lies beside them.
 * @param {Uint8Array} bytes
 */
export async function readPdf(bytes) {
  if (isBomb(bytes)) return { refused: 'tooMuch' };
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(HOME, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(HOME, 'standard_fonts/'),
    useSystemFonts: false,
    disableFontFace: true,
    fontExtraProperties: true,
    enableXfa: true,
    // Pictures are not read.
    maxImageSize: 1,
    verbosity: 0,
  });
  const document = await task.promise.catch((error) => ({
    failed: error?.name === 'PasswordException' ? 'password' : 'broken',
  }));
  if ('failed' in document) return { refused: document.failed };
  if (document.numPages > MAX_PAGES) return { refused: 'pages', pages: document.numPages };
  const found = { pages: [], other: [], unreadPages: [], attachments: [], xml: '' };
  found.other.push(...(await besidePages(document, found)));
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    await readPage(page, number, found);
    page.cleanup();
    if (lengthOf(found.pages) + lengthOf(found.other) > MAX_CHARACTERS) return { refused: 'tooMuch' };
  }
  const attached = found.attachments.reduce((total, { bytes: content }) => total + content.length, 0);
  if (found.attachments.length > MAX_ATTACHMENTS || attached > MAX_ATTACHED_BYTES)
    return { refused: 'tooMuch' };
  return found;
}

const lengthOf = (texts) => texts.reduce((total, text) => total + text.length, 0);

/** Document information, XMP, bookmarks, form fields, layers, page labels, scripts, files inside. */
async function besidePages(document, found) {
  const [metadata, outline, fields, labels, scripts, layers, attachments] = await Promise.all([
    document.getMetadata(),
    document.getOutline(),
    document.getFieldObjects(),
    document.getPageLabels(),
    document.getJSActions(),
    document.getOptionalContentConfig(),
    document.getAttachments(),
  ]);
  found.xml = metadata.metadata?.getRaw?.() ?? '';
  keepAttachments(Object.values(attachments ?? {}), found);
  const names = layers === null ? [] : [...layers].map(([, { name }]) => name);
  const values = [...(fields?.values?.() ?? Object.values(fields ?? {}))];
  return [
    valuesOf(metadata.info),
    valuesOf(outline),
    valuesOf(values),
    valuesOf(labels),
    valuesOf(scripts),
    valuesOf(names),
    valuesOf(document.allXfaHtml),
  ];
}

function keepAttachments(files, found) {
  for (const file of files) {
    const content = file?.content;
    found.other.push(valuesOf([file?.filename, file?.rawFilename, file?.description]));
    if (content instanceof Uint8Array)
      found.attachments.push({ name: String(file.filename ?? ''), bytes: content });
  }
}

async function readPage(page, number, found) {
  const { items } = await page.getTextContent();
  const runs = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''));
  found.pages.push(runs.join(''));
  const annotations = await page.getAnnotations();
  for (const { file, ...annotation } of annotations) {
    if (file) keepAttachments([file], found);
    found.other.push(valuesOf(annotation));
  }
  found.other.push(valuesOf(await page.getStructTree()));
  const drawn = glyphsOf(page, await page.getOperatorList());
  found.other.push(drawn.inAnnotations);
  if (drawn.unknown >= UNKNOWN_GLYPHS) found.unreadPages.push(number);
}

/** What is drawn: the text of annotations, which is no text of the page, and how many glyphs stand for no known character. */
function glyphsOf(page, { fnArray, argsArray }) {
  const drawn = { unknown: 0, inAnnotations: '' };
  let font = null;
  let within = false;
  for (const [at, operation] of fnArray.entries()) {
    if (operation === OPS.setFont) font = fontOf(page, argsArray[at]?.[0]);
    else if (operation === OPS.beginAnnotation) within = true;
    else if (operation === OPS.endAnnotation) within = false;
    else if (operation === OPS.showText) {
      const glyphs = (argsArray[at]?.[0] ?? []).filter(
        (glyph) => typeof glyph === 'object' && glyph !== null,
      );
      drawn.unknown += glyphs.filter((glyph) => !isKnown(font, glyph)).length;
      if (within) drawn.inAnnotations += `${glyphs.map(({ unicode }) => unicode).join('')} `;
    }
  }
  return drawn;
}

function fontOf(page, name) {
  try {
    return page.commonObjs.get(name);
  } catch {
    return null;
  }
}

/** Whether the PDF says which character a glyph is: codes alone mean something to the font only. */
function isKnown(font, { unicode, originalCharCode, isSpace }) {
  if (isSpace || font === null) return true;
  if (/[\p{Co}\p{Cn}\uFFFD]/u.test(unicode) || /^[\p{Cc}]+$/u.test(unicode)) return false;
  const { toUnicode, composite } = font;
  if (toUnicode === undefined || toUnicode === null) return true;
  if ('firstChar' in toUnicode) return !composite;
  const map = toUnicode._map ?? toUnicode;
  return originalCharCode === undefined || originalCharCode in map;
}

/** What looks like text and is none: ids, times, addresses. */
const NO_WORDS = new Set([
  'id',
  'annotationType',
  'modificationDate',
  'creationDate',
  'url',
  'unsafeUrl',
  'fingerprint',
  'appearance',
]);

/** Every text inside a value, one on each line. */
function valuesOf(value) {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return '';
  return (value instanceof Map ? [...value] : Object.entries(value))
    .filter(([key]) => !NO_WORDS.has(key))
    .map(([, each]) => valuesOf(each))
    .filter((text) => text !== '')
    .join('\n');
}
