import { randomUUID } from 'node:crypto';
import { inArray, like } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealRow } from '../../db/personal/seal-row.ts';
import { moveContract } from '../../db/queries/partner/move.ts';
import { registerPartner } from '../../db/queries/partner/register.ts';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { billingContacts, documents, mails } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { PARTNER_MODES, type PartnerMode } from '../../domain/billing/payers.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { corporateNumber } from '../support/application.ts';
import { billingDriver } from '../support/billing.ts';
import { type OwnStack, startOwnStack } from '../support/own-stack.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const DAY = civilDate('2027-05-10');
const BEGINNING = civilDate('2020-01-01');

let stack: OwnStack;
let workers: RunningWorkers;
beforeAll(async () => {
  stack = await startOwnStack();
  workers = await startWorkers(stack.env);
});
afterAll(async () => {
  await workers.stop();
  await stack.stop();
});

const db = () => workers.composed.db;

/** A partner with one contact for invoices, and a contract that is with it from its beginning. */
async function contractWith(mode: PartnerMode, contractId: string): Promise<string> {
  const number = corporateNumber();
  const by = { enteredBy: randomUUID(), confirmedBy: randomUUID(), at: new Date() };
  const made = await registerPartner(db(), {
    ...{ commandId: randomUUID(), corporateNumber: number, enteredBy: by.enteredBy, at: by.at },
    values: {
      ...{ name: `株式会社取次${mode}`, postalCode: '100-0001', address: '東京都千代田区千代田1-1' },
      ...{ registrationNumber: `T${number}`, registryState: 'noKey' },
    },
    terms: { from: BEGINNING, mode, ratePercent: mode === 'resale' ? '75' : null },
  });
  const partnerId = made?.partnerId ?? '';
  const contact = { name: '経理 花子', kana: 'ケイリ ハナコ', phone: '03-1234-5678' };
  const email = `${mode}@partner.example`;
  await db()
    .insert(billingContacts)
    .values({ partnerId, ...sealRow(billingContacts, partnerId, { ...contact, email }) });
  await db().transaction((tx) => moveContract(tx, { contractId, partnerId, from: BEGINNING }, by));
  return partnerId;
}

test('a run makes each paper in its mode’s way: kind, payer, number range, archive, and who is written to', async () => {
  const billing = billingDriver(db(), workers.client);
  const rows = await insertContractRows(db(), PARTNER_MODES.length, { prefix: 'PART' });
  const partnerOf = new Map<PartnerMode, string>();
  for (const [index, mode] of PARTNER_MODES.entries()) {
    partnerOf.set(mode, await contractWith(mode, rows[index] ?? ''));
  }
  await billing.begin(DAY);
  await billing.inStatus(DAY, 'review');
  await billing.release(DAY);
  const run = await billing.inStatus(DAY, 'issued');
  const issued = await billing.papers(run.id);
  const numbers = issued.flatMap(({ number }) => number ?? []);
  const filed = await db().select().from(documents).where(inArray(documents.number, numbers));
  const sent = await db().select().from(mails).where(like(mails.key, 'invoice/%'));
  const of = (mode: PartnerMode) => {
    const contractId = rows[PARTNER_MODES.indexOf(mode)];
    const paper = issued.find((each) => each.contractId === contractId);
    const who = (id: string | undefined) => (id === partnerOf.get(mode) ? 'partner' : id);
    return {
      way: [paper?.type, who(paper?.payer), who(paper?.deliveredBy), paper?.series],
      filed: filed
        .filter(({ number }) => number === paper?.number)
        .map(({ kind }) => kind)
        .toSorted(),
      mailed: sent
        .filter(({ key }) => key.includes(paper?.id ?? 'none'))
        .map(({ recipient }) => recipient === `${mode}@partner.example`),
    };
  };
  const direct = { way: ['invoice', 'customer', 'operator', 'INV'], filed: ['invoice'], mailed: [false] };
  expect(of('none')).toEqual(direct);
  expect(of('referral')).toEqual(direct);
  expect(of('resale')).toEqual({
    ...{ way: ['invoice', 'partner', 'operator', 'INV'], mailed: [true] },
    filed: ['invoice', 'invoiceData'],
  });
  expect(of('agent')).toEqual({
    ...{ way: ['invoice', 'customer', 'partner', 'INV'], filed: ['invoice'], mailed: [true] },
  });
  expect(of('intermediary')).toEqual({
    ...{ way: ['statement', 'partner', 'operator', 'STM'], filed: ['statement'], mailed: [true] },
  });
  expect(sent.every(({ status }) => status === 'accepted')).toBe(true);
  for (const mode of PARTNER_MODES) {
    const asked = await findOpenTask(db(), { subjectId: partnerOf.get(mode) ?? '', kind: 'partnerPapers' });
    expect([mode, asked !== null]).toEqual([mode, mode === 'agent' || mode === 'intermediary']);
  }
}, 300_000);
