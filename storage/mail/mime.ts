import { fromBase64, type Header, readHeader } from './header.ts';

/** One part of a mail: a leaf with contents, a multipart with children, or a mail inside the mail. */
export interface Part {
  header: Header;
  /** In lower case, for example text/plain; what the part says, or what its place makes of it. */
  type: string;
  /** The encoding that the part states for its text; '' for none. */
  charset: string;
  /** The name given for keeping it as a file; '' for none. */
  fileName: string;
  attached: boolean;
  /** The contents without their transfer encoding; empty for a multipart. */
  content: Buffer;
  children: readonly Part[];
  /** The mail that it holds, where it is one. */
  mail: Part | null;
}

/** A mail that is more than a mail: `parts`, or too deep, or with an endless header. */
export class MailTooComplex extends Error {
  readonly limit: 'parts' | 'depth' | 'header';

  constructor(limit: 'parts' | 'depth' | 'header') {
    super(`a mail exceeds the limit of ${limit}`);
    this.limit = limit;
  }
}

export const MAX_PARTS = 1_000;
const MAX_DEPTH = 40;
const MAX_HEADER_BYTES = 1024 * 1024;

/** Parses a mail into its parts (RFC 2045 to 2049), taking what is broken as a person would. Throws MailTooComplex. */
export function parseMime(bytes: Uint8Array): Part {
  const source = withLineFeeds(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return parsePart(withoutEnvelope(source), { left: MAX_PARTS }, 0, 'text/plain');
}

/** The header alone, whatever stands behind it. */
export function readMailHeader(bytes: Uint8Array): Header {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SNIFFED_BYTES));
  return readHeader(divide(withoutEnvelope(withLineFeeds(source))).head);
}

/** Old programs end lines with a carriage return alone. */
function withLineFeeds(source: Buffer): Buffer {
  if (source.includes(0x0a) || !source.includes(0x0d)) return source;
  return Buffer.from(source.map((byte) => (byte === 0x0d ? 0x0a : byte)));
}

/** Without a byte order mark, empty lines and the `From ` line before the header. */
function withoutEnvelope(source: Buffer): Buffer {
  let from = source.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  while (source[from] === 0x0a || source[from] === 0x0d) from += 1;
  if (!/^>?From /.test(source.subarray(from, from + 6).toString('latin1'))) return source.subarray(from);
  const end = source.indexOf(0x0a, from);
  return source.subarray(end < 0 ? source.length : end + 1);
}

function parsePart(source: Buffer, budget: { left: number }, depth: number, defaultType: string): Part {
  if (budget.left <= 0) throw new MailTooComplex('parts');
  if (depth > MAX_DEPTH) throw new MailTooComplex('depth');
  budget.left -= 1;
  const { head, body } = divide(source);
  if (head.length > MAX_HEADER_BYTES) throw new MailTooComplex('header');
  const header = readHeader(head);
  const contentType = header.parametric('content-type');
  const disposition = header.parametric('content-disposition');
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(contentType.value) ? contentType.value : defaultType;
  const part = {
    header,
    type,
    charset: contentType.parameters.get('charset') ?? '',
    fileName: disposition.parameters.get('filename') ?? contentType.parameters.get('name') ?? '',
    attached: disposition.value === 'attachment',
  };
  const boundary = contentType.parameters.get('boundary') ?? '';
  const pieces = type.startsWith('multipart/') && boundary !== '' ? piecesOf(body, boundary) : [];
  if (pieces.length > 0) {
    const childType = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    const children = pieces.map((piece) => parsePart(piece, budget, depth + 1, childType));
    return { ...part, content: Buffer.alloc(0), children, mail: null };
  }
  const content = decodeTransfer(body, header.text('content-transfer-encoding'));
  // A multipart without its boundary is shown as the text that it is.
  const leafType = type.startsWith('multipart/') ? 'text/plain' : type;
  const isMailPart =
    /^message\/(rfc822|global|news)$/.test(type) || (isNamedMail(part.fileName) && looksLikeMail(content));
  const mail = isMailPart ? parsePart(withoutEnvelope(content), budget, depth + 1, 'text/plain') : null;
  return { ...part, type: mail === null ? leafType : 'message/rfc822', content, children: [], mail };
}

const isNamedMail = (fileName: string) => /\.(eml|mht|mime)$/i.test(fileName);

/** What stands before and behind the first empty line. A part may begin with that line. */
function divide(source: Buffer): { head: Buffer; body: Buffer } {
  for (let from = 0; from < source.length; ) {
    const lineFeed = source.indexOf(0x0a, from);
    if (lineFeed < 0) break;
    const empty = lineFeed === from || (lineFeed === from + 1 && source[from] === 0x0d);
    if (empty) return { head: source.subarray(0, from), body: source.subarray(lineFeed + 1) };
    from = lineFeed + 1;
  }
  return { head: source, body: Buffer.alloc(0) };
}

/** The pieces between the boundary's lines. A missing last line is no loss. */
function piecesOf(body: Buffer, boundary: string): Buffer[] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const pieces: Buffer[] = [];
  let start = -1;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const lineFeed = body.indexOf(0x0a, at);
    const lineEnd = lineFeed < 0 ? body.length : lineFeed;
    const rest = body.subarray(at + mark.length, Math.min(lineEnd, at + mark.length + 80)).toString('latin1');
    if (!/^(--)?[ \t\r]*$/.test(rest)) continue;
    if (start >= 0) pieces.push(body.subarray(start, endBefore(body, start, at)));
    start = rest.startsWith('--') ? -1 : Math.min(lineEnd + 1, body.length);
    if (start < 0) break;
  }
  if (start >= 0) pieces.push(body.subarray(start));
  return pieces;
}

/** The line end before a boundary belongs to the boundary. */
function endBefore(body: Buffer, start: number, at: number): number {
  const end = body[at - 2] === 0x0d ? at - 2 : at - 1;
  return Math.max(start, end);
}

function decodeTransfer(body: Buffer, encoding: string): Buffer {
  switch (encoding.toLowerCase().replace(/[^a-z0-9-]/g, '')) {
    case 'base64':
      return fromBase64(body.toString('latin1'));
    case 'quoted-printable':
      return fromQuotedPrintable(body);
    default:
      return body;
  }
}

function fromQuotedPrintable(body: Buffer): Buffer {
  const text = body
    .toString('latin1')
    .replace(/[ \t]+(\r?\n|$)/g, '$1')
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

/** Where the header of a mail ends at the latest, in bytes. */
const SNIFFED_BYTES = 256 * 1024;
const TOLD_BY = [
  'received',
  'date',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'return-path',
  'content-type',
];

/**
 * Whether bytes are an e-mail, by the fields they begin with; a byte order mark, a `From ` line and a few lines that are no
 * fields do not matter.
 */
export function looksLikeMail(bytes: Uint8Array): boolean {
  const { names, brokenLines } = readMailHeader(bytes);
  const known = TOLD_BY.filter((name) => names.has(name)).length;
  return brokenLines <= names.size && known >= (names.has('from') || names.has('sender') ? 1 : 3);
}
