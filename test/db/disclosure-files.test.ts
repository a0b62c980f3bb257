import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { sealRow } from '../../db/personal/seal-row.ts';
import { referencedFiles } from '../../db/queries/deletion/files.ts';
import { disclosures, retentionDues } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { randomWord } from '../support/random-word.ts';
import { storedContract } from '../support/stored-contract.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
afterAll(close);

test("an authority's paper is named until the time of secrecy is over, and is then swept away as a file without a row", async () => {
  const { contractId, applicationId } = await storedContract({ db });
  const storageKey = `sha256/${randomWord()}`;
  await db.insert(disclosures).values(
    sealRow(disclosures, applicationId, {
      commandId: randomUUID(),
      contractId,
      receivedOn: civilDate('2026-11-01'),
      authority: '警察署',
      officer: '担当官',
      legalBasis: 'investigation',
      basisText: '',
      scope: '契約者名',
      fileName: '照会書.pdf',
      storageKey,
      sha256: 'ab',
      requestedBy: randomUUID(),
      sandbox: true,
    }),
  );
  expect(await referencedFiles(db, [storageKey])).toEqual(new Set([storageKey]));
  const due = { contractId, kind: 'secrecy' as const, subjectId: contractId, dueOn: civilDate('2029-12-01') };
  await db.insert(retentionDues).values({ ...due, sandbox: true, firedAt: new Date() });
  expect(await referencedFiles(db, [storageKey])).toEqual(new Set());
});
