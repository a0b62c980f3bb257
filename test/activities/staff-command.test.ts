import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { registerStaff } from '../../cli/staff.ts';
import { findSession } from '../../db/queries/session/find.ts';
import { openSession } from '../../db/queries/session/open.ts';
import { createStaff } from '../../db/queries/staff/create.ts';
import { findStaffByEmail } from '../../db/queries/staff/find-by-email.ts';
import { verifyPassword } from '../../db/queries/staff/password.ts';
import { stackEnv } from '../support/stacks.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
let output = '';
beforeEach(() => {
  output = '';
  vi.stubEnv('DATABASE_URL', stackEnv().DATABASE_URL);
  const collect = (text: string | Uint8Array) => {
    output += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(collect);
  vi.spyOn(process.stderr, 'write').mockImplementation(collect);
  vi.spyOn(console, 'log').mockImplementation((text: string) => collect(`${text}\n`));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(close);

/** Runs `hasso staff …`; what it refuses is thrown. */
async function staff(...args: string[]): Promise<string> {
  output = '';
  const program = new Command('hasso').exitOverride();
  registerStaff(program);
  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) command.exitOverride();
  await program.parseAsync(['staff', ...args], { from: 'user' });
  return output;
}

/** Somebody who is signed in. */
async function somebody(): Promise<{
  email: string;
  isIn: () => Promise<boolean>;
  openLate: () => Promise<boolean>;
}> {
  const email = `${randomUUID()}@hasso.example`;
  const account = { email, name: '青葉 太郎', roles: ['reviewer' as const], password: 'x', sample: false };
  const staffId = await createStaff(db, account, 'test');
  const [tokenHash, now] = [randomUUID(), new Date()];
  const expiresAt = new Date(now.getTime() + 3_600_000);
  const passwordHash = (await findStaffByEmail(db, email))?.passwordHash ?? '';
  const session = { staffId, passwordHash, csrfToken: 'x', now, expiresAt };
  expect(await openSession(db, { ...session, tokenHash })).toBe(true);
  const isIn = async () =>
    (await findSession(db, { tokenHash, now: new Date(), idleMs: 3_600_000 })) !== null;
  /** A sign-in whose password was found right before. */
  const openLate = () => openSession(db, { ...session, tokenHash: randomUUID() });
  return { email, isIn, openLate };
}

test.each([
  ['password', []],
  ['roles', ['--roles', 'operations']],
  ['disable', []],
  ['sign-out', []],
])('hasso staff %s ends every session of the person', async (name, more) => {
  const { email, isIn } = await somebody();
  expect(await isIn()).toBe(true);
  expect(await staff(name, '--email', email.toUpperCase(), ...more)).toContain('終了したサインイン 1件');
  expect(await isIn()).toBe(false);
});

test('a new password is shown once, and is the one that counts', async () => {
  const { email } = await somebody();
  const shown = /：(\S{16})\n$/.exec(await staff('password', '--email', email))?.[1] ?? '';
  const account = await findStaffByEmail(db, email);
  expect(await verifyPassword(account?.passwordHash ?? null, shown)).toBe(true);
  expect(await verifyPassword(account?.passwordHash ?? null, 'x')).toBe(false);
});

test.each(['password', 'disable'])(
  'a sign-in that was under way during %s opens no session',
  async (name) => {
    const { email, openLate } = await somebody();
    expect(await openLate()).toBe(true);
    await staff(name, '--email', email);
    expect(await openLate()).toBe(false);
  },
);

test('an account that is closed is found again only after it was opened', async () => {
  const { email } = await somebody();
  await staff('disable', '--email', email);
  expect(await findStaffByEmail(db, email)).toBeUndefined();
  await staff('enable', '--email', email);
  expect(await findStaffByEmail(db, email)).toBeDefined();
});

test('an account that there is not, and a role that there is not, are refused in words', async () => {
  await expect(staff('disable', '--email', `${randomUUID()}@hasso.example`)).rejects.toThrow(
    'アカウントはありません',
  );
  const { email, isIn } = await somebody();
  await expect(staff('roles', '--email', email, '--roles', 'boss')).rejects.toThrow();
  expect(output).toContain('reviewer、');
  expect(await isIn()).toBe(true);
});
