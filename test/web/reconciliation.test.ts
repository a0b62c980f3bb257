import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { forgetDifference, rememberDifference } from '../../db/queries/reconcile/rounds.ts';
import { Browser, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb({ config: { TEMPORAL_UI_URL: 'https://temporal.operator.example/' } });
});
afterAll(async () => web.close());

const healthSchema = z.object({
  ok: z.literal(true),
  reconciliation: z.object({ told: z.number(), unanswered: z.number(), comparedAt: z.string().nullable() }),
});
const health = async () =>
  healthSchema.parse(
    await (await web.app.request('/healthz', { headers: { accept: 'application/json' } })).json(),
  );

test('a difference stands on the page in words and in the figures of the health page, for those whose work it is', async () => {
  const caseId = randomUUID();
  const workflowId = `contract/${caseId}`;
  const now = new Date();
  const before = (await health()).reconciliation.told;
  await rememberDifference(web.db, {
    ...{ workflowId, kind: 'contract', caseId, told: true, seenAt: now, comparedAt: now },
    found: [
      { field: 'status', row: 'ended', workflow: 'active' },
      { field: 'workflow', row: 'active', workflow: 'missing' },
    ],
  });
  const admin = await signedIn(web, 'admin');
  const page = await admin.browser.get(`/staff/reconciliation/${randomUUID()}`);
  expect(page.status).toBe(200);
  expect(page.html).toContain(`/staff/contracts/${caseId}`);
  expect(page.html).toContain('状態：記録は「終了」、手続きは「契約中」');
  expect(page.html).toContain('手続き：記録は「契約中」、手続きは「見つかりません」');
  expect((await health()).reconciliation.told).toBe(before + 1);
  await forgetDifference(web.db, workflowId);
  expect((await admin.browser.get('/staff/reconciliation')).html).not.toContain(workflowId);

  const support = await signedIn(web, 'support');
  expect((await support.browser.get('/staff/reconciliation')).status).toBe(403);
  const stranger = await new Browser(web.app).get('/healthz');
  expect(stranger.html).toBe('ok');
});

test('24: the strip names what is stuck with its cause in words, and leads to the procedure in Temporal', async () => {
  const caseId = randomUUID();
  const workflowId = `contract/${caseId}`;
  // The oldest is named first.
  const seenAt = new Date('2020-01-01T00:00:00Z');
  await rememberDifference(web.db, {
    ...{ workflowId, kind: 'contract', caseId, told: true, seenAt, comparedAt: seenAt },
    found: [
      { field: 'workflow', row: 'active', workflow: 'stuck' },
      { field: 'activity', row: null, workflow: 'sendMail' },
    ],
  });
  const operations = await signedIn(web, 'operations');
  const [queue, overview, all] = [
    await operations.browser.get('/staff?view=all'),
    await operations.browser.get('/staff/overview'),
    await operations.browser.get('/staff/reconciliation'),
  ];
  const history = `https://temporal.operator.example/namespaces/hasso/workflows/${encodeURIComponent(workflowId)}`;
  for (const page of [queue, overview, all]) {
    expect(page.html).toContain('手続きのプログラムが失敗を繰り返し');
    expect(page.html).toContain('「メールの送信」の処理が失敗を繰り返しています');
    expect(page.html).toContain(`href="${history}"`);
    expect(page.html).toContain(`/staff/contracts/${caseId}`);
  }
  const reviewer = await signedIn(web, 'reviewer');
  expect((await reviewer.browser.get('/staff?view=all')).html).not.toContain(workflowId);
  await forgetDifference(web.db, workflowId);
  expect((await operations.browser.get('/staff?view=all')).html).not.toContain(workflowId);
});
