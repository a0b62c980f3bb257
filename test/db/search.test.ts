import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gramsOf, soughtGramsOf } from '../../db/personal/grams.ts';
import { indexForSearch } from '../../db/personal/search-index.ts';
import { changeOfficers } from '../../db/queries/officers/change.ts';
import { listContracts } from '../../db/queries/read/contract-list.ts';
import { contracts, customers, searchIndex } from '../../db/schema/index.ts';
import { storedContract } from '../support/stored-contract.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
afterAll(close);

let contract: typeof contracts.$inferSelect;
let corporateNumber: string;
beforeAll(async () => {
  const { contractId } = await storedContract({ db });
  const [row] = await db
    .select({ contract: contracts, corporateNumber: customers.corporateNumber })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(contracts.id, contractId));
  if (row === undefined) throw new Error('the contract is not there');
  ({ contract, corporateNumber } = row);
});

/** Ids of the contracts found, newest first. */
const found = async (text: string) =>
  (await listContracts(db, { status: null, text, limit: 50, offset: 0 })).rows.map(({ id }) => id);

const wide = (text: string) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

describe('a contract is found by', () => {
  test.each<[string, () => string]>([
    ['its number', () => contract.contractNumber],
    ['its number in full width', () => wide(contract.contractNumber)],
    [
      'its number in small letters, without hyphens',
      () => contract.contractNumber.replaceAll('-', '').toLowerCase(),
    ],
    ['its 企業ID', () => contract.companyId],
    ['the 法人番号 with a T', () => `T${corporateNumber}`],
    ['a part of the 法人番号', () => corporateNumber.slice(3, 11)],
  ])('%s', async (_, text) => {
    expect(await found(text())).toContain(contract.id);
  });

  test('its number alone, whatever other numbers have the same digits', async () => {
    const other = await storedContract({ db });
    const texts = [`${contract.contractNumber}0`];
    await indexForSearch(db, 'contract', [{ subjectId: other.contractId, texts }]);
    expect(await found(`${contract.contractNumber}0`)).toEqual([other.contractId]);
    for (const text of [contract.contractNumber, contract.contractNumber.replaceAll('-', '').toLowerCase()]) {
      expect(await found(text)).toEqual([contract.id]);
    }
  });

  test('its representative, also one that came later', async () => {
    const name = `新任${randomUUID().slice(0, 8)}`;
    expect(await found(name)).toEqual([]);
    await changeOfficers(db, {
      ...{ changeId: randomUUID(), contractId: contract.id, reason: '交代', enteredBy: 'tester' },
      people: { representativeName: name, representativeKana: 'シンニン', officersText: '' },
    });
    expect(await found(name)).toEqual([contract.id]);
  });

  test('its whole number when all that it was found by is deleted', async () => {
    await db.delete(searchIndex).where(eq(searchIndex.subjectId, contract.id));
    expect(await found(contract.contractNumber)).toEqual([contract.id]);
    expect(await found(corporateNumber)).not.toContain(contract.id);
  });
});

test('a text is found by each of its pieces, and asks for the longest alone', () => {
  expect(gramsOf('高崎商\nab')).toEqual(['高', '崎', '商', '高崎', '崎商', '高崎商', 'ab']);
  expect(soughtGramsOf('高崎商事')).toEqual(['高崎商', '崎商事']);
  expect(soughtGramsOf('高崎')).toEqual(['高崎']);
  expect(soughtGramsOf('高')).toEqual(['高']);
  expect(soughtGramsOf('a')).toEqual([]);
});
