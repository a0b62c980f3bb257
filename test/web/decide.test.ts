import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeTask } from '../../db/queries/task/close.ts';
import { refuse } from '../../domain/base/answers.ts';
import { addHit, type Case, inApproval, inReview, move } from './cases.ts';
import { type Browser, fieldValue, signedIn, startWeb, type WebTest } from './support.ts';

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
  web.gateway.answerWith(async () => ({ ok: true }));
});

const decisionsOf = (applicationId: string) =>
  web.db.query.decisions.findMany({ where: (t, { eq }) => eq(t.subjectId, applicationId) });

const words = (person: { csrf: string }, { taskId }: Case, changes: Record<string, string> = {}) => ({
  csrf: person.csrf,
  commandId: randomUUID(),
  taskId,
  verdict: 'recommendAccept',
  reasonCode: 'noProblem',
  reason: '登記と記載が一致しています。',
  ...changes,
});

describe('a review', () => {
  test('is written down with its reason, sent once, and shown', async () => {
    const found = await inReview(web);
    const fields = words(reviewer, found);
    const page = await reviewer.browser.post(`${found.path}/review`, fields);
    expect(page.location).toBe(found.path);
    const [decision] = await decisionsOf(found.applicationId);
    expect(decision).toMatchObject({
      stage: 'review',
      verdict: 'recommendAccept',
      outcome: 'effective',
      staffId: reviewer.id,
    });
    expect(web.gateway.sent).toEqual([
      {
        method: 'decideReview',
        applicationId: found.applicationId,
        command: {
          commandId: fields.commandId,
          decisionId: decision?.id,
          taskId: found.taskId,
          verdict: 'recommendAccept',
          actor: { kind: 'staff', id: reviewer.id },
        },
      },
    ]);
    expect((await reviewer.browser.get(found.path)).html).toContain('登記と記載が一致しています。');
  });

  test('sent twice by the same form is one decision and one command', async () => {
    const found = await inReview(web);
    const fields = words(reviewer, found);
    await reviewer.browser.post(`${found.path}/review`, fields);
    await closeTask(web.db, found.taskId, 'done');
    const again = await reviewer.browser.post(`${found.path}/review`, fields);
    expect(again.status).toBe(303);
    expect(await decisionsOf(found.applicationId)).toHaveLength(1);
    expect(web.gateway.sent).toHaveLength(1);
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'nothing',
      { verdict: '', reasonCode: '', reason: '' },
      ['review-verdict', 'review-reasonCode', 'review-reason'],
    ],
    ['an unknown verdict', { verdict: 'accept' }, ['review-verdict']],
    ['a reason code of another verdict', { reasonCode: 'antisocial' }, ['review-reasonCode']],
    ['blanks for words', { reason: ' \u3000\n' }, ['review-reason']],
    ['too many words', { reason: '長'.repeat(2_001) }, ['review-reason']],
    ['control characters', { reason: '理由\0' }, ['review-reason']],
    ['a My Number', { reason: '確認しました 123456789018' }, ['review-reason']],
  ])('10: with %s is 422, with the errors in a summary and everything kept', async (_, changes, fields) => {
    const found = await inReview(web);
    const page = await reviewer.browser.post(`${found.path}/review`, words(reviewer, found, changes));
    expect(page.status).toBe(422);
    expect(page.title).toMatch(/^エラー：/);
    expect(page.html).toMatch(/class="error-summary"[^>]*autofocus/);
    for (const field of fields) expect(page.html).toContain(`href="#${field}"`);
    if (changes.reason === undefined) expect(page.html).toContain('登記と記載が一致しています。');
    expect(await decisionsOf(found.applicationId)).toEqual([]);
    expect(web.gateway.sent).toEqual([]);
  });

  test('a script in the words is text', async () => {
    const found = await inReview(web, { companyName: '<img src=x onerror=alert(1)>' });
    await reviewer.browser.post(
      `${found.path}/review`,
      words(reviewer, found, { reason: '<script>alert(1)</script>' }),
    );
    const { html } = await reviewer.browser.get(found.path);
    expect(html).not.toMatch(/<script>alert|<img src=x/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('without the token of the session, or of another session, is 403', async () => {
    const found = await inReview(web);
    for (const csrf of ['', 'wrong', approver.csrf]) {
      expect(
        (await reviewer.browser.post(`${found.path}/review`, words(reviewer, found, { csrf }))).status,
      ).toBe(403);
    }
    const { browser } = reviewer;
    browser.origin = 'https://evil.example';
    expect((await browser.post(`${found.path}/review`, words(reviewer, found))).status).toBe(403);
    browser.origin = 'http://localhost:8080';
    expect(web.gateway.sent).toEqual([]);
  });
});

describe('two different people decide (第4条)', () => {
  const expectNoForm = async (browser: Browser, found: Case, reason: RegExp) => {
    const { html } = await browser.get(found.path);
    expect(html).not.toMatch(/action="[^"]*\/(review|approval)"/);
    expect(html).toMatch(reason);
  };

  test('11: the wrong role sees why there is no form, and a POST by hand is 403', async () => {
    const found = await inReview(web);
    await expectNoForm(approver.browser, found, /審査は審査担当が行います/);
    const page = await approver.browser.post(`${found.path}/review`, words(approver, found));
    expect(page.status).toBe(403);
    expect(page.html).toContain('あなたの役割では判断できません');
    const billing = await signedIn(web, 'billing');
    expect((await billing.browser.get(found.path)).status).toBe(403);
    expect(web.gateway.sent).toEqual([]);
  });

  test('11: nobody approves their own review', async () => {
    const both = await signedIn(web, 'reviewer', 'approver');
    const found = await inApproval(web, both.id);
    await expectNoForm(both.browser, found, /あなたが審査しました/);
    const fields = words(both, found, { verdict: 'accept', reasonCode: 'agreeWithReview' });
    const page = await both.browser.post(`${found.path}/approval`, fields);
    expect(page.status).toBe(403);
    expect(page.html).toContain('あなたが審査しました');
    expect(await decisionsOf(found.applicationId)).toEqual([]);
    expect(
      (await approver.browser.post(`${found.path}/approval`, { ...fields, csrf: approver.csrf })).status,
    ).toBe(303);
  });

  test('nobody reviews what they typed in', async () => {
    const found = await inReview(web, {}, reviewer.id);
    await expectNoForm(reviewer.browser, found, /あなたが入力しました/);
    expect((await reviewer.browser.post(`${found.path}/review`, words(reviewer, found))).status).toBe(403);
    expect(web.gateway.sent).toEqual([]);
  });

  test('the workflow has the last word: its refusal is shown with the status that fits, and noted', async () => {
    for (const [code, status] of [
      ['samePerson', 403],
      ['stale', 409],
      ['blockedByFinding', 422],
    ] as const) {
      const found = await inReview(web);
      web.gateway.answerWith(async () => refuse(code, `断られた理由 ${code}`, '第4条4項'));
      const page = await reviewer.browser.post(`${found.path}/review`, words(reviewer, found));
      expect(page.status).toBe(status);
      expect(page.html).toContain(`断られた理由 ${code}（第4条4項）`);
      const [decision] = await decisionsOf(found.applicationId);
      expect(decision?.outcome).toBe('refused');
    }
  });

  test('when no worker answers, the page says so and the same form can be sent again', async () => {
    const found = await inReview(web);
    web.gateway.answerWith(() => new Promise(() => {}));
    const fields = words(reviewer, found);
    expect((await reviewer.browser.post(`${found.path}/review`, fields)).status).toBe(503);
    web.gateway.answerWith(async () => ({ ok: true }));
    expect((await reviewer.browser.post(`${found.path}/review`, fields)).status).toBe(303);
    expect(await decisionsOf(found.applicationId)).toMatchObject([{ outcome: 'effective' }]);
    expect(new Set(web.gateway.sent.map(({ command }) => command.commandId)).size).toBe(1);
  });
});

describe('late decisions get 409 and say what happened meanwhile', () => {
  test('15: decided by somebody else in another tab', async () => {
    const found = await inReview(web);
    const other = await signedIn(web, 'reviewer');
    await other.browser.post(`${found.path}/review`, words(other, found));
    await closeTask(web.db, found.taskId, 'done');
    await move(web, found.applicationId, 'review', 'approval');
    const page = await reviewer.browser.post(`${found.path}/review`, words(reviewer, found));
    expect(page.status).toBe(409);
    expect(page.html).toMatch(/reviewer 太郎さんが「[^」]+」と判断しました/);
    expect(page.html).toContain('承認待ち');
    expect(await decisionsOf(found.applicationId)).toHaveLength(1);
  });

  test('withdrawn by the applicant', async () => {
    const found = await inReview(web);
    await closeTask(web.db, found.taskId, 'cancelled');
    await move(web, found.applicationId, 'review', 'withdrawn');
    const page = await reviewer.browser.post(`${found.path}/review`, words(reviewer, found));
    expect(page.status).toBe(409);
    expect(page.html).toContain('取下げ');
    expect(web.gateway.sent).toEqual([]);
  });

  test('made for an earlier task of the same application', async () => {
    const found = await inReview(web);
    const page = await reviewer.browser.post(
      `${found.path}/review`,
      words(reviewer, { ...found, taskId: randomUUID() }),
    );
    expect(page.status).toBe(409);
  });

  test('a command id that belongs to another decision', async () => {
    const [first, second] = [await inReview(web), await inReview(web)];
    const fields = words(reviewer, first);
    await reviewer.browser.post(`${first.path}/review`, fields);
    const page = await reviewer.browser.post(`${second.path}/review`, { ...fields, taskId: second.taskId });
    expect(page.status).toBe(409);
    expect(web.gateway.sent).toHaveLength(1);
  });
});

describe('findings', () => {
  test('stand side by side with the list entry and are decided one by one', async () => {
    const found = await inReview(web);
    const findingId = await addHit(web, found.applicationId);
    const { html } = await reviewer.browser.get(found.path);
    expect(html).toContain('㈱黒鐵興業');
    expect(html).toContain('判断していない一致');
    expect(html).not.toContain('value="recommendAccept"');
    const path = `${found.path}/findings/${findingId}`;
    const empty = await reviewer.browser.post(
      path,
      words(reviewer, found, { verdict: '', reasonCode: '', reason: '' }),
    );
    expect(empty.status).toBe(422);
    expect(empty.html).toContain(`href="#${findingId}-verdict"`);
    const fields = words(reviewer, found, { verdict: 'released', reasonCode: 'differentSubject' });
    expect((await reviewer.browser.post(path, fields)).status).toBe(303);
    expect(web.gateway.sent).toMatchObject([
      { method: 'decideFinding', command: { findingId, verdict: 'released' } },
    ]);
  });

  test('are decided by who may review, and only those of the application', async () => {
    const found = await inReview(web);
    const findingId = await addHit(web, found.applicationId);
    const fields = { verdict: 'released', reasonCode: 'differentSubject' };
    const byApprover = await approver.browser.post(
      `${found.path}/findings/${findingId}`,
      words(approver, found, fields),
    );
    expect(byApprover.status).toBe(403);
    const other = await inReview(web);
    const elsewhere = await reviewer.browser.post(
      `${other.path}/findings/${findingId}`,
      words(reviewer, other, fields),
    );
    expect(elsewhere.status).toBe(404);
  });
});

describe('withdrawal recorded by staff', () => {
  test('needs words and goes to the workflow', async () => {
    const operations = await signedIn(web, 'operations');
    const found = await inReview(web);
    const form = await operations.browser.get(found.path);
    const commandId = fieldValue(form, 'commandId');
    const path = `${found.path}/withdrawal`;
    expect(
      (await operations.browser.post(path, { csrf: operations.csrf, commandId, reason: '' })).status,
    ).toBe(422);
    const reason = '電話で取下げの申し出';
    expect((await operations.browser.post(path, { csrf: operations.csrf, commandId, reason })).status).toBe(
      303,
    );
    expect(web.gateway.sent).toMatchObject([{ method: 'withdraw', command: { commandId } }]);
    expect(
      (await approver.browser.post(path, { csrf: approver.csrf, commandId: randomUUID(), reason })).status,
    ).toBe(403);
  });
});

test("an address that is no id, or nobody's, is a 404 page", async () => {
  for (const id of ['1', "'; drop table applications; --", randomUUID()]) {
    expect((await reviewer.browser.get(`/staff/applications/${encodeURIComponent(id)}`)).status).toBe(404);
    expect((await reviewer.browser.get(`/staff/contracts/${encodeURIComponent(id)}`)).status).toBe(404);
  }
});
