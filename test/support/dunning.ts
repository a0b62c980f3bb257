import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { openDunnings } from '../../db/queries/dunning/open.ts';
import { lockPayments } from '../../db/queries/payment/lock.ts';
import { postAllocations } from '../../db/queries/payment/post.ts';
import { dunningSteps, mails, papers } from '../../db/schema/index.ts';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { dunningWorkflowId } from '../../domain/payments/dunning-case.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { plantedRun, rowOfPaper } from './issued-papers.ts';
import { eventually } from './people.ts';

/** Commands are swept when they are older than their grace. */
const LATER_MS = 60_000;

/** Overdue papers in front of real workers. */
export function dunningDriver(db: Database, client: Client) {
  const outbox = createOutbox(db, client);
  async function sweep(): Promise<void> {
    // A sweep takes some at a time: until one has nothing that is answered.
    while ((await outbox.sweep(new Date(Date.now() + LATER_MS))).answered > 0);
  }

  return {
    sweep,
    /** An invoice of a contract that was due so many days ago; its id. */
    async overduePaper(contractId: string, days: number, totalYen = 39_600): Promise<string> {
      const dueOn = addDays(jstDate(Date.now()), -days);
      const paperId = randomUUID();
      const number = `DUE${randomUUID().slice(0, 8).toUpperCase()}-2026-000001`;
      const paper = { paperId, contractId, number, totalYen, dueOn, issuedOn: addDays(dueOn, -20) };
      await db.insert(papers).values(rowOfPaper(await plantedRun(db), paper));
      return paperId;
    },
    /** Finds what is overdue, and begins the workflows. */
    async open(): Promise<void> {
      await openDunnings(db, { nowMs: Date.now(), limit: 1_000 });
      await sweep();
    },
    /** The mail of a paper's last step, once the server took it. */
    mailed: (paperId: string, step: string) =>
      eventually(`the mail of ${step} is taken`, async () => {
        const [mail] = await db
          .select()
          .from(mails)
          .where(eq(mails.key, `dunning/${paperId}/${step}`));
        return mail?.status === 'accepted' ? mail : null;
      }),
    steps: async (paperId: string) =>
      (await db.select().from(dunningSteps).where(eq(dunningSteps.paperId, paperId))).map(({ step }) => step),
    /** Posts a payment, as an import does, and tells the workflow. */
    async pay(paperId: string, amountYen = 39_600): Promise<void> {
      await db.transaction(async (tx) => {
        await lockPayments(tx, 'posts');
        const row = { paperId, amountYen, on: jstDate(Date.now()), madeBy: 'system' };
        await postAllocations(tx, [row], randomUUID());
      });
      await sweep();
    },
    result: (paperId: string): Promise<unknown> =>
      client.workflow.getHandle(dunningWorkflowId(paperId)).result(),
  };
}
