import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../db/client.ts';
import { recipientCounts } from '../../db/queries/notice/page.ts';
import { setPolicy } from '../../db/queries/policy/set.ts';
import { mails } from '../../db/schema/index.ts';
import { NOTICE_PACE } from '../../workflows/notice/messages.ts';
import { startMailServer } from '../activities/mail-support.ts';
import { draft, noticeDriver } from '../support/notices.ts';
import { type KillableStack, startKillableStack } from '../support/own-stack.ts';

const RECIPIENTS = 20_000;

let folder: string;
let stack: KillableStack;
let smtp: Awaited<ReturnType<typeof startMailServer>>;
let taken = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hasso-campaign-'));
  const outbox = join(folder, 'outbox');
  smtp = await startMailServer(outbox, () => {
    taken += 1;
    return 'take';
  });
  stack = await startKillableStack({ SMTP_URL: smtp.url, OUTBOX_DIR: outbox });
});
afterAll(async () => {
  await stack.stop();
  await smtp.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Waits until so many mails were taken; fails with a sentence after five minutes without that. */
async function untilTaken(count: number): Promise<void> {
  for (const endMs = Date.now() + 900_000; taken < count; await delay(20)) {
    if (Date.now() > endMs) throw new Error(`only ${taken} of ${count} mails were taken in five minutes`);
  }
}

async function untilSent(db: Database, noticeId: string): Promise<void> {
  for (const endMs = Date.now() + 900_000; Date.now() < endMs; await delay(200)) {
    const { queued } = await recipientCounts(db, noticeId);
    if (queued === 0) return;
  }
  throw new Error('the campaign did not come to its end in five minutes');
}

test(`a campaign to ${RECIPIENTS} recipients whose worker is killed twice reaches each with exactly one mail`, async () => {
  const { db, client, killWorker } = stack;
  const notices = noticeDriver(db, client);
  await notices.contracts(RECIPIENTS);
  const unlimited = { key: 'notice.mailsPerMinute' as const, value: 600_000 };
  await setPolicy(db, { ...unlimited, afterVersion: 0, setBy: 'test', reason: 'as fast as it goes' });
  const noticeId = await notices.submit(draft({ audience: 'all' }), [], NOTICE_PACE);
  await notices.approve(noticeId);
  const killed: number[] = [];
  for (const share of [0.25, 0.6]) {
    await untilTaken(RECIPIENTS * share);
    killed.push(killWorker() ?? 0);
  }
  await untilSent(db, noticeId);
  expect(new Set(killed).size).toBe(2);
  expect(await recipientCounts(db, noticeId)).toMatchObject({
    accepted: RECIPIENTS,
    deferred: 0,
    refused: 0,
  });
  // What the server took, by Message-ID: as many as recipients, and none of them twice.
  const messages = readdirSync(smtp.dir).map((name) => name.split('-')[2]);
  expect(messages).toHaveLength(RECIPIENTS);
  expect(new Set(messages).size).toBe(RECIPIENTS);
  const [rows] = await db
    .select({
      all: sql<number>`count(*)::int`,
      accepted: sql<number>`(count(*) filter (where ${mails.status} = 'accepted'))::int`,
    })
    .from(mails)
    .where(sql`${mails.key} like ${`notice/${noticeId}/%`}`);
  expect(rows).toEqual({ all: RECIPIENTS, accepted: RECIPIENTS });
}, 1_800_000);
