import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { gatherEvidence } from '../../db/queries/evidence/gather.ts';
import { evidenceZip } from '../../storage/evidence-zip.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { contractDriver } from '../support/contract-life.ts';
import { applicants } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(async () => workers.stop());

test('the evidence of a contract holds its certificate, its mails and its audit entries, each with its digest', async () => {
  const { db } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude();
  const driver = contractDriver(db, workers.client, contractId);
  await driver.mailed('certificateIssued');
  const subject = await deletionSubject(db, contractId);
  if (subject === null) throw new Error('no such contract');
  const evidence = await gatherEvidence(db, subject);
  const names = evidence.tables.map(({ name }) => name);
  for (const name of ['contracts', 'applications', 'certificates', 'mails', 'audit_entries']) {
    expect(names).toContain(name);
  }
  const contacts = evidence.tables.find(({ name }) => name === 'contacts');
  expect(contacts?.rows.flat()).toContain('青葉 花子');
  const [certificate] = await driver.certificates();
  expect(evidence.files.map(({ storageKey }) => storageKey)).toContain(certificate?.storageKey);
  const { zip, indexSha256 } = await evidenceZip(evidence, createFileStorage(workers.config.DOCUMENTS_DIR));
  const bytes = (await buffer(zip)).toString('latin1');
  expect(bytes).toContain(`files/certificates/${certificate?.sha256}.pdf`);
  expect(bytes).toContain('index.html');
  expect(indexSha256).toMatch(/^[0-9a-f]{64}$/);
});
