import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endPresence, notePresence, othersAt } from '../../db/queries/presence/see.ts';
import { presences } from '../../db/schema/index.ts';
import { inReview } from './cases.ts';
import { signedIn, startWeb, type WebTest } from './support.ts';

let web: WebTest;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.close());

test('an open page is seen by others until it is closed or silent, and never by the same person', async () => {
  const [me, other] = [await signedIn(web, 'reviewer'), await signedIn(web, 'approver')];
  const subject = { subjectType: 'application' as const, subjectId: randomUUID() };
  const page = { ...subject, id: randomUUID(), staffId: other.id };
  await notePresence(web.db, page);
  // A second page of the same person is the same person.
  await notePresence(web.db, { ...page, id: randomUUID() });
  expect(await othersAt(web.db, subject, me.id)).toHaveLength(1);
  expect(await othersAt(web.db, subject, other.id)).toEqual([]);
  await web.db.update(presences).set({ seenAt: new Date(Date.now() - 11_000) });
  expect(await othersAt(web.db, subject, me.id)).toEqual([]);
  await notePresence(web.db, page);
  expect(await othersAt(web.db, subject, me.id)).toHaveLength(1);
  await endPresence(web.db, page.id);
  expect(await othersAt(web.db, subject, me.id)).toEqual([]);
});

test('the stream gives names and nothing else, keeps no session alive, and says 401 to whoever has none', async () => {
  const { path, applicationId } = await inReview(web);
  const reviewer = await signedIn(web, 'reviewer');
  const other = await signedIn(web, 'approver');
  const subject = { subjectType: 'application' as const, subjectId: applicationId };
  await notePresence(web.db, { ...subject, id: randomUUID(), staffId: other.id });
  const seenAt = async () =>
    (await web.db.query.sessions.findFirst({ where: (t, { eq }) => eq(t.staffId, reviewer.id) }))?.lastSeenAt;
  const before = await seenAt();
  const cookie = [...reviewer.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, accept: 'text/event-stream' };
  const stop = new AbortController();
  const answer = await web.app.request(`${path}/presence`, { headers, signal: stop.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  expect(new TextDecoder().decode(value)).toMatch(/^event: names\ndata: \["approver 太郎"\]\n/);
  await reader?.cancel();
  stop.abort();
  expect(await seenAt()).toEqual(before);
  const nobody = await web.app.request(`${path}/presence`, { headers: { accept: 'text/event-stream' } });
  expect(nobody.status).toBe(401);
  for (const kind of ['applications', 'contracts'])
    expect((await reviewer.browser.get(`/staff/${kind}/${randomUUID()}/presence`)).status).toBe(404);
});
