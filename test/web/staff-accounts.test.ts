import { randomUUID } from 'node:crypto';
import { and, eq, ne, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeStaff } from '../../db/queries/staff/change.ts';
import { staffLinkToken } from '../../db/queries/staff/link-token.ts';
import { auditEntries, proposals, staff, staffLinks, tasks } from '../../db/schema/index.ts';
import { Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let admin: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  admin = await signedIn(web, 'admin');
});
beforeEach(() => {
  web.clock.now = null;
});
afterAll(() => web.close());

const path = (id: string, change = '') => `/staff/accounts/${id}${change === '' ? '' : `/${change}`}`;

/** What an administrator sends by a form of the page. */
const send = (id: string, change: string, fields: Record<string, string> = {}, by = admin) =>
  by.browser.post(path(id, change), { csrf: by.csrf, commandId: randomUUID(), ...fields });

const accountOf = async (id: string) => (await web.db.select().from(staff).where(eq(staff.id, id)))[0];
const isIn = async (browser: Browser) => (await browser.get('/staff')).status === 200;
const auditOf = async (id: string) =>
  (await web.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id))).map(
    ({ action }) => action,
  );

/** A second administrator decides on what the first asked for. */
async function decide(location: string, verdict: 'confirm' | 'reject', by = admin) {
  const proposalId = location.split('/').at(-1) ?? '';
  const [task] = await web.db.select().from(tasks).where(eq(tasks.subjectId, proposalId));
  return by.browser.post(`${location}/decision`, {
    ...{ csrf: by.csrf, commandId: randomUUID(), taskId: task?.id ?? '' },
    ...{ verdict, reason: '本人に確かめました。' },
  });
}

async function invite(email: string, fields: Record<string, string> = { 'roles.reviewer': 'yes' }) {
  const form = { csrf: admin.csrf, commandId: randomUUID(), name: '青葉 花子', email };
  return admin.browser.post('/staff/accounts', { ...form, ...fields });
}

async function linkOf(staffId: string): Promise<string> {
  const rows = await web.db
    .select()
    .from(staffLinks)
    .where(and(eq(staffLinks.staffId, staffId), sql`${staffLinks.closedAt} is null`));
  const token = staffLinkToken(web.served.config.SESSION_SECRET, rows[0]?.id ?? '');
  expect(JSON.stringify(rows)).not.toContain(token);
  return `/staff/sign-in/link/${token}`;
}

async function choose(link: string, password: string, again = password) {
  const browser = new Browser(web.app);
  const form = await browser.get(link);
  if (form.status !== 200) return form;
  const formToken = fieldValue(form, 'formToken');
  return browser.post(link, { formToken, newPassword: password, newPasswordAgain: again });
}

async function signInWith(email: string, password: string) {
  const browser = new Browser(web.app);
  const formToken = fieldValue(await browser.get('/staff/sign-in'), 'formToken');
  return browser.post('/staff/sign-in', { formToken, email, password });
}

describe('an invitation', () => {
  test('leads by one link to a password, which signs in; the account is there before, and lets nobody in', async () => {
    const email = `${randomUUID()}@hasso.example`;
    const invited = await invite(email.toUpperCase());
    expect(invited.location).toMatch(/\?done=invited$/);
    const id = invited.location?.split('/').at(-1)?.split('?')[0] ?? '';
    expect((await admin.browser.get(path(id))).html).toContain('招待中');
    expect((await signInWith(email, '')).status).toBe(422);
    const link = await linkOf(id);
    expect((await choose(link, 'short')).status).toBe(422);
    expect((await choose(link, 'correct horse battery', 'another horse')).html).toContain('一致していません');
    expect((await choose(link, 'correct horse battery')).location).toBe('/staff/sign-in?done=password');
    expect((await choose(link, 'a second password 2')).status).toBe(410);
    expect((await signInWith(email, 'correct horse battery')).status).toBe(303);
    expect(await auditOf(id)).toEqual(
      expect.arrayContaining(['staff.created', 'staff.invited', 'staff.passwordChosen', 'staff.signedIn']),
    );
  });

  test('is over after seven days, and when another is sent', async () => {
    const person = await signedIn(web, 'reviewer');
    await send(person.id, 'invite');
    const first = await linkOf(person.id);
    await send(person.id, 'invite');
    expect((await choose(first, 'correct horse battery')).status).toBe(410);
    const second = await linkOf(person.id);
    web.clock.now = new Date(Date.now() + 7 * 86_400_000 + 1000);
    expect((await choose(second, 'correct horse battery')).status).toBe(410);
  });

  test('whose form is sent twice is one account and one link', async () => {
    const form = { csrf: admin.csrf, commandId: randomUUID(), name: '青葉 花子', 'roles.legal': 'yes' };
    const fields = { ...form, email: `${randomUUID()}@hasso.example` };
    const first = await admin.browser.post('/staff/accounts', fields);
    expect((await admin.browser.post('/staff/accounts', fields)).location).toBe(first.location);
    const [row] = await web.db.select().from(staff).where(eq(staff.email, fields.email));
    const links = await web.db
      .select()
      .from(staffLinks)
      .where(eq(staffLinks.staffId, row?.id ?? ''));
    expect(links).toHaveLength(1);
  });

  test('for a forgotten password ends the sessions of before', async () => {
    const person = await signedIn(web, 'reviewer');
    await send(person.id, 'invite');
    await choose(await linkOf(person.id), 'correct horse battery');
    expect(await isIn(person.browser)).toBe(false);
    expect((await signInWith(person.email, person.password)).status).toBe(422);
  });

  test('does not give the right to administer, goes to no address twice and keeps what was typed', async () => {
    const email = `${randomUUID()}@hasso.example`;
    const page = await invite(email, { 'roles.admin': 'yes' });
    expect(page.status).toBe(422);
    expect(page.html).toContain(email);
    expect((await invite(email, { 'roles.auditor': 'yes', 'roles.legal': 'yes' })).html).toContain('兼ねる');
    expect((await invite('no address')).html).toContain('形が正しくありません');
    expect((await invite(admin.email)).html).toContain('すでにあります');
  });
});

describe('administration', () => {
  test('changes roles and ends sessions alone, at once', async () => {
    const person = await signedIn(web, 'reviewer');
    expect((await send(person.id, 'roles', { 'roles.billing': 'yes' })).location).toContain('done=roles');
    expect((await accountOf(person.id))?.roles).toEqual(['billing']);
    expect(await isIn(person.browser)).toBe(false);
    const other = await signedIn(web, 'reviewer');
    expect((await send(other.id, 'endSessions')).location).toContain('done=endSessions');
    expect(await isIn(other.browser)).toBe(false);
    expect(await auditOf(person.id)).toContain('staff.rolesChanged');
  });

  test('opens a closed account by two: nobody confirms their own, and nobody but an administrator', async () => {
    const person = await signedIn(web, 'reviewer');
    await send(person.id, 'disable');
    expect((await accountOf(person.id))?.active).toBe(false);
    expect((await send(person.id, 'enable')).html).toContain('理由を入力してください');
    const asked = await send(person.id, 'enable', { reason: '復職しました。' });
    const location = asked.location ?? '';
    expect(location).toMatch(/^\/staff\/proposals\//);
    expect((await admin.browser.get(path(person.id))).html).toContain('もう一人の管理者の確認を待っています');
    expect((await decide(location, 'confirm')).status).toBe(403);
    expect((await decide(location, 'confirm', await signedIn(web, 'approver'))).status).toBe(403);
    expect((await accountOf(person.id))?.active).toBe(false);
    const second = await signedIn(web, 'admin');
    expect((await decide(location, 'confirm', second)).status).toBe(303);
    expect((await accountOf(person.id))?.active).toBe(true);
  });

  test.each([
    ['gives the right', ['reviewer'], { 'roles.admin': 'yes' }],
    ['takes it', ['admin'], { 'roles.reviewer': 'yes' }],
  ] as const)('%s by two, and a no leaves everything as it is', async (_, roles, fields) => {
    const person = await signedIn(web, ...roles);
    const asked = await send(person.id, 'roles', { ...fields, reason: '担当替えのため。' });
    const second = await signedIn(web, 'admin');
    expect((await decide(asked.location ?? '', 'reject', second)).status).toBe(303);
    expect((await accountOf(person.id))?.roles).toEqual(roles);
    expect(await isIn(person.browser)).toBe(true);
    const again = await send(person.id, 'roles', { ...fields, reason: '担当替えのため。' });
    expect((await decide(again.location ?? '', 'confirm', second)).status).toBe(303);
    expect((await accountOf(person.id))?.roles).toEqual(
      Object.keys(fields).map((field) => field.replace('roles.', '')),
    );
    expect(await isIn(person.browser)).toBe(false);
  });

  test('never closes the last administrator, not by the command line either', async () => {
    const outcome = await web.db
      .transaction(async (tx) => {
        await tx
          .update(staff)
          .set({ active: false })
          .where(and(ne(staff.id, admin.id), sql`'admin' = any(${staff.roles})`));
        const by = { actor: 'cli', now: new Date() };
        const answers = [
          await changeStaff(tx, { id: admin.id }, { kind: 'disable' }, by),
          await changeStaff(tx, { email: admin.email }, { kind: 'roles', roles: ['legal'] }, by),
        ];
        throw Object.assign(new Error('rolled back'), { answers });
      })
      .catch((error: unknown) => Reflect.get(Object(error), 'answers'));
    expect(outcome).toEqual([
      expect.objectContaining({ ok: false, code: 'ruleRefuses' }),
      expect.objectContaining({ ok: false, code: 'ruleRefuses' }),
    ]);
  });

  test('is for administrators alone', async () => {
    const person = await signedIn(web, 'operations');
    expect((await person.browser.get('/staff/accounts')).status).toBe(403);
    expect((await send(admin.id, 'endSessions', {}, person)).status).toBe(403);
    expect(await isIn(admin.browser)).toBe(true);
    expect((await admin.browser.get('/staff/accounts')).html).toContain(person.email);
  });

  test('the same form sent twice is one proposal', async () => {
    const person = await signedIn(web, 'reviewer');
    const fields = { commandId: randomUUID(), 'roles.admin': 'yes', reason: '担当替えのため。' };
    const first = await send(person.id, 'roles', fields);
    expect((await send(person.id, 'roles', fields)).location).toBe(first.location);
    const rows = await web.db
      .select()
      .from(proposals)
      .where(eq(proposals.about, `staff/${person.id}`));
    expect(rows).toHaveLength(1);
  });
});
