import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findCampaign } from '../../db/queries/campaign/find.ts';
import {
  addDays,
  addMonths,
  civilDate,
  formatDateJa,
  jstDate,
  lastOfMonth,
} from '../../domain/calendar/civil-date.ts';
import type { CampaignTerms } from '../../domain/future/campaign.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { contractCampaignId } from '../../workflows/contract-campaign/messages.ts';
import { enteredCampaign } from '../support/campaigns.ts';
import { contractDriver } from '../support/contract-life.ts';
import { applicants } from '../support/people.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';
import { pdfText, withoutSpace } from '../templates/pdf/read-pdf.ts';

let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers();
});
afterAll(async () => workers.stop());

const today = jstDate(Date.now());

async function decided(applicationId: string, terms: Partial<CampaignTerms>) {
  const { db } = workers.composed;
  const campaign = await enteredCampaign(db, workers.client, applicationId, terms);
  expect(campaign.entered).toMatchObject({ campaign: { campaignId: campaign.campaignId } });
  expect(await campaign.decide(campaign.enteredBy)).toMatchObject({ code: 'samePerson' });
  expect(await campaign.decide(randomUUID())).toEqual({ ok: true });
  return campaign.campaignId;
}

async function textOf(storageKey: string): Promise<string> {
  const storage = createFileStorage(workers.config.DOCUMENTS_DIR);
  return withoutSpace(pdfText(await storage.get(storageKey)));
}

test('a campaign of an application gives the contract its first day, is certified, and ends by itself', async () => {
  const { db } = workers.composed;
  const people = applicants(db, workers.client);
  const { applicationId } = await people.submit({ contractKind: 'monthly' });
  const firstDay = addDays(today, 20);
  const until = addMonths(today, 3);
  await decided(applicationId, { firstDay, until });
  await people.review(applicationId, randomUUID(), 'recommendAccept');
  await people.approve(applicationId, randomUUID(), 'accept');
  await workers.client.workflow.getHandle(applicationReviewId(applicationId)).result();
  const contract = await db.query.contracts.findFirst({
    where: (t, { eq }) => eq(t.applicationId, applicationId),
  });
  expect(contract?.firstDay).toBe(firstDay);
  const driver = contractDriver(db, workers.client, contract?.id ?? '');
  await driver.mailed('certificateIssued');
  expect((await driver.periods())[0]).toMatchObject({ from: firstDay });
  await driver.to(`${addDays(until, 2)}T12:00:00+09:00`);
  await driver.mailed('certificateIssued', 2);
  const [before, after] = await driver.certificates();
  expect(after).toMatchObject({ causeKind: 'campaignEnd', causeRef: addDays(until, 1) });
  const printed = `利用契約期間の初日を${formatDateJa(firstDay)}とする`;
  expect(await textOf(before?.storageKey ?? '')).toContain(printed);
  expect(await textOf(after?.storageKey ?? '')).not.toContain(printed);
});

test('one that is decided on later is certified at once, and holds a cancellation', async () => {
  const { db } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude({ contractKind: 'monthly' });
  const driver = contractDriver(db, workers.client, contractId);
  await driver.mailed('certificateIssued');
  const contract = await driver.contract();
  const earliestEndsOn = lastOfMonth(addMonths(civilDate(contract?.firstDay ?? ''), 8));
  await decided(contract?.applicationId ?? '', { earliestEndsOn });
  await driver.mailed('certificateIssued', 2);
  const last = (await driver.certificates()).at(-1);
  expect(await textOf(last?.storageKey ?? '')).toContain(`${formatDateJa(earliestEndsOn)}より前に終了しない`);
  const end = await driver.ask({ kind: 'cancellation', arrived: new Date(Date.now() - 1_000).toISOString() });
  expect(end.answer).toMatchObject({ ok: true, effectiveOn: earliestEndsOn });
});

test('one that the second person does not agree to, or that silence left waiting past the conclusion, overrides nothing', async () => {
  const { db } = workers.composed;
  const people = applicants(db, workers.client);
  const { applicationId } = await people.submit({ contractKind: 'monthly' });
  const campaign = await enteredCampaign(db, workers.client, applicationId, { firstDay: addDays(today, 20) });
  const second = await enteredCampaign(db, workers.client, applicationId, { firstDay: addDays(today, 9) });
  expect(second.entered).toEqual({ refused: 'anotherWaits' });
  await people.review(applicationId, randomUUID(), 'recommendAccept');
  await people.approve(applicationId, randomUUID(), 'accept');
  await workers.client.workflow.getHandle(applicationReviewId(applicationId)).result();
  const late = await campaign.decide(randomUUID());
  expect(late).toMatchObject({ ok: false, code: 'ruleRefuses', clause: '第5条4項' });
  const open = await db.query.tasks.findFirst({ where: (t, { eq }) => eq(t.subjectId, applicationId) });
  expect(open).toMatchObject({ kind: 'campaignApproval', role: 'approver', status: 'open' });
  expect(await campaign.decide(randomUUID(), 'reject')).toEqual({ ok: true });
  await workers.client.workflow.getHandle(contractCampaignId(campaign.campaignId)).result();
  expect(await findCampaign(db, applicationId)).toBeNull();
  const task = await db.query.tasks.findFirst({ where: (t, { eq }) => eq(t.id, open?.id ?? '') });
  expect(task?.status).toBe('done');
});
