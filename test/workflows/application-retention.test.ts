import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealRow } from '../../db/personal/seal-row.ts';
import { planDeletion } from '../../db/queries/deletion/plan.ts';
import { applicationSubject } from '../../db/queries/deletion/subject.ts';
import { applicationDocuments, applications } from '../../db/schema/index.ts';
import { sweepNow } from '../../gateway/retention.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { pdfOf } from '../support/pdf.ts';
import { applicants, eventually } from '../support/people.ts';
import { randomWord } from '../support/random-word.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const DAY_MS = 86_400_000;

let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(async () => workers.stop());

/** A withdrawn application with a file, so many days ago. */
async function withdrawn(daysAgo: number) {
  const { client, composed, config } = workers;
  const { db } = composed;
  const people = applicants(db, client);
  const { applicationId } = await people.submit();
  const file = await createFileStorage(config.DOCUMENTS_DIR).put(await pdfOf(`original ${randomWord()}`));
  await db.insert(applicationDocuments).values(
    sealRow(applicationDocuments, applicationId, {
      applicationId,
      fileName: '申込書.pdf',
      contentType: 'application/pdf',
      addedBy: 'test',
      storageKey: file.key,
      sha256: file.sha256,
      bytes: file.bytes,
    }),
  );
  await people.waitFor(applicationId, 'review');
  const applicant = { kind: 'applicant' as const };
  expect(await people.gateway.withdraw(applicationId, { commandId: randomUUID(), actor: applicant })).toEqual(
    {
      ok: true,
    },
  );
  await client.workflow.getHandle(applicationReviewId(applicationId)).result();
  const updatedAt = new Date(Date.now() - daysAgo * DAY_MS);
  await db.update(applications).set({ updatedAt }).where(eq(applications.id, applicationId));
  return { applicationId, file: file.key };
}

test('of an application that became no contract, its days over, only numbers, dates and the evidence stay; before that everything', async () => {
  const { client, composed, config } = workers;
  const { db } = composed;
  const storage = createFileStorage(config.DOCUMENTS_DIR);
  const [young, old] = [await withdrawn(89), await withdrawn(92)];
  await sweepNow(client);
  const row = (id: string) => db.query.applications.findFirst({ where: (t) => eq(t.id, id) });
  const going = async (id: string) =>
    (await planDeletion(db, applicationSubject(id))).filter(
      ({ action }) => action === 'erase' || action === 'reduce',
    );
  expect(await row(young.applicationId)).toMatchObject({ companyName: '株式会社青葉テスト商会' });
  expect(await storage.has(young.file)).toBe(true);

  expect(await row(old.applicationId)).toMatchObject({
    status: 'withdrawn',
    companyName: '',
    contactEmail: '',
  });
  expect((await going(old.applicationId)).filter(({ table }) => table !== 'personal_keys')).toEqual([]);
  expect(await storage.has(old.file)).toBe(false);
  const key = await db.query.personalKeys.findFirst({ where: (t) => eq(t.ownerId, old.applicationId) });
  expect(key).toMatchObject({ wrapped: null });
  await eventually('its execution is gone', async () => {
    const description = await client.workflow
      .getHandle(applicationReviewId(old.applicationId))
      .describe()
      .catch(() => null);
    return description === null ? true : null;
  });
  const entries = async () =>
    (await db.query.auditEntries.findMany({ where: (t) => eq(t.subjectId, old.applicationId) })).filter(
      ({ action }) => action.startsWith('due.'),
    );
  expect((await entries()).map(({ action }) => action)).toEqual(['due.application']);

  // The sweep of the next day finds nothing to do.
  await sweepNow(client);
  expect(await entries()).toHaveLength(1);
});
