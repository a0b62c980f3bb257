import type { Database } from '../db/client.ts';
import { loadPolicies } from '../db/queries/policy/load.ts';
import { nextRunOn } from '../domain/billing/outlook.ts';
import { jstDate } from '../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../domain/policy/policies.ts';
import type { HttpUser } from './http-user.ts';
import { decide, errorsOf, until } from './office.ts';

const PATH = '/staff/billing';

interface Office {
  db: Database;
  billing: HttpUser;
  approver: HttpUser;
}

/** Bills the sample contracts of the next run, as two people do it in the console. Safe to repeat after an interruption. */
export async function billSamples({ db, billing, approver }: Office): Promise<void> {
  const run = () => db.query.billingRuns.findFirst({ where: (t, { eq }) => eq(t.sandbox, true) });
  if ((await run()) === undefined) {
    const policy = billingPolicyOf(await loadPolicies(db));
    const runOn = nextRunOn(jstDate(Date.now()), policy);
    const home = await billing.get(PATH);
    const begun = await billing.post(home, PATH, { runOn, sandbox: 'yes', cause: 'monthly' });
    if (begun.status !== 200) throw new Error(`The billing run did not begin: ${errorsOf(begun).join(' ')}`);
  }
  const { id } = await until('the billing run', run);
  const past =
    (...names: string[]) =>
    async () =>
      !names.includes((await run())?.status ?? '');
  const page = `${PATH}/runs/${id}`;
  const fine = { verdict: 'agree', reason: '金額と対象の契約を確認しました。' };
  await decide(billing, page, 'decide', fine, past('drafting', 'review'));
  await decide(approver, page, 'decide', fine, past('approval'));
  await until('the issue of the invoices', past('issuing'));
}
