import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { EvidenceFile, EvidenceTable } from '../db/queries/evidence/gather.ts';
import { BYTE_ORDER_MARK, csvText } from '../domain/base/csv.ts';
import type { DocumentStorage } from './file-storage.ts';
import { looksLikeMail } from './mail/mime.ts';
import { uploadTypeOf } from './upload-guard.ts';

const ENDINGS = {
  'application/pdf': '.pdf',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/tiff': '.tif',
} as const;

/**
 * A ZIP of tables (CSV) and files with `index.csv` and `index.html`: every file in it by path, what it is, size and SHA-256. A
 * file that is missing or damaged fails the whole: an export with a hole is none. Gives the digest of `index.csv` too.
 */
export async function evidenceZip(
  evidence: { tables: readonly EvidenceTable[]; files: readonly EvidenceFile[] },
  storage: DocumentStorage,
): Promise<{ zip: Readable; indexSha256: string }> {
  const zip = new ZipFile();
  const index: string[][] = [];
  const add = (path: string, what: string, bytes: Buffer) => {
    index.push([path, what, String(bytes.byteLength), createHash('sha256').update(bytes).digest('hex')]);
    zip.addBuffer(bytes, path);
  };
  for (const { name, title, columns, rows } of evidence.tables) {
    add(`tables/${name}.csv`, `${title}（${rows.length}件）`, csvOf([columns, ...rows]));
  }
  for (const { table, storageKey } of evidence.files) {
    const bytes = Buffer.from(await storage.get(storageKey));
    const digest = storageKey.split('/').at(-1) ?? '';
    add(`files/${table}/${digest}${endingOf(bytes)}`, `${table} の原本`, bytes);
  }
  const head = ['ファイル', '内容', 'バイト数', 'SHA-256'];
  const csv = csvOf([head, ...index]);
  zip.addBuffer(csv, 'index.csv');
  zip.addBuffer(Buffer.from(page(head, index)), 'index.html');
  zip.end();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  return { zip: output, indexSha256: createHash('sha256').update(csv).digest('hex') };
}

function endingOf(bytes: Buffer): string {
  const type = uploadTypeOf(bytes);
  if (type !== null) return ENDINGS[type];
  return looksLikeMail(bytes) ? '.eml' : '';
}

const csvOf = (rows: readonly (readonly string[])[]) =>
  Buffer.from(BYTE_ORDER_MARK + csvText(rows, { quoted: true }));

function page(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const safe = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const cells = (tag: string, values: readonly string[]) =>
    `<tr>${values.map((value) => `<${tag}>${safe(value)}</${tag}>`).join('')}</tr>`;
  const body = rows.map(([path = '', ...rest]) => {
    const linked = `<td><a href="${safe(path)}">${safe(path)}</a></td>`;
    return `<tr>${linked}${rest.map((value) => `<td>${safe(value)}</td>`).join('')}</tr>`;
  });
  return `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><title>証拠一式</title><h1>証拠一式</h1><table border="1">${cells('th', head)}${body.join('')}</table></html>`;
}
