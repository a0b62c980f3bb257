import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicants } from '../support/people.ts';
import { type Site, startSite } from '../support/site.ts';

let site: Site;
let people: ReturnType<typeof applicants>;
beforeAll(async () => {
  site = await startSite({ javaScriptEnabled: true });
  people = applicants(site.db, site.client);
});
afterAll(() => site.stop());

test('6: who else has a case open is seen within two seconds, and no longer when they have left; by the same person nobody is', async () => {
  const { applicationId } = await people.submit();
  await people.waitFor(applicationId, 'review');
  const [mine, other] = [await site.signIn('reviewer'), await site.signIn('approver')];
  const address = `${site.url}/staff/applications/${applicationId}`;
  await mine.goto(address);
  const said = mine.locator('.presence');
  await other.goto(address);
  await said.getByText('試験 approverさんが閲覧中').waitFor({ timeout: 2_000 });
  await other.locator('.presence').getByText('試験 reviewerさんが閲覧中').waitFor({ timeout: 2_000 });
  await other.goto(`${site.url}/staff`);
  await said.getByText('閲覧中').waitFor({ state: 'detached', timeout: 4_000 });
  expect(await said.textContent()).toBe('');
});
