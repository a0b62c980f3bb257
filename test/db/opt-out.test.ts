import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { optIn, optOut } from '../../db/queries/opt-out/record.ts';
import { contactOfToken, optOutToken } from '../../db/queries/opt-out/token.ts';
import { contacts } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { openTestDatabase } from '../support/workers.ts';

const SECRET = 'a secret of the test, 32 characters';

let pool: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  pool = openTestDatabase();
});
afterAll(async () => pool.close());

async function contact(): Promise<{ id: string; contractId: string }> {
  const [contractId = ''] = await insertContractRows(pool.db, 1, { prefix: randomUUID().slice(0, 8) });
  const [row] = await pool.db.select().from(contacts).where(eq(contacts.contractId, contractId));
  return { id: row?.id ?? '', contractId };
}

test('a link names its contact and nobody can make one without the secret', () => {
  const contactId = randomUUID();
  const token = optOutToken(SECRET, contactId);
  expect(token).toMatch(/^[\w-]{64}$/);
  expect(contactOfToken(SECRET, token)).toBe(contactId);
  expect(contactOfToken('another secret of the test, 32 characters', token)).toBeNull();
  const other = Buffer.from(token, 'base64url');
  other[0] = (other[0] ?? 0) ^ 1;
  for (const forged of ['', 'x', `${token}x`, `${token}=`, other.toString('base64url')]) {
    expect(contactOfToken(SECRET, forged)).toBeNull();
  }
});

test('the first opt-out is kept with its time and way, a second one changes nothing, staff can take it back', async () => {
  const { db } = pool;
  const { id: contactId, contractId } = await contact();
  const at = new Date('2026-11-22T01:02:03Z');
  expect(await optOut(db, { contactId, how: 'oneClick', actor: 'customer', at })).toBe('recorded');
  expect(await optOut(db, { contactId, how: 'link', actor: 'customer', at: new Date() })).toBe('known');
  const row = () => db.query.contacts.findFirst({ where: (t, { eq: is }) => is(t.id, contactId) });
  expect(await row()).toMatchObject({ optedOutAt: at, optedOutHow: 'oneClick' });
  expect(await optIn(db, { contactId, actor: randomUUID() })).toBe(true);
  expect(await optIn(db, { contactId, actor: randomUUID() })).toBe(false);
  expect(await row()).toMatchObject({ optedOutAt: null, optedOutHow: null });
  const audit = await db.query.auditEntries.findMany({
    where: (t, { eq: is }) => is(t.subjectId, contractId),
  });
  expect(audit.map(({ action }) => action)).toEqual(['contact.optedOut', 'contact.optedIn']);
});

test('an opt-out of a contact that is gone is told so', async () => {
  const gone = { contactId: randomUUID(), how: 'link' as const, actor: 'customer', at: new Date() };
  expect(await optOut(pool.db, gone)).toBe('unknown');
});
