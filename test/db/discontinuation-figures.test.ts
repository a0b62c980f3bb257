import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerOf } from '../../db/personal/owner.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { setBankAccount } from '../../db/queries/bank-account/set.ts';
import { eraseOwnRows } from '../../db/queries/deletion/erase.ts';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { planRows } from '../../db/queries/discontinuation/plan.ts';
import { plannedContracts } from '../../db/queries/discontinuation/planned-contracts.ts';
import { createRequest } from '../../db/queries/request/create.ts';
import { campaigns, contracts, discontinuationContracts, mails, requests } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { DEFAULT_BILLING_POLICY } from '../../domain/billing/billing-policy.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../domain/calendar/cutoff.ts';
import { contractRow } from '../support/contract-row.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
beforeAll(async () => addBaseData(db));
afterAll(async () => close());

const day = civilDate;
/** Annual from 2026-10-01, スタンダード with ten licences beyond those that it includes: 360,000 + 10 × 12,000 yen. */
const ANNUAL: Partial<ApplicationInput> = {
  ...{ contractKind: 'annual', planCode: 'standard', options: [], licences: 20 },
};
const SCOPE = {
  sandbox: true,
  planCode: 'standard',
  discontinuationId: null,
  ended: false,
  today: day('2027-03-01'),
};

/** What a contract gets back when スタンダード is discontinued on 2027-06-30 and nobody is told in time. */
async function figuresOf(contractId: string) {
  const terms = { lastDay: day('2027-06-30'), planCode: 'standard', forceMajeure: false };
  const cutoff = DEFAULT_CUTOFF_POLICY;
  const question = {
    ...{ scope: SCOPE, billing: DEFAULT_BILLING_POLICY },
    terms: { ...terms, announcedOn: SCOPE.today, cutoff },
    noticeOn: () => SCOPE.today,
  };
  for await (const row of planRows(db, question)) if (row.contractId === contractId) return row.outcome;
  throw new Error('the contract is not in the plan');
}

/** A change that has taken effect. */
async function changed(contractId: string, licences: number, on: string): Promise<void> {
  const commandId = randomUUID();
  await createRequest(db, {
    ...{ id: randomUUID(), commandId, contractId, kind: 'change', channel: 'email', enteredBy: randomUUID() },
    ...{
      arrivedAt: new Date(`${on.slice(0, 7)}-01T00:00:00Z`),
      arrivedAtPartner: null,
      enteredAt: new Date(),
    },
    ...{ storageKey: null, note: '', ground: '', wishedOn: null, requested: { licences } },
  });
  const done = { outcome: 'done' as const, computedOn: day(on), firstOn: day(on) };
  await db.update(requests).set(done).where(eq(requests.commandId, commandId));
  await db.update(contracts).set({ licences }).where(eq(contracts.id, contractId));
}

test('a cut inside a year that is paid does not cut the refund of that year (第6条7項, 第16条)', async () => {
  const contractId = await contractRow(db, ANNUAL);
  await changed(contractId, 10, '2026-12-01');
  const { periodFeeYen, paid, refund } = await figuresOf(contractId);
  expect({ periodFeeYen, paid }).toEqual({ periodFeeYen: 480_000, paid: true });
  // 2027-07-01 to 2027-09-30 are 92 days of 365.
  expect(refund.feeYen).toBe(Math.floor((480_000 * 92) / 365));
});

test('what an upgrade inside the year added is paid too', async () => {
  const contractId = await contractRow(db, ANNUAL);
  await changed(contractId, 30, '2026-12-01');
  expect(await figuresOf(contractId)).toMatchObject({ periodFeeYen: 600_000 });
});

test('of a year at the price of a campaign that price comes back, not that of the list (第5条4項)', async () => {
  const contractId = await contractRow(db, ANNUAL);
  const row = await db.query.contracts.findFirst({ where: (t, { eq: is }) => is(t.id, contractId) });
  await db.insert(campaigns).values({
    ...{ applicationId: row?.applicationId ?? '', title: 'キャンペーン', reason: '', status: 'effective' },
    ...{ until: day('2026-12-31'), planCode: 'standard', feeKind: 'annual', feeYen: 100_000 },
    ...{ enteredBy: randomUUID(), decidedBy: randomUUID(), decidedAt: new Date(), sandbox: true },
  });
  expect(await figuresOf(contractId)).toMatchObject({ periodFeeYen: 220_000 });
});

test('mail to staff about a contract says nothing about whether its customer is reached', async () => {
  const contractId = await contractRow(db, ANNUAL);
  const ownerId = await ownerOf(db, { subjectType: 'contract', subjectId: contractId });
  const mail = (kind: 'certificateIssued' | 'staffReminder', status: 'bounced' | 'accepted') =>
    db.insert(mails).values(
      sealRow(mails, ownerId, {
        ...{ key: randomUUID(), kind, status, subjectType: 'contract', subjectId: contractId },
        ...{
          recipient: 'hanako@aoba.example',
          messageId: `<${randomUUID()}@hasso.example>`,
          subjectLine: '',
        },
        ...{ businessAt: new Date(), sandbox: true, createdAt: new Date() },
      }),
    );
  await mail('certificateIssued', 'bounced');
  await mail('staffReminder', 'accepted');
  const terms = { lastDay: day('2027-06-30'), planCode: 'standard', forceMajeure: false };
  const question = {
    ...{ scope: SCOPE, billing: DEFAULT_BILLING_POLICY },
    terms: { ...terms, announcedOn: SCOPE.today, cutoff: DEFAULT_CUTOFF_POLICY },
  };
  for await (const row of plannedContracts(db, question))
    if (row.contractId === contractId) expect(row.unreachable).toBe(true);
  expect.assertions(1);
});

test('a customer whose refund was paid by a list can be deleted: the account goes, the refund stays (第22条6項)', async () => {
  const contractId = await contractRow(db, ANNUAL);
  const account = {
    ...{ bankCode: '0001', branchCode: '001', accountType: '1' as const },
    ...{ accountNumber: '1234567', holderKana: 'ｱｵﾊﾞ' },
  };
  const entered = await setBankAccount(db, { contractId, account, enteredBy: randomUUID() });
  const commandId = randomUUID();
  const discontinuationId = await createDiscontinuation(db, {
    ...{ commandId, sandbox: true, planCode: 'standard', lastDay: day('2027-06-30') },
    ...{ forceMajeure: false, reason: '', enteredBy: randomUUID() },
  });
  const { period, refund: paidBack, fate, paid, late, noticeOn, periodFeeYen } = await figuresOf(contractId);
  await db.insert(discontinuationContracts).values({
    ...{ discontinuationId, version: 1, contractId, fate, paid, late, noticeOn, periodFeeYen, ...paidBack },
    ...{ periodFrom: period.from, periodTo: period.to, steps: [], batch: 1 },
    bankAccountId: entered?.accountId ?? '',
  });
  await db.transaction(async (tx) => {
    const subject = await deletionSubject(tx, contractId);
    if (subject === null) throw new Error('there is nobody to delete');
    expect(await eraseOwnRows(tx, subject)).toMatchObject({ bank_accounts: 1, discontinuation_contracts: 1 });
  });
  const left = await db.query.discontinuationContracts.findFirst({
    where: (t, { eq: is }) => is(t.contractId, contractId),
  });
  expect(left).toMatchObject({ batch: 1, totalYen: paidBack.totalYen, bankAccountId: null });
});
