import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileStorage } from '../../storage/file-storage.ts';
import { createApp } from '../../web/app.tsx';
import { resendWorkflowId } from '../../workflows/resend/messages.ts';
import { eventually } from '../support/people.ts';
import { type ContractWeb, startContractWeb } from './contract-support.ts';
import { CONFIG, fieldValue, type Page, signedIn, type WebTest } from './support.ts';

let web: ContractWeb;
let readable: WebTest;
beforeAll(async () => {
  // What the pages know of the operator, the workers know too.
  const { SUPPORT_CHANNEL, SUPPORT_HOURS } = CONFIG;
  web = await startContractWeb({ SUPPORT_CHANNEL, SUPPORT_HOURS });
  const documents = createFileStorage(web.documentsDir);
  readable = { ...web, app: createApp({ ...web.served, documents }), documents };
});
afterAll(() => web.close());

const textOf = (page: Page) => /<pre class="mail-text">([\s\S]*?)<\/pre>/.exec(page.html)?.[1]?.trim();

/** A contract whose certificate was taken, and the mail about it. */
async function certified() {
  const { contractId, path, driver } = await web.concluded();
  await driver.mailed('certificateIssued');
  const mail = await eventually('the certificate was taken', async () =>
    (await driver.mails()).find(({ kind, status }) => kind === 'certificateIssued' && status === 'accepted'),
  );
  return { contractId, driver, mail, path: `${path}/mails/${mail.id}` };
}

test('21: a mail that arrived is read from its contract and sent once more, as it was read before, with a reason on record', async () => {
  const operations = await signedIn(readable, 'operations');
  const { contractId, driver, mail, path } = await certified();
  const sent = await operations.browser.get(path);
  expect(sent.html).toContain(`${path}/again`);
  const page = await operations.browser.get(`${path}/again`);
  expect(page.status).toBe(200);
  expect(textOf(page)).toBe(textOf(sent));
  expect(page.html).not.toContain('前回と違います');
  expect(page.html).toContain('.pdf');

  const fields = { csrf: operations.csrf, commandId: fieldValue(page, 'commandId') };
  const empty = await operations.browser.post(`${path}/again`, { ...fields, reason: '' });
  expect(empty.status).toBe(422);
  expect(empty.html).toContain('href="#reason"');

  const reason = '12月1日、総務部から電話で再送の依頼。';
  const presses = [1, 2].map(() => operations.browser.post(`${path}/again`, { ...fields, reason }));
  expect((await Promise.all(presses)).map(({ location }) => location)).toEqual([path, path]);
  await web.client.workflow.getHandle(resendWorkflowId(fields.commandId)).result();
  const rows = (await driver.mails()).filter(({ kind }) => kind === 'certificateIssued');
  expect(rows.map(({ key, status }) => ({ key, status }))).toEqual(
    expect.arrayContaining([
      { key: mail.key, status: 'accepted' },
      { key: `${mail.key}/again/${fields.commandId}`, status: 'accepted' },
    ]),
  );
  expect(rows).toHaveLength(2);
  const again = rows.find(({ key }) => key !== mail.key);
  const arrived = await operations.browser.get(path.replace(mail.id, again?.id ?? ''));
  expect(textOf(arrived)).toBe(textOf(page));

  const entries = await web.db.query.auditEntries.findMany({
    where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.action, 'mail.sentAgain')),
  });
  expect(entries).toMatchObject([{ actor: operations.id, after: { mailId: mail.id } }]);
  const decisions = await web.db.query.decisions.findMany({
    where: (t, { eq }) => eq(t.commandId, fields.commandId),
  });
  expect(decisions).toMatchObject([{ stage: 'delivery', verdict: 'again', reason }]);
});

test('21: only whoever mends mails may, and only what was taken', async () => {
  const { mail, path, contractId } = await certified();
  const approver = await signedIn(readable, 'approver');
  expect((await approver.browser.get(path)).html).not.toContain('/again');
  expect((await approver.browser.get(`${path}/again`)).status).toBe(403);
  const operations = await signedIn(readable, 'operations');
  const acceptance = await web.db.query.mails.findFirst({
    where: (t, { and, eq }) => and(eq(t.kind, 'applicationReceived'), eq(t.status, 'accepted')),
  });
  const elsewhere = `/staff/contracts/${contractId}/mails/${acceptance?.id}/again`;
  expect((await operations.browser.get(elsewhere)).status).toBe(404);
  expect(
    (
      await operations.browser.get(
        `/staff/applications/${acceptance?.subjectId}/mails/${acceptance?.id}/again`,
      )
    ).html,
  ).toContain('もう一度送る理由');
  await web.db.execute(`update mails set status = 'bounced' where id = '${mail.id}'`);
  const bounced = await operations.browser.get(`${path}/again`);
  expect(bounced.status).toBe(409);
  expect(bounced.html).toContain('メール不達の対応');
});
