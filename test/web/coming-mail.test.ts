import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ownerOf } from '../../db/personal/owner.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { closeTask } from '../../db/queries/task/close.ts';
import { mails } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { type Case, inApproval, inReview, move } from './cases.ts';
import { hiddenFields } from './contract-support.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
let reviewer: Awaited<ReturnType<typeof signedIn>>;
let approver: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  web = await startWeb();
  reviewer = await signedIn(web, 'reviewer');
  approver = await signedIn(web, 'approver');
});
afterAll(() => web.close());
beforeEach(() => {
  web.gateway.sent.length = 0;
});

const words = (person: { csrf: string }, { taskId }: Case, changes: Record<string, string> = {}) => ({
  csrf: person.csrf,
  commandId: randomUUID(),
  taskId,
  step: 'mail',
  verdict: 'return',
  reasonCode: 'mistakenEntry',
  reason: '住所の番地が\n登記と違います。',
  ...changes,
});

const decisionsOf = (applicationId: string) =>
  web.db.query.decisions.findMany({ where: (t, { eq }) => eq(t.subjectId, applicationId) });

describe('12: the mail before a decision', () => {
  test('is shown with its last day and recipient; nothing is decided, and all that was typed goes along', async () => {
    const found = await inReview(web);
    web.clock.now = new Date('2026-03-02T03:00:00Z');
    const page = await reviewer.browser.post(`${found.path}/review`, words(reviewer, found));
    web.clock.now = null;
    expect(page.status).toBe(200);
    expect(page.html).toContain('まだ送っていません');
    expect(page.html).toContain('2026年3月16日');
    const application = await web.db.query.applications.findFirst({
      where: (t, { eq }) => eq(t.id, found.applicationId),
    });
    expect(page.html).toContain(application?.contactEmail);
    expect(page.html).toContain(application?.receiptNumber);
    expect(await decisionsOf(found.applicationId)).toEqual([]);

    const carried = hiddenFields(page);
    const back = await reviewer.browser.post(`${found.path}/review`, { ...carried, step: 'edit' });
    expect(back.status).toBe(200);
    expect(back.title).not.toContain('エラー');
    expect(back.html).toContain('住所の番地が\n登記と違います。');
    expect(back.html).toMatch(/value="return" checked/);
    expect(web.gateway.sent).toEqual([]);

    expect((await reviewer.browser.post(`${found.path}/review`, carried)).location).toBe(found.path);
    expect(web.gateway.sent).toMatchObject([{ method: 'decideReview', command: { verdict: 'return' } }]);
    expect(await decisionsOf(found.applicationId)).toMatchObject([{ verdict: 'return' }]);
  });

  test('belongs to the verdict: acceptance, refusal, or no mail at all', async () => {
    const found = await inApproval(web, reviewer.id);
    const shown = async (verdict: string, reasonCode: string) =>
      (await approver.browser.post(`${found.path}/approval`, words(approver, found, { verdict, reasonCode })))
        .html;
    expect(await shown('accept', 'noProblem')).toContain('利用申込の承諾のお知らせ');
    expect(await shown('refuse', 'unsuitable')).toContain('利用申込の結果のお知らせ');
    expect(await shown('sendBack', 'reviewAgain')).toContain('メールは送られません');
    expect(web.gateway.sent).toEqual([]);
  });

  test('is not shown for a form with mistakes or to somebody who may not decide', async () => {
    const found = await inReview(web);
    const path = `${found.path}/review`;
    const empty = await reviewer.browser.post(path, words(reviewer, found, { reason: '' }));
    expect(empty.status).toBe(422);
    expect(empty.html).not.toContain('まだ送っていません');
    expect((await approver.browser.post(path, words(approver, found))).status).toBe(403);
  });

  test('21: that asked for a correction is sent once more only while the correction is open', async () => {
    const operations = await signedIn(web, 'operations');
    const found = await inReview(web);
    await closeTask(web.db, found.taskId, 'done');
    const key = `correctionRequested/${found.applicationId}/1`;
    const subject = { subjectType: 'application' as const, subjectId: found.applicationId };
    const { key: storageKey } = await web.documents.put(Buffer.from('Subject: x\r\n\r\nx'));
    const [mail] = await web.db
      .insert(mails)
      .values(
        sealRow(mails, await ownerOf(web.db, subject), {
          ...{
            ...subject,
            key,
            kind: 'correctionRequested',
            recipient: 'x@aoba.example',
            status: 'accepted',
          },
          ...{ messageId: `<${randomUUID()}@hasso.example>`, subjectLine: 'x', storageKey, sandbox: true },
          input: { ...subject, key, kind: 'correctionRequested', round: 1, businessMs: Date.now() },
          businessAt: new Date(),
        }),
      )
      .returning();
    const again = () => operations.browser.get(`${found.path}/mails/${mail?.id}/again`);
    expect((await again()).status).toBe(409);
    const correction = { dueOn: civilDate('2999-12-31'), tokenHash: randomUUID() };
    await move(web, found.applicationId, 'review', 'correction', correction);
    const open = await again();
    expect(open.status).toBe(200);
    expect(open.html).toContain('前回と違います');
    expect(open.html).toContain('2999年12月31日');
  });

  test('of a withdrawal is shown too', async () => {
    const operations = await signedIn(web, 'operations');
    const found = await inReview(web);
    const page = await operations.browser.post(`${found.path}/withdrawal`, words(operations, found));
    expect(page.html).toContain('利用申込の取り下げを承りました');
    expect(web.gateway.sent).toEqual([]);
  });
});
