import { createHash } from 'node:crypto';
import { Signer, SignPdf } from '@signpdf/signpdf';
import { cmsSignature, cmsSize, type SigningKey } from './signature-cms.ts';

export interface SignatureDetails {
  /** Instant of signing in milliseconds: comes from the business, so that a retry signs the same. */
  signedAtMs: number;
  reason: string;
}

/**
 * Signs a document of `TaggedDocument` (PAdES, B-B level: ETSI.CAdES.detached). The signature is appended, so the
 * unsigned bytes stay as they are; it is invisible and keeps PDF/A and PDF/UA valid. Same input, same bytes.
 */
export async function signDocument(
  pdf: Uint8Array,
  key: SigningKey,
  details: SignatureDetails,
): Promise<Uint8Array> {
  const prepared = withPlaceholder(Buffer.from(pdf), key, details);
  return new SignPdf().sign(prepared, new CmsSigner(key));
}

class CmsSigner extends Signer {
  readonly #key: SigningKey;

  constructor(key: SigningKey) {
    super();
    this.#key = key;
  }

  override async sign(content: Buffer): Promise<Buffer> {
    return cmsSignature(content, this.#key);
  }
}

/** An incremental update with an empty signature, its invisible field, and the page and catalogue that name them. */
function withPlaceholder(pdf: Buffer, key: SigningKey, details: SignatureDetails): Buffer {
  const file = readFile(pdf);
  const [signature, field] = [file.size, file.size + 1];
  const objects = new Map([
    [signature, signatureObject(key, details)],
    [
      field,
      `<</Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /V ${signature} 0 R /F 132 /Rect [0 0 0 0] /P ${file.page} 0 R>>`,
    ],
    [file.page, extended(file.object(file.page), `/Annots [${field} 0 R]`)],
    [file.root, extended(file.object(file.root), `/AcroForm <</Fields [${field} 0 R] /SigFlags 3>>`)],
  ]);
  const parts: Buffer[] = [pdf, Buffer.from('\n')];
  let length = pdf.length + 1;
  const entries: string[] = [];
  for (const [number, body] of [...objects].sort(([a], [b]) => a - b)) {
    entries.push(`${number} 1\n${String(length).padStart(10, '0')} 00000 n \n`);
    const bytes = Buffer.from(`${number} 0 obj\n${body}\nendobj\n`, 'latin1');
    parts.push(bytes);
    length += bytes.length;
  }
  const updated = createHash('sha256').update(pdf).digest('hex').slice(0, 32);
  const trailer = `<</Size ${file.size + 2} /Root ${file.root} 0 R /Info ${file.info} 0 R /ID [<${file.id}> <${updated}>] /Prev ${file.startXref}>>`;
  parts.push(
    Buffer.from(`xref\n${entries.join('')}trailer\n${trailer}\nstartxref\n${length}\n%%EOF`, 'latin1'),
  );
  return Buffer.concat(parts);
}

function signatureObject(key: SigningKey, { signedAtMs, reason }: SignatureDetails): string {
  const contents = '0'.repeat(2 * cmsSize(key));
  // The stars are where @signpdf writes the range.
  const range = '[0 /********** /********** /**********]';
  return `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ${range} /Contents <${contents}> /Name ${text(key.commonName)} /Reason ${text(reason)} /M (${pdfDate(signedAtMs)})>>`;
}

interface PdfFile {
  size: number;
  root: number;
  info: number;
  id: string;
  startXref: number;
  /** The first page. */
  page: number;
  /** The text of an object that is a dictionary without a stream. */
  object(number: number): string;
}

/** Reads what an update needs from a file as pdfkit writes it: a plain cross-reference table, one section. */
function readFile(pdf: Buffer): PdfFile {
  const text = pdf.toString('latin1');
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const startXref = Number(found(/startxref\s+(\d+)/, trailer));
  const offsets = text
    .slice(startXref, text.length - trailer.length)
    .split('\n')
    .slice(2)
    .map((line) => Number(line.slice(0, 10)));
  const object = (number: number) => {
    const start = text.indexOf('<<', offsets[number]);
    return text.slice(start, text.indexOf('endobj', start)).trim();
  };
  const root = Number(found(/\/Root (\d+) 0 R/, trailer));
  const pages = object(Number(found(/\/Pages (\d+) 0 R/, object(root))));
  return {
    size: Number(found(/\/Size (\d+)/, trailer)),
    root,
    info: Number(found(/\/Info (\d+) 0 R/, trailer)),
    id: found(/\/ID \[<([0-9a-fA-F]+)>/, trailer),
    startXref,
    page: Number(found(/\/Kids \[(\d+) 0 R/, pages)),
    object,
  };
}

function found(pattern: RegExp, text: string): string {
  const value = pattern.exec(text)?.[1];
  if (value === undefined) throw new Error(`The document cannot be signed: no ${pattern.source} in it.`);
  return value;
}

function extended(dictionary: string, entries: string): string {
  const name = entries.slice(0, entries.indexOf(' '));
  if (!dictionary.endsWith('>>') || dictionary.includes(name)) {
    throw new Error(`The document cannot be signed: ${name} is taken or its place is no dictionary.`);
  }
  return `${dictionary.slice(0, -2)}${entries}\n>>`;
}

/** A text string in UTF-16, as hex: no escapes to get wrong. */
function text(value: string): string {
  return `<feff${Buffer.from(value, 'utf16le').swap16().toString('hex')}>`;
}

/** The instant in Japanese time. */
function pdfDate(ms: number): string {
  const digits = new Date(ms + 9 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
  return `D:${digits}+09'00'`;
}
