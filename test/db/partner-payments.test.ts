import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { openDunnings } from '../../db/queries/dunning/open.ts';
import { documentsOfMonth } from '../../db/queries/month-close/documents.ts';
import { registerPartner } from '../../db/queries/partner/register.ts';
import { payersByText } from '../../db/queries/payment/find-payer.ts';
import { contractOfPayer, payerNamesOf } from '../../db/queries/payment/read.ts';
import { isPayer, openPapers } from '../../db/queries/payment/receivable.ts';
import { dunnings, papers } from '../../db/schema/index.ts';
import { civilDate, jstInstant, monthKey } from '../../domain/calendar/civil-date.ts';
import { corporateNumber } from '../support/application.ts';
import { plantedRun, plantPapers, rowOfPaper } from '../support/issued-papers.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
afterAll(close);

test('what a partner pays stands under its name, and no customer is reminded of it', async () => {
  const name = `株式会社取次${randomUUID()}`;
  const registered = await registerPartner(db, {
    ...{ commandId: randomUUID(), corporateNumber: corporateNumber(), enteredBy: randomUUID() },
    values: {
      ...{ name, postalCode: '100-0001', address: '東京都千代田区千代田1-1' },
      ...{ registrationNumber: '', registryState: 'notAsked' },
    },
    terms: { from: civilDate('2020-01-01'), mode: 'resale', ratePercent: '80' },
    at: new Date(),
  });
  const partnerId = registered?.partnerId ?? '';
  const prefix = `PAR${randomUUID().slice(0, 8).toUpperCase()}`;
  const [issuedOn, dueOn] = [civilDate('2026-01-10'), civilDate('2026-01-30')];
  const [own] = await plantPapers(db, prefix, [
    { kana: 'カブシキガイシャモモ', totalYen: 100, issuedOn, dueOn },
  ]);
  if (own === undefined) throw new Error('no paper was planted');
  const paper = {
    ...{ paperId: randomUUID(), contractId: own.contractId, number: `${prefix}-2026-900001` },
    ...{ totalYen: 39_600, issuedOn, dueOn },
  };
  await db.insert(papers).values({ ...rowOfPaper(await plantedRun(db), paper), payer: partnerId });

  expect(await payerNamesOf(db, [partnerId, own.customerId])).toEqual(
    new Map([
      [own.customerId, expect.any(String)],
      [partnerId, name],
    ]),
  );
  expect(await payersByText(db, { text: name, sandbox: true, limit: 5 })).toEqual([partnerId]);
  expect(await contractOfPayer(db, partnerId)).toBe(own.contractId);
  expect(await isPayer(db, { payer: partnerId, sandbox: true })).toBe(true);
  const open = await openPapers(db, { sandbox: true, payers: [partnerId] });
  expect(open.map(({ number }) => number)).toEqual([paper.number]);
  const exported = await documentsOfMonth(db, { month: monthKey('2026-01'), sandbox: true });
  expect(exported.find(({ number }) => number === paper.number)?.payer).toEqual({ code: partnerId, name });

  await openDunnings(db, { nowMs: jstInstant(civilDate('2026-02-10')), limit: 1_000 });
  const begun = await db.select({ id: dunnings.id }).from(dunnings);
  expect(begun.map(({ id }) => id)).toContain(own.paperId);
  expect(begun.map(({ id }) => id)).not.toContain(paper.paperId);
});
