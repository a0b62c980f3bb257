import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { invoicedPeriodsOf } from '../../db/queries/billing/invoiced-periods.ts';
import { readLiabilityCap } from '../../db/queries/billing/liability.ts';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { gatherEvidence, liabilityTable } from '../../db/queries/evidence/gather.ts';
import { billedFrom } from '../../db/queries/partner/payers.ts';
import { papers } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { addDays, civilDate } from '../../domain/calendar/civil-date.ts';
import { plantedRun, plantPapers, rowOfPaper } from '../support/issued-papers.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
afterAll(close);

const [ISSUED, LATER] = [civilDate('2027-03-01'), civilDate('2027-04-01')];

/** An invoice of a month, replaced by one of an earlier month; and a paper by which some of it goes back. */
async function corrected() {
  await addBaseData(db);
  const prefix = `STA${randomUUID().slice(0, 8).toUpperCase()}`;
  const paper = { totalYen: 11_000, issuedOn: LATER, dueOn: civilDate('2027-04-30') };
  const [old] = await plantPapers(db, prefix, [{ kana: `カブシキガイシャ${prefix}`, ...paper }]);
  if (old === undefined) throw new Error('no paper was planted');
  const rowOf = (more: Partial<typeof paper>, suffix: string) => ({
    ...paper,
    ...{ paperId: randomUUID(), contractId: old.contractId, number: `${prefix}-2027-${suffix}`, ...more },
  });
  const anew = rowOf({ issuedOn: ISSUED, dueOn: civilDate('2027-03-31'), totalYen: 5_500 }, '900001');
  await db.insert(papers).values({ ...rowOfPaper(await plantedRun(db), anew), correctsId: old.paperId });
  const back = rowOf({ issuedOn: civilDate('2027-06-01'), totalYen: 1_100 }, '900002');
  const refund = { type: 'returnInvoice' as const, ofId: anew.paperId };
  await db.insert(papers).values({ ...rowOfPaper(await plantedRun(db), back), ...refund });
  return old.contractId;
}

test('what was billed is told by papers that stand: not by a replaced one, nor by what goes back', async () => {
  const contractId = await corrected();
  expect(await billedFrom(db, [contractId])).toBe(ISSUED);
  const invoiced = await invoicedPeriodsOf(db, { contractIds: [contractId], since: ISSUED });
  expect(invoiced.get(contractId)?.map(({ from }) => from)).toContain(ISSUED);
  expect(invoiced.get(contractId)?.map(({ from }) => from)).not.toContain(LATER);
  expect((await invoicedPeriodsOf(db, { contractIds: [contractId], since: addDays(LATER, 600) })).size).toBe(
    0,
  );

  // The planted invoice is of 5,000 yen without tax for March; what the price list asks of other months is apart.
  const question = { contractId, incidentOn: LATER, today: LATER };
  const { value } = await readLiabilityCap(db, question);
  expect(value.fees.filter(({ basis }) => basis === 'papers')).toMatchObject([
    { from: ISSUED, to: '2027-03-31', feeYen: 5_000 },
  ]);
});

test('the evidence of a contract holds its papers, and the limit of liability that they come to (第23条3項, 第25条)', async () => {
  const contractId = await corrected();
  const subject = await deletionSubject(db, contractId);
  if (subject === null) throw new Error('no such contract');
  const { tables } = await gatherEvidence(db, subject);
  const of = tables.find(({ name }) => name === 'papers');
  expect(of?.rows).toHaveLength(3);
  const { rows } = await liabilityTable(db, contractId, LATER);
  expect(rows).toContainEqual(['fee', ISSUED, '2027-03-31', '5000', 'papers']);
  expect(rows.at(-1)?.[0]).toBe('cap');
});
