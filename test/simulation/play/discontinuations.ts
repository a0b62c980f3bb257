import { setTimeout as delay } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { setBankAccount } from '../../../db/queries/bank-account/set.ts';
import { createDiscontinuation } from '../../../db/queries/discontinuation/create.ts';
import { findDiscontinuation } from '../../../db/queries/discontinuation/find.ts';
import { recordBounce } from '../../../db/queries/mail/bounce.ts';
import { findNoticeByCause } from '../../../db/queries/notice/find.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { noticeRecipients, notices } from '../../../db/schema/index.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { TaskKind } from '../../../domain/processes/index.ts';
import { skipTo } from '../../../gateway/clock.ts';
import { contractSnapshot, contractWorkflowId } from '../../../workflows/contract/messages.ts';
import {
  type DiscontinuationVerdict,
  discontinuationWorkflowId,
} from '../../../workflows/discontinuation/messages.ts';
import { atHour } from '../draft.ts';
import type { DiscontinuationLine } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import { sent } from './editions.ts';
import { asked } from './giving.ts';
import { idOf, type Office } from './office.ts';
import { subjectOf } from './subject.ts';

const PATIENCE_MS = 10 * 60_000;
const LOOK_MS = 200;

const nameOf = ({ number }: Pick<DiscontinuationLine, 'number'>) => `discontinuation/${number}`;

const rowOf = ({ db }: Office, line: DiscontinuationLine) =>
  db.query.discontinuations.findFirst({ where: (t, { eq: is }) => is(t.commandId, idOf(nameOf(line))) });

/** It is proposed, agreed to by two others, told to the contracts and to their customers (第16条). A repeat does nothing more. */
export async function announce(office: Office, line: DiscontinuationLine): Promise<void> {
  const { plan: planCode, forceMajeure } = line;
  const enteredBy = idOf('operations-1');
  const lastDay = civilDate(line.lastDay);
  const proposed = { sandbox: true, planCode, lastDay, enteredBy };
  const { discontinuationId: id } = await office.discontinuations.create(async (tx) => ({
    discontinuationId: await createDiscontinuation(tx, {
      ...{ ...proposed, commandId: idOf(nameOf(line)), forceMajeure, reason: '見直し' },
    }),
    ...proposed,
  }));
  const atMs = atHour(line.announcedOn, 7);
  if ((await findDiscontinuation(office.db, id))?.status === 'review') {
    await asked(office, { subjectId: id, kind: 'discontinuationReview' });
    await move(office, line, atMs);
    await decide(office, line, { id, kind: 'discontinuationReview', by: 'legal-1', verdict: 'agree' });
  }
  if ((await findDiscontinuation(office.db, id))?.status === 'approval')
    await decide(office, line, { id, kind: 'discontinuationApproval', by: 'approver-1', verdict: 'agree' });
  if ((await findDiscontinuation(office.db, id))?.status !== 'announced') return;
  await until(
    `${nameOf(line)} is told`,
    async () => (await office.discontinuations.snapshot(id))?.told === true,
  );
  await heard(office);
  await noticed(office, line, id, atMs);
}

/** The notice is out, on the clock of the discontinuation: it has one of its own, which nobody can move before it sends. */
async function noticed(office: Office, line: DiscontinuationLine, id: string, atMs: number): Promise<void> {
  const { db } = office;
  const cause = { type: 'discontinuation', id, step: 'announcement' } as const;
  const notice = await findNoticeByCause(db, cause);
  if (notice === null) return;
  await sent(office, cause);
  const at = new Date(atMs);
  await db.update(notices).set({ postedAt: at }).where(eq(notices.id, notice.id));
  const reached = and(eq(noticeRecipients.noticeId, notice.id), eq(noticeRecipients.state, 'accepted'));
  await db.update(noticeRecipients).set({ acceptedAt: at }).where(reached);
  for (const life of line.bounced) {
    const contractId = (await subjectOf(office, life))?.contractId ?? '';
    const mail = await db.query.mails.findFirst({
      where: (t, { eq: is }) => is(t.key, `notice/${notice.id}/${contractId}`),
    });
    if (mail === undefined) continue;
    const { messageId } = mail;
    await recordBounce(db, { messageId, status: '5.1.1', answer: '550 no such user' }, at);
  }
}

/** Two people call it off: its contracts go on, and their customers are told. */
export async function callOff(office: Office, line: DiscontinuationLine): Promise<void> {
  const row = await rowOf(office, line);
  if (row === undefined) throw new Error(`${nameOf(line)} was not announced`);
  if (row.status === 'announced') {
    await move(office, line, atHour(line.calledOffOn ?? line.lastDay, 7));
    const actor = { kind: 'staff' as const, id: idOf('approver-2') };
    const names = {
      commandId: idOf(`command/${nameOf(line)}/callOff`),
      decisionId: idOf(`${nameOf(line)}/callOff`),
    };
    required(line, await office.discontinuations.cancel(row.id, { ...names, actor }));
  }
  await office.client.workflow.getHandle(discontinuationWorkflowId(row.id)).result();
  await heard(office);
  const cause = { type: 'discontinuation', id: row.id, step: 'cancelled' } as const;
  // Where it would have ended nobody's contract, there is nobody to tell.
  if ((await findNoticeByCause(office.db, cause)) !== null) await sent(office, cause);
}

/** Its last day is over: refunds are computed, the contracts end, and what has an account is paid back by two people. */
export async function endService(office: Office, line: DiscontinuationLine): Promise<void> {
  const row = await rowOf(office, line);
  if (row === undefined) throw new Error(`${nameOf(line)} was not announced`);
  const { id } = row;
  if (row.status === 'announced' || row.status === 'ending') {
    await move(office, line, atHour(line.lastDay, 24 + 7));
    await until(`${nameOf(line)} has ended its contracts`, async () =>
      ['refundReview', 'done'].includes((await findDiscontinuation(office.db, id))?.status ?? ''),
    );
  }
  await until(`no contract of ${nameOf(line)} lives`, async () => {
    const live = await office.db.query.contracts.findFirst({
      columns: { id: true },
      where: (t, { and: all, eq: is, inArray }) =>
        all(is(t.discontinuationId, id), inArray(t.status, ['active', 'ending'])),
    });
    return live === undefined;
  });
  await payBack(office, line, id);
}

/** One list of what has an account by now; a repeat goes on where it was. */
async function payBack(office: Office, line: DiscontinuationLine, id: string): Promise<void> {
  const { db } = office;
  const listed = await db.query.refundBatches.findFirst({
    where: (t, { eq: is }) => is(t.discontinuationId, id),
  });
  const status = async () => (await findDiscontinuation(db, id))?.status;
  if (listed === undefined && (await status()) === 'refundReview') {
    await enterAccounts(office, line, id);
    const submit = { id, kind: 'refundReview', by: 'billing-1', verdict: 'agree' } as const;
    await decide(office, line, submit).catch(nothingToPay);
  }
  if ((await status()) === 'refundApproval')
    await decide(office, line, { id, kind: 'refundApproval', by: 'approver-1', verdict: 'agree' });
}

/** Of those who get something back and have told their account. */
async function enterAccounts(office: Office, line: DiscontinuationLine, id: string): Promise<void> {
  const { db } = office;
  for (const life of line.accounts) {
    const contractId = (await subjectOf(office, life))?.contractId;
    if (contractId == null) continue;
    const refund = await db.query.discontinuationContracts.findFirst({
      where: (t, { and: all, eq: is, gt }) =>
        all(is(t.discontinuationId, id), is(t.contractId, contractId), gt(t.totalYen, 0), gt(t.version, 1)),
    });
    if (refund === undefined) continue;
    const account = {
      ...{ bankCode: '0001', branchCode: '001', accountType: '1' as const },
      ...{ accountNumber: `1${life.slice(1).padStart(6, '0')}`, holderKana: 'ｱｵﾊﾞ' },
    };
    await setBankAccount(db, { contractId, account, enteredBy: idOf('billing-1') });
  }
}

/** Where nobody has an account there is no list. */
function nothingToPay(error: unknown): void {
  if (!(error instanceof Refused) || !error.message.includes('振込先が登録された返金がありません'))
    throw error;
}

class Refused extends Error {}

const required = (line: DiscontinuationLine, answer: { ok: boolean; message?: string }): void => {
  if (!answer.ok) throw new Refused(`${nameOf(line)}: ${answer.message ?? ''}`);
};

async function decide(
  office: Office,
  line: DiscontinuationLine,
  { id, kind, by, verdict }: { id: string; kind: TaskKind; by: string; verdict: DiscontinuationVerdict },
): Promise<void> {
  await asked(office, { subjectId: id, kind });
  const task = await findOpenTask(office.db, { subjectId: id, kind });
  const name = `${nameOf(line)}/${kind}`;
  const answer = await office.discontinuations.decide(id, {
    ...{ commandId: idOf(`command/${name}`), decisionId: idOf(name), taskId: task?.id ?? '', verdict },
    actor: { kind: 'staff', id: idOf(by) },
  });
  required(line, answer);
}

/** Moves the clock of the discontinuation. */
async function move(office: Office, line: DiscontinuationLine, targetMs: number): Promise<void> {
  const id = (await rowOf(office, line))?.id ?? '';
  const skip = { workflowId: discontinuationWorkflowId(id), targetMs, id: idOf(`clock/${id}/${targetMs}`) };
  const moved = await skipTo(office.client, skip);
  if (!moved.ok) throw new Error(`${nameOf(line)}: ${moved.message}`);
}

/** A contract that answers has heard what was said to it before. */
async function heard({ db, client }: Office): Promise<void> {
  const live = await db.query.contracts.findMany({
    columns: { id: true },
    where: (t, { inArray }) => inArray(t.status, ['active', 'ending']),
  });
  for (const { id } of live) await client.workflow.getHandle(contractWorkflowId(id)).query(contractSnapshot);
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`not so: ${what}`);
    await delay(LOOK_MS);
  }
}

/** Names of discontinuations by the ids of their rows. */
export async function discontinuationNames({ db }: Office): Promise<Map<string, string>> {
  const rows = await db.query.discontinuations.findMany({ columns: { id: true, commandId: true } });
  const numbers = Array.from({ length: 50 }, (_, at) => nameOf({ number: at + 1 }));
  const names = new Map(numbers.map((name) => [idOf(name), name]));
  return new Map(rows.map(({ id, commandId }) => [id, names.get(commandId) ?? id]));
}

/** Reads what discontinuations did to a contract: as approved, and as it came in the end. */
export async function readDiscontinuations(
  office: Office,
  contractId: string,
): Promise<OutcomeLine['discontinuations']> {
  const { db } = office;
  const names = await discontinuationNames(office);
  const rows = await db.query.discontinuationContracts.findMany({
    where: (t, { eq: is }) => is(t.contractId, contractId),
  });
  const versions = await db.query.discontinuationVersions.findMany();
  const lists = await db.query.refundBatches.findMany();
  const read = rows.map((row) => {
    const of = (each: { discontinuationId: string }) => each.discontinuationId === row.discontinuationId;
    const version = versions.find((each) => of(each) && each.version === row.version);
    const list = lists.find((each) => of(each) && each.batch === row.batch);
    const { fate, noticeOn, late, periodFrom: from, periodTo: to, paid, periodFeeYen } = row;
    const { unusableDays, periodDays, feeYen, taxYen, balanceYen, totalYen } = row;
    return {
      discontinuation: Number(names.get(row.discontinuationId)?.split('/')[1]),
      version: version?.kind === 'approved' ? ('approved' as const) : ('final' as const),
      ...{ fate, noticeOn, late, from, to, paid, periodFeeYen, unusableDays, periodDays },
      ...{ feeYen, taxYen, balanceYen, totalYen, given: list != null && list.approvedBy !== null },
    };
  });
  return read.toSorted((a, b) => a.discontinuation - b.discontinuation || (a.version < b.version ? -1 : 1));
}
