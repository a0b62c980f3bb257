import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractsToTell } from '../../db/queries/discontinuation/contracts.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { contracts } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import type { ToldStep } from '../../domain/discontinuation/discontinuation-status.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
beforeAll(async () => addBaseData(db));
afterAll(close);

test('the end is told to those that wrote down the announcement and to those that have not yet; calling off to the first alone', async () => {
  const planCode = `plan-${randomUUID().slice(0, 8)}`;
  const [told, untold, moved] = await insertContractRows(db, 3, { prefix: planCode, planCode });
  const [other] = await insertContractRows(db, 1, { prefix: `other-${planCode}`, planCode: 'standard' });
  if (told === undefined || untold === undefined || moved === undefined) throw new Error('no contracts');
  const id = await db.transaction((tx) =>
    createDiscontinuation(tx, {
      ...{ commandId: randomUUID(), enteredBy: randomUUID(), reason: '試験' },
      ...{ sandbox: true, planCode, lastDay: civilDate('2027-06-30'), forceMajeure: false },
    }),
  );
  await db
    .update(contracts)
    .set({ discontinuationId: id })
    .where(inArray(contracts.id, [told, moved]));
  // Wrote it down, and its row shows another plan meanwhile.
  await db
    .update(contracts)
    .set({ planCode: 'standard' })
    .where(inArray(contracts.id, [moved]));
  const concerns = async (step: ToldStep) => {
    const reach = { id, sandbox: true, planCode };
    const all = await contractsToTell(db, reach, { step, after: null, limit: 100 });
    return [told, untold, moved, other].map((each) => each !== undefined && all.includes(each));
  };
  expect(await concerns('announce')).toEqual([true, true, false, false]);
  expect(await concerns('withdraw')).toEqual([true, false, true, false]);
  expect(await concerns('end')).toEqual([true, true, true, false]);
});
