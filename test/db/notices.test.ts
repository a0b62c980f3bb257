import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addNoticeAudience, wouldBeRecipients } from '../../db/queries/notice/audience.ts';
import { createNotice, type NewNotice } from '../../db/queries/notice/create.ts';
import { findNotice, findNoticeByCause } from '../../db/queries/notice/find.ts';
import { freezeRecipients } from '../../db/queries/notice/freeze.ts';
import { noticeReach, noticeReachGroups } from '../../db/queries/notice/reach.ts';
import { contacts, contracts, noticeRecipients, notices } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { draft } from '../support/notices.ts';
import { openTestDatabase } from '../support/workers.ts';

let pool: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  pool = openTestDatabase();
});
afterAll(async () => pool.close());

const rows = (count: number, planCode = 'standard') =>
  insertContractRows(pool.db, count, { prefix: randomUUID().slice(0, 8), planCode });

async function frozen(input: NewNotice, ids: readonly string[]) {
  const { db } = pool;
  const noticeId = await createNotice(db, input);
  await addNoticeAudience(
    db,
    noticeId,
    ids.map((contractId) => ({ contractId })),
  );
  const result = await db.transaction(async (tx) => {
    const notice = await findNotice(tx, noticeId);
    if (notice === null) throw new Error('no notice');
    return freezeRecipients(tx, notice);
  });
  const recipients = await db
    .select()
    .from(noticeRecipients)
    .where(eq(noticeRecipients.noticeId, noticeId))
    .orderBy(noticeRecipients.position);
  return { noticeId, result, recipients };
}

test('a notice is made once for its key and found by its cause', async () => {
  const { db } = pool;
  const id = randomUUID();
  const cause = { type: 'termsEdition' as const, id, step: 'announcement', values: {}, clause: '第17条2項' };
  const input = draft({ cause });
  const noticeId = await createNotice(db, input);
  expect(await createNotice(db, input)).toBe(noticeId);
  expect(await findNoticeByCause(db, { type: 'termsEdition', id })).toMatchObject({
    id: noticeId,
    status: 'draft',
  });
  expect(await findNoticeByCause(db, { type: 'termsEdition', id, step: 'cancelled' })).toBeNull();
});

test('one person alone cannot stand for the two approvals of a cause', async () => {
  const cause = { type: 'feeChange' as const, id: randomUUID(), step: '', values: {}, clause: '第6条4項' };
  const approvedBy = ['same', 'same'] as const;
  await expect(createNotice(pool.db, draft({ cause: { ...cause, approvedBy } }))).rejects.toThrow(
    'two different',
  );
});

test('recipients are frozen once, without gaps in their positions; ended contracts are left out', async () => {
  const ids = await rows(3);
  await pool.db
    .update(contracts)
    .set({ status: 'ended' })
    .where(eq(contracts.id, ids[0] ?? ''));
  const { noticeId, result, recipients } = await frozen(draft(), ids);
  expect(result).toEqual({ recipients: 2 });
  expect(recipients.map(({ position, state }) => [position, state])).toEqual([
    [0, 'queued'],
    [1, 'queued'],
  ]);
  await pool.db
    .update(contracts)
    .set({ status: 'active' })
    .where(eq(contracts.id, ids[0] ?? ''));
  const again = await pool.db.transaction(async (tx) => {
    const notice = await findNotice(tx, noticeId);
    if (notice === null) throw new Error('no notice');
    return freezeRecipients(tx, notice);
  });
  expect(again).toEqual({ recipients: 2 });
});

test('a live notice never meets a sandbox contract', async () => {
  const ids = await rows(2);
  const { result } = await frozen(draft({ sandbox: false }), ids);
  expect(result).toEqual({ recipients: 0 });
});

test('the audience of a plan is its contracts and no others', async () => {
  const planCode = `plan-${randomUUID()}`;
  const ids = await rows(2, planCode);
  await rows(1);
  const audience = { id: randomUUID(), audience: 'plan' as const, planCode, sandbox: true };
  expect((await wouldBeRecipients(pool.db, audience, 1)).count).toBe(2);
  // No price list has this plan: other tests must not find it among live contracts.
  await pool.db.update(contracts).set({ status: 'ended' }).where(inArray(contracts.id, ids));
});

test('advertising leaves out who opted out, contractual mail does not (第14条)', async () => {
  const ids = await rows(2);
  await pool.db
    .update(contacts)
    .set({ optedOutAt: new Date(), optedOutHow: 'link' })
    .where(eq(contacts.contractId, ids[0] ?? ''));
  const states = async (input: NewNotice) => {
    const { recipients } = await frozen(input, ids);
    return new Map(recipients.map(({ contractId, state }) => [contractId, state]));
  };
  const advertising = await states(draft({ noticeClass: 'advertising' }));
  expect(advertising.get(ids[0] ?? '')).toBe('optedOut');
  expect(advertising.get(ids[1] ?? '')).toBe('queued');
  expect(new Set((await states(draft())).values())).toEqual(new Set(['queued']));
});

test('nothing is frozen while a contract lacks a value that the text needs', async () => {
  const { db } = pool;
  const ids = await rows(2);
  const noticeId = await createNotice(
    db,
    draft({
      cause: {
        type: 'feeChange',
        id: randomUUID(),
        step: '',
        values: {},
        contractValueNames: ['新料金'],
        clause: '第6条4項',
      },
    }),
  );
  const freeze = async () =>
    db.transaction(async (tx) => {
      const notice = await findNotice(tx, noticeId);
      if (notice === null) throw new Error('no notice');
      return freezeRecipients(tx, notice);
    });
  const [first = '', second = ''] = ids;
  await addNoticeAudience(db, noticeId, [
    { contractId: first, values: { 新料金: '1,000円' } },
    { contractId: second },
  ]);
  expect(await freeze()).toEqual({ missing: { contracts: 1, names: ['新料金'] } });
  await addNoticeAudience(db, noticeId, [{ contractId: second, values: { 新料金: '2,000円' } }]);
  expect(await freeze()).toEqual({ recipients: 2 });
});

test('the day of reach is JST: taken at 23:59:59 counts for that day, a bounce does not count, posting counts for all', async () => {
  const { db } = pool;
  const ids = await rows(3);
  const { noticeId, recipients } = await frozen(draft({ postOnWeb: true, postingText: '掲載' }), ids);
  const [first, second, third] = recipients.map(({ contractId }) => contractId);
  const set = (contractId: string | undefined, values: Partial<typeof noticeRecipients.$inferInsert>) =>
    db
      .update(noticeRecipients)
      .set(values)
      .where(eq(noticeRecipients.contractId, contractId ?? ''));
  await set(first, { state: 'accepted', acceptedAt: new Date('2026-06-30T14:59:59.999Z') });
  await set(second, { state: 'bounced', acceptedAt: new Date('2026-06-29T00:00:00Z') });
  await set(third, { state: 'letter', letterSentOn: civilDate('2026-06-29') });
  expect((await noticeReach(db, noticeId)).map(({ contractId, reach }) => [contractId, reach])).toEqual([
    [first, { on: '2026-06-30', by: 'mail' }],
    [second, null],
    [third, { on: '2026-06-29', by: 'letter' }],
  ]);
  await db
    .update(notices)
    .set({ postedAt: new Date('2026-06-27T15:00:00Z') })
    .where(eq(notices.id, noticeId));
  expect((await noticeReach(db, noticeId)).map(({ reach }) => reach)).toEqual(
    ids.map(() => ({ on: '2026-06-28', by: 'web' })),
  );
  expect(await noticeReach(db, noticeId, { contractId: second ?? '' })).toHaveLength(1);
  const each = (await noticeReach(db, noticeId)).map(({ state, reach }) => JSON.stringify([state, reach]));
  const groups = await noticeReachGroups(db, noticeId);
  const counted = groups.flatMap(({ state, reach, recipients }) =>
    Array<string>(recipients).fill(JSON.stringify([state, reach])),
  );
  expect(counted.toSorted()).toEqual(each.toSorted());
});
