import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composeDunningMail } from '../../activities/mail/dunning-mail.ts';
import { holdDunning, releaseDunning } from '../../db/queries/dunning/hold.ts';
import { lookAtDunning } from '../../db/queries/dunning/look.ts';
import { openDunnings } from '../../db/queries/dunning/open.ts';
import { writeOff } from '../../db/queries/dunning/write-off.ts';
import { lockPayments } from '../../db/queries/payment/lock.ts';
import { postAllocations } from '../../db/queries/payment/post.ts';
import { findOpenTask } from '../../db/queries/task/find.ts';
import { commands, dunningSteps, dunnings } from '../../db/schema/index.ts';
import { addBankDays } from '../../domain/billing/bank-days.ts';
import { type CivilDate, civilDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { dunningWorkflowId } from '../../domain/payments/dunning-case.ts';
import { givenCommand } from '../support/given.ts';
import { type PlantedPaper, plantPapers } from '../support/issued-papers.ts';
import { openTestDatabase } from '../support/workers.ts';

const DUE = civilDate('2026-11-30');
const YEN = 39_600;
/** Seeded, so that a failure can be had again. */
const RACES = 1_000;
/** On a slow machine. */
const RACE_LIMIT_MS = 600_000;

const { db, close } = openTestDatabase();
let papers: PlantedPaper[] = [];
beforeAll(async () => {
  papers = await plantPapers(
    db,
    `DUN${randomUUID().slice(0, 8).toUpperCase()}`,
    Array.from({ length: 8 }, (_, n) => ({
      ...{ kana: `トクソク${n}`, totalYen: YEN, issuedOn: civilDate('2026-11-10'), dueOn: DUE },
    })),
  );
});
afterAll(close);

const paper = (index: number): PlantedPaper => {
  const found = papers[index];
  if (found === undefined) throw new Error('too few papers');
  return found;
};

/** Ten o'clock of the n-th bank day after the due date. */
const at = (n: number): number => jstInstant(n === 0 ? DUE : addBankDays(DUE, n)) + 10 * 3_600_000;
const begin = (index: number) =>
  db
    .insert(dunnings)
    .values({ id: paper(index).paperId, contractId: paper(index).contractId, sandbox: true });
const look = (index: number, n: number) => lookAtDunning(db, { paperId: paper(index).paperId, nowMs: at(n) });
const stepsOf = async (index: number) =>
  (
    await db
      .select()
      .from(dunningSteps)
      .where(eq(dunningSteps.paperId, paper(index).paperId))
  ).map(({ step }) => step);

const pay = (index: number, amountYen: number, on: CivilDate = DUE) =>
  db.transaction(async (tx) => {
    await lockPayments(tx, 'posts');
    await postAllocations(
      tx,
      [{ paperId: paper(index).paperId, amountYen, on, madeBy: 'system' }],
      randomUUID(),
    );
  });

const by = async (index: number) => {
  const staffId = randomUUID();
  const commandId = await givenCommand(db, { by: staffId, workflowId: '' });
  return { paperId: paper(index).paperId, staffId, commandId };
};

describe('an overdue paper (第10条2項④)', () => {
  test('gets one case with the command to begin its workflow, once; not before it is overdue', async () => {
    const ids = new Set(papers.map(({ paperId }) => paperId));
    await openDunnings(db, { nowMs: at(0), limit: 10_000 });
    const of = async () => (await db.select().from(dunnings)).filter(({ id }) => ids.has(id)).length;
    expect(await of()).toBe(0);
    // Taken back in the end: the cases of the other tests begin by themselves.
    const found = { starts: [] as (string | undefined)[], cases: 0 };
    const opening = db.transaction(async (tx) => {
      await openDunnings(tx, { nowMs: at(1), limit: 10_000 });
      await openDunnings(tx, { nowMs: at(1), limit: 10_000 });
      const begun = await tx
        .select()
        .from(commands)
        .where(eq(commands.workflowId, dunningWorkflowId(paper(0).paperId)));
      found.starts = begun.map(({ starts }) => starts?.workflowType);
      found.cases = (await tx.select().from(dunnings)).filter(({ id }) => ids.has(id)).length;
      tx.rollback();
    });
    await expect(opening).rejects.toThrow();
    expect(found).toEqual({ starts: ['dunning'], cases: papers.length });
  });

  test('goes through its steps by bank days, each once, with tasks for staff at the first and the last', async () => {
    await begin(0);
    expect(await look(0, 0)).toEqual({ status: 'running', step: null });
    const said = [];
    for (const n of [1, 2, 3, 10, 20, 30, 31]) said.push((await look(0, n)).step);
    expect(said).toEqual([
      'overdue',
      'overdue',
      'reminder1',
      'reminder2',
      'finalNotice',
      'proposal',
      'proposal',
    ]);
    expect(await stepsOf(0)).toEqual(['overdue', 'reminder1', 'reminder2', 'finalNotice', 'proposal']);
    const subjectId = paper(0).paperId;
    expect(await findOpenTask(db, { subjectId, kind: 'dunningOverdue' })).not.toBeNull();
    expect(await findOpenTask(db, { subjectId, kind: 'dunningProposal' })).not.toBeNull();
    // Paid, the case is over and asks nothing of anybody.
    await pay(0, YEN);
    expect(await look(0, 32)).toEqual({ status: 'paid', step: null });
    expect(await findOpenTask(db, { subjectId, kind: 'dunningProposal' })).toBeNull();
  });

  test('that nobody looked at for weeks gets the step of the day, none of those before', async () => {
    await begin(1);
    expect((await look(1, 12)).step).toBe('reminder2');
    expect(await stepsOf(1)).toEqual(['reminder2']);
  });

  test('paid in part stays where it is; the posting has its workflow look again', async () => {
    await begin(2);
    await look(2, 3);
    await pay(2, YEN - 1);
    expect((await look(2, 10)).step).toBe('reminder2');
    const told = await db
      .select()
      .from(commands)
      .where(eq(commands.workflowId, dunningWorkflowId(paper(2).paperId)));
    expect(told.map(({ update }) => update)).toEqual(['lookAtDunning']);
    await pay(2, 1);
    expect((await look(2, 10)).status).toBe('paid');
  });

  test('in dispute stops counting; after it the days go on where they were', async () => {
    await begin(3);
    await look(3, 3);
    const from = addBankDays(DUE, 4);
    const told = {
      ...(await by(3)),
      kind: 'dispute' as const,
      from,
      reason: '請求の内容の確認中',
      today: from,
    };
    expect(await db.transaction((tx) => holdDunning(tx, told))).toEqual({ ok: true });
    expect(await look(3, 20)).toEqual({ status: 'running', step: null });
    const holds = await db.query.dunningHolds.findMany({
      where: (t, { eq: is }) => is(t.paperId, paper(3).paperId),
    });
    const released = { ...(await by(3)), holdId: holds[0]?.id ?? '', today: addBankDays(DUE, 20) };
    expect(await db.transaction((tx) => releaseDunning(tx, released))).toEqual({ ok: true });
    // Three days before the dispute and six after it.
    expect((await look(3, 26)).step).toBe('reminder1');
    expect((await look(3, 27)).step).toBe('reminder2');
  });

  test('given up by two people is over', async () => {
    await begin(4);
    await look(4, 3);
    const given = { ...(await by(4)), proposedBy: randomUUID(), today: addBankDays(DUE, 5) };
    expect(await db.transaction((tx) => writeOff(tx, given))).toEqual({ ok: true });
    expect((await look(4, 6)).status).toBe('writtenOff');
    expect((await db.transaction((tx) => writeOff(tx, given))).ok).toBe(false);
  });

  test('a reminder that is due no more when it would leave stays in the house', async () => {
    await begin(5);
    await look(5, 3);
    const ports = { db, payTo: null };
    const { paperId, contractId } = paper(5);
    const input = {
      ...{
        key: `dunning/${paperId}/reminder1`,
        kind: 'paymentReminder1' as const,
        subjectType: 'contract' as const,
      },
      ...{ subjectId: contractId, paperId, businessMs: at(3) },
    };
    const base = {
      sender: { operatorName: '', inquiry: '', sandbox: true },
      ...{ recipient: { companyName: '株式会社見本', personName: '見本 花' }, contractNumber: 'HS-1' },
    };
    const compose = () => composeDunningMail(ports, input, 'paymentReminder1', base);
    expect((await compose()).text).toContain('39,600円');
    await pay(5, YEN);
    await expect(compose()).rejects.toMatchObject({ type: 'NoLongerDue' });
  });
});

test(
  `no step is recorded after the payment, in ${RACES} races of both at the same instant`,
  async () => {
    let seed = 20_261_130;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    const { paperId, contractId } = paper(6);
    let stepFirst = 0;
    for (let race = 0; race < RACES; race += 1) {
      await db.delete(dunningSteps).where(eq(dunningSteps.paperId, paperId));
      await db
        .insert(dunnings)
        .values({ id: paperId, contractId, sandbox: true })
        .onConflictDoUpdate({ target: dunnings.id, set: { status: 'running' } });
      /** The steps that the payment saw when it was alone with what is open: nothing may come after them. */
      let seen = -1;
      const pays = () =>
        db.transaction(async (tx) => {
          await lockPayments(tx, 'posts');
          seen = await tx.$count(dunningSteps, eq(dunningSteps.paperId, paperId));
          await postAllocations(
            tx,
            [{ id: randomUUID(), paperId, amountYen: YEN, on: DUE, madeBy: 'system' }],
            `race/${randomUUID()}`,
          );
        });
      const looks = () => lookAtDunning(db, { paperId, nowMs: at(3) });
      const both = random() < 0.5 ? [pays(), looks()] : [looks(), pays()];
      await Promise.all(both);
      const steps = await db.$count(dunningSteps, eq(dunningSteps.paperId, paperId));
      expect(steps, `race ${race}`).toBe(seen);
      expect((await looks()).status).toBe('paid');
      stepFirst += steps;
      await takeBack(paperId);
    }
    // Both orders were met.
    expect(stepFirst).toBeGreaterThan(0);
    expect(stepFirst).toBeLessThan(RACES);
  },
  RACE_LIMIT_MS,
);

/** What was paid is taken back, so that the same paper is overdue again. */
async function takeBack(paperId: string): Promise<void> {
  const rows = await db.query.allocations.findMany({ where: (t, { eq: is }) => is(t.paperId, paperId) });
  const reversed = new Set(rows.map(({ reverses }) => reverses));
  const standing = rows.filter(({ id, reverses }) => reverses === null && !reversed.has(id));
  await db.transaction((tx) =>
    postAllocations(
      tx,
      standing.map(({ id, amountYen, on }) => ({
        ...{ paperId, amountYen: -amountYen, on, reverses: id, madeBy: 'test' },
      })),
      `back/${randomUUID()}`,
    ),
  );
}
