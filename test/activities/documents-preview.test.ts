import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewCertificate } from '../../db/queries/certificate/preview.ts';
import { lastRevision } from '../../db/queries/certificate/records.ts';
import { createContract } from '../../db/queries/contract/create.ts';
import { findContract } from '../../db/queries/contract/find.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { renderCertificate } from '../../templates/certificate.ts';
import { storeApplication } from '../support/application.ts';
import { openTestDatabase } from '../support/workers.ts';
import { pdfText } from '../templates/pdf/read-pdf.ts';

const { db, close } = openTestDatabase();
beforeAll(() => addBaseData(db));
afterAll(close);

test('a preview states what would be issued, marked as a sample, and issues nothing', async () => {
  const { applicationId } = await storeApplication(db);
  const contractId = randomUUID();
  const [concludedOn, firstDay] = [civilDate('2026-11-22'), civilDate('2026-12-01')];
  await createContract(db, { applicationId, contractId, concludedOn, firstDay, businessAt: new Date() });
  const facts = await findContract(db, contractId);
  if (facts === null) throw new Error('no contract');
  const settings = {
    operator: { name: '運営', address: '東京都' },
    support: { channel: 'メール', hours: '平日' },
  };
  const actor = randomUUID();
  const payload = await previewCertificate(db, facts, {
    settings,
    actor,
    now: new Date('2026-11-24T00:00:00Z'),
  });
  expect(payload).toMatchObject({
    revision: 1,
    issuedOn: '2026-11-24',
    period: { from: '2026-12-01', to: '2027-11-30' },
    cancelBy: '2027-10-20',
    sample: true,
  });
  expect(payload.verification).toBeUndefined();
  expect(pdfText(await renderCertificate(payload))).toContain('見本（効力なし）');
  expect(await lastRevision(db, contractId)).toBe(0);
  const looks = await db.query.auditEntries.findMany({ where: (t, { eq }) => eq(t.actor, actor) });
  expect(looks.map(({ action }) => action)).toEqual(['certificate.previewed']);
});
