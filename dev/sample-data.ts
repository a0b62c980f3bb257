import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { type Account, addBaseData, addStaff, sampleLines } from './base-data.ts';
import { demoRecords } from './demo-records.ts';
import { HttpUser } from './http-user.ts';
import { decide, fillIn, type SampleApplication, send, signIn, typeIn, until } from './office.ts';
import { billSamples } from './sample-billing.ts';

/**
 * Sample data of the first `npm start`: accounts, plans, lists, and applications that go through the real forms and
 * workflows. Safe to repeat after an interruption.
 */
const config = loadConfig(process.env);
if (config.HASSO_MODE === 'production') throw new Error('Sample data is not for production.');
const { db, close } = openDatabase(config, 2);
await addBaseData(db);
const accountsFile = join(dirname(config.DOCUMENTS_DIR), 'accounts.json');
const passwords = new Map(knownPasswords());
// A password is on disk before its account exists: a start that was interrupted in between goes on with the same one.
const accounts = await addStaff(db, (role, fresh) => {
  const password = passwords.get(role) ?? fresh;
  passwords.set(role, password);
  writeAccounts([...passwords].map(([each, kept]) => ({ role: each, email: '', name: '', password: kept })));
  return password;
});
writeAccounts(accounts);

function writeAccounts(rows: Omit<Account, 'id'>[]): void {
  writeFileSync(accountsFile, `${JSON.stringify(rows, null, 2)}\n`, { mode: 0o600, flush: true });
}

function knownPasswords(): [string, string][] {
  if (!existsSync(accountsFile)) return [];
  const rows = JSON.parse(readFileSync(accountsFile, 'utf8')) as Account[];
  return rows.map(({ role, password }) => [role, password]);
}

const account = (role: string) => {
  const found = accounts.find((each) => each.role === role);
  if (found === undefined) throw new Error(`no sample account for ${role}`);
  return found;
};
const [reviewer, approver, clerk, billing] = await Promise.all(
  ['reviewer', 'approver', 'operations', 'billing'].map((role) => signIn(config.WEB_URL, account(role))),
);
if (!reviewer || !approver || !clerk || !billing) throw new Error('sign-in failed');
const records = demoRecords(db);

for (const sample of sampleLines<SampleApplication>('start.jsonl')) {
  const company = sample.form.companyName ?? '';
  if ((await records.applicationByCompany(company)) === null) {
    if (sample.channel === 'web') {
      const applicant = new HttpUser(config.WEB_URL);
      await send(applicant, await fillIn(applicant, sample));
    } else {
      await typeIn(clerk, sample, new Date());
    }
  }
  const id = await until(company, () => records.applicationByCompany(company));
  if (sample.outcome === 'wait') continue;
  const past =
    (...names: string[]) =>
    async () =>
      !names.includes(await records.statusOf(id));
  const fine = { reasonCode: 'noProblem', reason: '記載内容と確認結果に問題がないため。' };
  const path = `/staff/applications/${id}`;
  await decide(reviewer, path, 'review', { verdict: 'recommendAccept', ...fine }, past('received', 'review'));
  if (sample.outcome !== 'accept') continue;
  const agree = { verdict: 'accept', reasonCode: 'agreeWithReview', reason: '審査の結論に同意します。' };
  await decide(approver, path, 'approval', agree, past('approval'));
  await until('conclusion', async () => ((await records.statusOf(id)) === 'concluded' ? true : null));
}
await billSamples({ db, billing, approver });
await close();
