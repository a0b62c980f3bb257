import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealRow } from '../../db/personal/seal-row.ts';
import { applications, campaigns, contractPeriods, contracts, tasks } from '../../db/schema/index.ts';
import { addDays, addMonths, firstOfMonth, jstDate, monthOf } from '../../domain/calendar/civil-date.ts';
import { storedContract } from '../support/stored-contract.ts';
import { inReview } from './cases.ts';
import { type Page, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

/** The table of a section: its rows by their first cell, with the reason where it has one, each with its cells by their heads. */
function tableOf(page: Page, section: string): Map<string, Record<string, string>> {
  const rows = parse(page.html).querySelectorAll(`#${section} table tbody tr`);
  return new Map(
    rows.map((row) => {
      const cells = row
        .querySelectorAll('td')
        .map((cell) => [cell.getAttribute('data-head') ?? '', cell.textContent.trim()]);
      const named: Record<string, string> = Object.fromEntries(cells);
      return [[cells[0]?.[1] ?? '', named.理由 ?? ''].join(' ').trim(), named];
    }),
  );
}
const numberIn = (text = '0') => Number(text.replace(/[^\d]/g, ''));

test('the start page for the team counts what waits, what failed and why, and what comes, each chart with its table', async () => {
  const { db } = web;
  const operations = await signedIn(web, 'operations');
  const look = () => operations.browser.get('/staff/overview');
  const before = await look();
  expect(before.status).toBe(200);

  const today = jstDate(Date.now());
  const month = firstOfMonth(addMonths(today, 3));
  const found = await inReview(web);
  const tenDaysAgo = new Date(Date.now() - 10 * 86_400_000);
  await db
    .update(applications)
    .set({ receivedAt: tenDaysAgo })
    .where(eq(applications.id, found.applicationId));
  await db.update(tasks).set({ dueAt: tenDaysAgo }).where(eq(tasks.id, found.taskId));
  await db.insert(tasks).values({
    ...{ id: randomUUID(), kind: 'mailProblem', subjectType: 'application', subjectId: found.applicationId },
    ...{ role: 'operations', cause: 'bounced', about: 'acceptance/x', sandbox: true },
    dueAt: new Date(Date.now() + 86_400_000),
  });
  const [renews, ends] = [await storedContract(web), await storedContract(web)];
  for (const { contractId } of [renews, ends]) {
    await db
      .insert(contractPeriods)
      .values({ contractId, index: 1, from: addMonths(month, -9), to: addDays(month, 9) });
  }
  await db
    .update(contracts)
    .set({ status: 'ending', endsOn: addDays(month, 9) })
    .where(eq(contracts.id, ends.contractId));
  const title = `春の割引 ${randomUUID().slice(0, 6)}`;
  await db.insert(campaigns).values(
    sealRow(campaigns, renews.applicationId, {
      ...{ applicationId: renews.applicationId, title, until: addDays(today, 40), reason: '試験' },
      ...{ status: 'effective' as const, enteredBy: randomUUID(), sandbox: true },
    }),
  );

  const after = await look();
  const more = (section: string, row: string, head: string) =>
    numberIn(tableOf(after, section).get(row)?.[head]) - numberIn(tableOf(before, section).get(row)?.[head]);
  expect(more('applications', '審査中', '8〜14日')).toBe(1);
  expect(more('overdue', '申込の審査', '件数')).toBe(1);
  // The same kind of task may have failed for other reasons before.
  const bounced = [...tableOf(after, 'failures').keys()].find((row) =>
    /^メール不達の対応 .*返送されました/.test(row),
  );
  expect(more('failures', bounced ?? '', '件数')).toBe(1);
  expect(more('coming', monthOf(month), '更新')).toBe(1);
  expect(more('coming', monthOf(month), '終了')).toBe(1);
  expect(tableOf(after, 'coming').size).toBe(12);

  const html = parse(after.html);
  for (const section of ['applications', 'overdue', 'coming']) {
    expect(html.querySelector(`#${section} svg[role=img]`), section).not.toBeNull();
    expect(html.querySelector(`#${section} table`), section).not.toBeNull();
  }
  expect(html.querySelector('#overdue a')?.getAttribute('href')).toContain('/staff?view=all&kind=');
  // Campaigns are for those who may see them.
  const approver = await signedIn(web, 'approver');
  expect(tableOf(await approver.browser.get('/staff/overview'), 'campaigns').get(title)?.契約).toBe('1件');
});

test('what it counts of periods and ends has indexes: no row of a contract that goes on is read', async () => {
  const plans = await web.db.transaction(async (tx) => {
    await tx.execute('set local enable_seqscan = off');
    await tx.execute('set local enable_bitmapscan = off');
    return Promise.all([
      tx.execute<{ 'QUERY PLAN': string }>(
        `explain select "to", count(*) from contract_periods where "to" between '2027-01-01' and '2027-12-31' and "to" - "from" >= 31 group by 1`,
      ),
      tx.execute<{ 'QUERY PLAN': string }>(
        `explain select ends_on, count(*) from contracts where ends_on is not null and ends_on between '2027-01-01' and '2027-12-31' and status in ('active', 'ending') group by 1`,
      ),
    ]);
  });
  const text = plans.map((plan) => [...plan].map((row) => row['QUERY PLAN']).join('\n'));
  expect(text[0]).toContain('Index Only Scan using contract_periods_to');
  expect(text[1]).toContain('contracts_ends');
});
