import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { DataExport } from '../db/queries/data-request/export.ts';
import type { DocumentStorage } from './file-storage.ts';

/** A ZIP of `data.json` and the files of an export. A file that is missing fails the whole. */
export async function dataExportZip(
  { data, files }: DataExport,
  storage: DocumentStorage,
  madeAt: Date,
): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(JSON.stringify(data, null, 2)), 'data.json', { mtime: madeAt });
  for (const { name, storageKey } of files) {
    zip.addBuffer(Buffer.from(await storage.get(storageKey)), plainEntryName(name), { mtime: madeAt });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** Names of files come from outside: none may leave the folder into which the ZIP is unpacked. */
function plainEntryName(name: string): string {
  return name
    .split('/')
    .map((part) => part.replace(/[\\:\p{Cc}]/gu, '_').replace(/^\.+/, '_'))
    .filter((part) => part !== '')
    .join('/');
}
