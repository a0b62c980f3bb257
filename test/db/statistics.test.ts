import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import type { Transaction } from '../../db/client.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { publishStatistics } from '../../db/queries/statistics/publish.ts';
import { readStatistics } from '../../db/queries/statistics/read.ts';
import {
  applications,
  catalogueVersions,
  contracts,
  customers,
  termsEditions,
} from '../../db/schema/index.ts';
import { type CivilDate, civilDate } from '../../domain/calendar/civil-date.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
afterAll(close);

const TODAY = '2031-05-10' as CivilDate;
const ASKED = { minGroup: 5 };

/** Contracts as statistics see them, in a transaction that is rolled back. */
async function withContracts(
  rows: readonly { address: string; count: number; sandbox?: boolean; concludedOn?: string }[],
  look: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const rollback = new Error('rolled back');
  await db
    .transaction(async (tx) => {
      // What other tests have left in the database ended long before.
      await tx.update(contracts).set({ endsOn: civilDate('2020-01-01') });
      await tx
        .insert(catalogueVersions)
        .values({ version: 1, effectiveOn: civilDate('2020-01-01') })
        .onConflictDoNothing();
      const [edition] = await tx
        .insert(termsEditions)
        .values({ number: 9_001, title: 'x', effectiveOn: civilDate('2020-01-01') })
        .returning({ id: termsEditions.id });
      for (const { address, count, sandbox = false, concludedOn = '2031-02-03' } of rows) {
        for (let made = 0; made < count; made++) {
          await addContract(tx, { address, sandbox, concludedOn, termsEditionId: edition?.id ?? '' });
        }
      }
      await look(tx);
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
}

async function addContract(
  tx: Transaction,
  input: { address: string; sandbox: boolean; concludedOn: string; termsEditionId: string },
): Promise<void> {
  const { address, sandbox, concludedOn, termsEditionId } = input;
  const text = { companyName: '', companyKana: '', corporateNumber: '', postalCode: '', address, phone: '' };
  const person = { representativeName: '', representativeKana: '', contactName: '', contactKana: '' };
  const [application] = await tx
    .insert(applications)
    .values(
      sealRow(applications, randomUUID(), {
        ...text,
        ...person,
        contactEmail: '',
        contactPhone: '',
        usePlace: '',
        usedInJapanOnly: true,
        receiptNumber: randomUUID(),
        submissionKey: randomUUID(),
        channel: 'web',
        receivedAt: new Date(),
        sandbox,
        contractKind: 'annual',
        catalogueVersion: 1,
        planCode: 'a',
        licences: 1,
        communicationPayment: 'prepaid',
      }),
    )
    .returning({ id: applications.id });
  const [customer] = await tx
    .insert(customers)
    .values(
      sealRow(customers, randomUUID(), {
        corporateNumber: '',
        name: '',
        kana: '',
        postalCode: '',
        address,
        phone: '',
        sandbox,
      }),
    )
    .returning({ id: customers.id });
  await tx.insert(contracts).values({
    contractNumber: randomUUID(),
    companyId: randomUUID(),
    customerId: customer?.id ?? '',
    applicationId: application?.id ?? '',
    kind: 'annual',
    concludedOn: civilDate(concludedOn),
    firstDay: civilDate(concludedOn),
    catalogueVersion: 1,
    planCode: 'a',
    options: [],
    licences: 1,
    communicationPayment: 'prepaid',
    termsEditionId,
    sandbox,
  });
}

/** Two prefectures and two months that are small by themselves and together large enough to hide each other. */
const SMALL = [
  { address: '京都府京都市', count: 3, concludedOn: '2029-01-01' },
  { address: '奈良県奈良市', count: 3, concludedOn: '2031-03-10' },
];

test('a closed month is published once, live and sandbox apart, and neither counts contracts of after its end', async () => {
  await withContracts(
    [
      ...SMALL,
      { address: '東京都千代田区', count: 8 },
      { address: '大阪府大阪市', count: 6 },
      { address: '東京都千代田区', count: 7, concludedOn: '2031-05-01' },
      { address: '東京都港区', count: 2, sandbox: true },
    ],
    async (tx) => {
      expect(await publishStatistics(tx, TODAY)).toBe(2);
      expect(await publishStatistics(tx, TODAY)).toBe(0);
      const live = await readStatistics(tx, { sandbox: false, ...ASKED });
      expect(live).toMatchObject({ month: '2031-04', asOf: '2031-04-30' });
      expect(live?.tables.prefecture).toMatchObject({ 東京都: 8, 大阪府: 6, 京都府: null });
      expect(live?.tables.month).toMatchObject({ '2031-02': 14, earlier: null });
    },
  );
});

test('a prefecture that grows by one keeps the number that was shown, one that grows by five gets the new one', async () => {
  await withContracts(
    [
      ...SMALL,
      { address: '東京都千代田区', count: 8 },
      { address: '大阪府大阪市', count: 6 },
      { address: '東京都千代田区', count: 1, concludedOn: '2031-05-01' },
      { address: '大阪府大阪市', count: 5, concludedOn: '2031-05-01' },
    ],
    async (tx) => {
      await publishStatistics(tx, TODAY);
      await publishStatistics(tx, '2031-06-01' as CivilDate);
      const next = await readStatistics(tx, { sandbox: false, ...ASKED });
      expect(next).toMatchObject({ month: '2031-05' });
      expect(next?.tables.prefecture).toMatchObject({ 東京都: 8, 大阪府: 11 });
    },
  );
});

test('statistics that were made with a smaller group than allowed now are not shown', async () => {
  await withContracts([{ address: '東京都千代田区', count: 8 }], async (tx) => {
    await publishStatistics(tx, TODAY);
    expect(await readStatistics(tx, { sandbox: false, minGroup: 6 })).toBeNull();
  });
});

test('the application may not change or delete what was published', async () => {
  for (const statement of [
    'update statistics_editions set min_group = 1',
    'delete from statistics_editions',
  ]) {
    await expect(db.execute(sql.raw(statement)), statement).rejects.toMatchObject({
      cause: { message: expect.stringContaining('permission denied') },
    });
  }
});
