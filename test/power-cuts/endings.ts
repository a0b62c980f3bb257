import { randomUUID } from 'node:crypto';
import { setBankAccount } from '../../db/queries/bank-account/set.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { createNotice } from '../../db/queries/notice/create.ts';
import { addMonths, jstDate, lastOfMonth } from '../../domain/calendar/civil-date.ts';
import type { TaskKind } from '../../domain/processes/index.ts';
import { advanceAfterEnd, skipTo } from '../../gateway/clock.ts';
import { discontinuationGateway } from '../../gateway/discontinuation.ts';
import { noticeGateway } from '../../gateway/notice.ts';
import type { Outbox } from '../../gateway/outbox.ts';
import { discontinuationWorkflowId } from '../../workflows/discontinuation/messages.ts';
import { staff } from '../support/people.ts';
import type { Attempt } from './office.ts';

const DAY_MS = 86_400_000;
const PLANS = ['lite', 'standard', 'premium'] as const;

/** Tasks of discontinuations and the lists of their refunds, and of notices. */
const DISCONTINUED: readonly TaskKind[] = [
  'discontinuationReview',
  'discontinuationApproval',
  'refundReview',
  'refundApproval',
];
const NOTICED: readonly TaskKind[] = ['noticeReview', 'noticeApproval'];

interface Hands {
  outbox: Outbox;
  one: <T>(random: () => number, of: readonly T[]) => T | undefined;
}

/** What people do when something ends, and when everybody is told something. */
export function endingAttempts({ outbox, one }: Hands) {
  const { db, client } = outbox;
  const notices = noticeGateway(outbox);
  const discontinuations = discontinuationGateway(outbox);

  const openTask = async (random: () => number, kinds: readonly TaskKind[]) =>
    one(
      random,
      await db.query.tasks.findMany({
        where: (t, { and, eq, inArray }) => and(inArray(t.kind, [...kinds]), eq(t.status, 'open')),
        limit: 20,
      }),
    );

  const attempts: Record<string, (random: () => number, commandId: string) => Promise<Attempt | null>> = {
    notice: async (_, commandId) => {
      const startedBy = randomUUID();
      const content = {
        ...{ title: 'お知らせ', subjectLine: 'お知らせ', body: 'お知らせします。', postingText: '' },
        ...{ noticeClass: 'contractual' as const, audience: 'all' as const, planCode: null },
        ...{ byMail: true, postOnWeb: false, sandbox: true, createdBy: startedBy, creationKey: commandId },
      };
      return {
        make: async () => {
          const noticeId = await db.transaction((tx) => createNotice(tx, content));
          await notices.submit({ noticeId, startedBy, commandId });
          return { ok: true };
        },
      };
    },

    decideNotice: async (random, commandId) => {
      const task = await openTask(random, NOTICED);
      if (task === undefined) return null;
      const row = await db.query.notices.findFirst({ where: (t, { eq }) => eq(t.id, task.subjectId) });
      if (row === undefined) return null;
      const command = {
        ...{ commandId, actor: staff(randomUUID()), taskId: task.id, decisionId: randomUUID() },
        ...{ verdict: 'approve' as const, version: row.version },
      };
      return { make: () => notices.decide(task.subjectId, command) };
    },

    discontinue: async (random, commandId) => {
      const open = await db.query.discontinuations.findFirst({
        where: (t, { notInArray }) => notInArray(t.status, ['rejected', 'cancelled', 'done']),
      });
      if (open !== undefined) return null;
      const [enteredBy, planCode] = [randomUUID(), one(random, PLANS) ?? null];
      const lastDay = lastOfMonth(addMonths(jstDate(Date.now()), 2));
      const proposed = { sandbox: true, planCode, lastDay, enteredBy };
      return {
        make: async () => {
          await discontinuations.create(async (tx) => ({
            ...proposed,
            discontinuationId: await createDiscontinuation(tx, {
              ...{ ...proposed, commandId, forceMajeure: false, reason: '試験' },
            }),
          }));
          return { ok: true };
        },
      };
    },

    decideDiscontinuation: async (random, commandId) => {
      const task = await openTask(random, DISCONTINUED);
      if (task === undefined) return null;
      const command = { commandId, actor: staff(randomUUID()), taskId: task.id, decisionId: randomUUID() };
      return { make: () => discontinuations.decide(task.subjectId, { ...command, verdict: 'agree' }) };
    },

    /** The last day of a discontinuation passes: refunds are computed and its contracts end. */
    lastDayPasses: async () => {
      const row = await db.query.discontinuations.findFirst({
        where: (t, { eq }) => eq(t.status, 'announced'),
      });
      if (row === undefined) return null;
      const targetMs = Date.parse(`${row.lastDay}T00:00:00+09:00`) + 1.3 * DAY_MS;
      const skip = { workflowId: discontinuationWorkflowId(row.id), targetMs, id: randomUUID() };
      return { make: () => skipTo(client, skip) };
    },

    account: async (random) => {
      const refunds = await db.query.discontinuationContracts.findMany({
        where: (t, { and, gt, isNull }) => and(gt(t.totalYen, 0), isNull(t.batch)),
        limit: 20,
      });
      const refund = one(random, refunds);
      if (refund === undefined) return null;
      const account = {
        ...{ bankCode: '0001', branchCode: '001', accountType: '1' as const, holderKana: 'ｱｵﾊﾞ' },
        accountNumber: String(Math.floor(random() * 10_000_000)).padStart(7, '0'),
      };
      const { contractId } = refund;
      return {
        make: async () => {
          await setBankAccount(db, { contractId, account, enteredBy: randomUUID() });
          return { ok: true };
        },
      };
    },

    /** Months pass after an end: the last usage is settled, then what the customer entrusted is deleted step by step. */
    deletionPasses: async (random) => {
      const ended = await db.query.contracts.findMany({
        columns: { id: true },
        where: (t, { inArray }) => inArray(t.status, ['ended', 'terminated']),
        limit: 30,
      });
      const contract = one(random, ended);
      if (contract === undefined) return null;
      const past = { contractId: contract.id, targetMs: Date.now() + 200 * DAY_MS };
      return { make: () => advanceAfterEnd(client, past) };
    },
  };
  return attempts;
}
