import { simpleParser } from 'mailparser';
import { createFileStorage } from '../../storage/file-storage.ts';

/** What a mail says in plain words, from the file that was kept of it. */
export async function mailText(documentsDir: string, storageKey: string | null): Promise<string> {
  const raw = await createFileStorage(documentsDir).get(storageKey ?? '');
  return (await simpleParser(Buffer.from(raw))).text ?? '';
}
