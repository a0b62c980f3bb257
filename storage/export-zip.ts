import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { CorrectionRow, DocumentRow } from '../db/queries/archive/search.ts';
import { BYTE_ORDER_MARK, type CsvValue, csvText } from '../domain/base/csv.ts';
import type { DocumentStorage } from './file-storage.ts';

export type ExportedDocument = DocumentRow & { corrections: CorrectionRow[] };

const KIND_NAMES = {
  certificate: '契約証書',
  invoice: '請求書',
  invoiceData: '請求書データ',
  statement: '精算書',
  partnerCopy: '媒介者の請求書の写し',
  receipt: '領収書',
  deletionProof: '削除証明書',
} as const;
/** How the name of an archived file ends. */
export const endingOf = (kind: DocumentRow['kind']): 'pdf' | 'xml' =>
  kind === 'invoiceData' ? 'xml' : 'pdf';

const FIELD_NAMES = { documentOn: '日付', amountYen: '金額', counterparty: '取引先' } as const;

/**
 * A ZIP of documents with `index.csv` (where each is, by date, amount and counterparty, with its SHA-256) and
 * `corrections.csv`. A document is read when its turn comes, so memory does not grow with the archive. One that is
 * missing or is not what was archived fails the whole: an export with a hole is none.
 */
export function exportZip(documents: AsyncIterable<ExportedDocument>, storage: DocumentStorage): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', fail);
  fill(zip, documents, storage).catch(fail);
  zip.outputStream.pipe(output);
  return output;
}

async function fill(
  zip: ZipFile,
  documents: AsyncIterable<ExportedDocument>,
  storage: DocumentStorage,
): Promise<void> {
  const index: CsvValue[][] = [INDEX_HEAD];
  const corrections: CsvValue[][] = [CORRECTIONS_HEAD];
  for await (const document of documents) {
    const file = `${document.kind}/${document.documentOn}_${document.number}.${endingOf(document.kind)}`;
    zip.addReadStreamLazy(file, { compress: false, mtime: new Date(document.documentOn) }, (give) => {
      contentsOf(storage, document, file).then(
        (contents) => give(null, Readable.from([contents])),
        (error: unknown) => give(error, new PassThrough()),
      );
    });
    index.push(indexEntry(document, file));
    for (const { field, before, after, reason, correctedBy, correctedAt } of document.corrections) {
      const values = [FIELD_NAMES[field], before, after, reason, correctedBy, correctedAt.toISOString()];
      corrections.push([file, ...values]);
    }
  }
  zip.addBuffer(csv(index), 'index.csv');
  zip.addBuffer(csv(corrections), 'corrections.csv');
  zip.end();
}

const INDEX_HEAD = [
  '種類',
  '番号',
  '日付',
  '金額（円）',
  '取引先',
  '保存期限',
  'ファイル',
  'バイト数',
  'SHA-256',
  '訂正',
];
const CORRECTIONS_HEAD = ['ファイル', '項目', '訂正前', '訂正後', '理由', '訂正者', '訂正日時'];

function indexEntry(document: ExportedDocument, file: string): CsvValue[] {
  const { kind, number, documentOn, amountYen, counterparty, keepThrough, bytes, sha256, corrections } =
    document;
  return [
    KIND_NAMES[kind],
    number,
    documentOn,
    amountYen ?? '',
    counterparty,
    keepThrough,
    file,
    bytes,
    sha256,
    corrections.length === 0 ? '' : `${corrections.length}件`,
  ];
}

async function contentsOf(
  storage: DocumentStorage,
  document: ExportedDocument,
  file: string,
): Promise<Buffer> {
  const contents = await storage.get(document.storageKey);
  if (createHash('sha256').update(contents).digest('hex') !== document.sha256) {
    throw new Error(`${file} is not the document that was archived.`);
  }
  return Buffer.from(contents);
}

const csv = (rows: readonly (readonly CsvValue[])[]) =>
  Buffer.from(BYTE_ORDER_MARK + csvText(rows, { quoted: true }));
