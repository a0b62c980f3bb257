import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { forgetDifference, rememberDifference } from '../../db/queries/reconcile/rounds.ts';
import { Browser, signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
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
