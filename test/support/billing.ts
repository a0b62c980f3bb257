import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { type BillingRunRow, findBillingRunOn } from '../../db/queries/billing/runs.ts';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { type BillingCause, type BillingRunStatus, papers } from '../../db/schema/index.ts';
import type { Answer } from '../../domain/base/answers.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { billingGateway } from '../../gateway/billing.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import type { BillingPace, BillingVerdict } from '../../workflows/billing-run/messages.ts';
import { eventually, staff } from './people.ts';

/** Small pages: the way through many of them. */
export const SMALL: BillingPace = { drafts: 2, numbers: 2, drawings: 2, mails: 2 };
/** Killed workers are missed after their heartbeats. */
const PATIENCE_MS = 600_000;

/** Drives billing runs of sandbox contracts through the gateway as the console does. */
export function billingDriver(db: Database, client: Client, cause: BillingCause = 'monthly') {
  const gateway = billingGateway(createOutbox(db, client));
  const find = (runOn: CivilDate) => findBillingRunOn(db, { runOn, sandbox: true, cause });

  async function inStatus(runOn: CivilDate, status: BillingRunStatus): Promise<BillingRunRow> {
    for (const endMs = Date.now() + PATIENCE_MS; Date.now() < endMs; await delay(50)) {
      const run = await find(runOn);
      if (run?.status === status) return run;
    }
    throw new Error(`the run of ${runOn} did not come to ${status} in ten minutes`);
  }

  async function decide(
    runOn: CivilDate,
    kind: 'billingReview' | 'billingApproval',
    verdict: BillingVerdict,
    staffId: string = randomUUID(),
  ): Promise<Answer> {
    const run = await inStatus(runOn, kind === 'billingReview' ? 'review' : 'approval');
    const task = await eventually(`${kind} is open`, () => findOpenTask(db, { subjectId: run.id, kind }));
    const command = { commandId: randomUUID(), actor: staff(staffId), decisionId: randomUUID() };
    return gateway.decide(run, { ...command, taskId: task.id, verdict });
  }

  return {
    gateway,
    find,
    inStatus,
    decide,
    begin: (runOn: CivilDate, pace: BillingPace = SMALL) =>
      gateway.begin({ runOn, sandbox: true, cause, startedBy: randomUUID() }, pace),
    /** Two people release what waits. */
    async release(runOn: CivilDate): Promise<void> {
      for (const kind of ['billingReview', 'billingApproval'] as const) {
        const answer = await decide(runOn, kind, 'agree');
        if (!answer.ok) throw new Error(answer.message);
      }
    },
    papers: (runId: string) =>
      db.select().from(papers).where(eq(papers.runId, runId)).orderBy(asc(papers.position), asc(papers.id)),
  };
}
