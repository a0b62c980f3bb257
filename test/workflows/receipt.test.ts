import { randomUUID } from 'node:crypto';
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allocations, documents, mails, receipts } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { receiptGateway } from '../../gateway/receipt.ts';
import { receiptWorkflowId } from '../../workflows/receipt/messages.ts';
import { applicants } from '../support/people.ts';
import { paidPaper } from '../support/receipts.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';
import { pdfText, withoutSpace } from '../templates/pdf/read-pdf.ts';

let workers: RunningWorkers;
let gateway: ReturnType<typeof receiptGateway>;
beforeAll(async () => {
  workers = await startWorkers();
  gateway = receiptGateway(createOutbox(workers.composed.db, workers.client));
});
afterAll(() => workers.stop());

test('a receipt is numbered, drawn, archived and mailed once, and one for a payment made anew says that it is issued again', async () => {
  const { db, storage } = workers.composed;
  const contractId = await applicants(db, workers.client).conclude();
  const { paperId, allocationId, number } = await paidPaper(db, contractId);
  const ask = () => ({
    ...{ receiptId: randomUUID(), paperId, issuedBy: randomUUID(), mailed: true },
    ...{ today: civilDate('2026-12-01'), at: new Date('2026-12-01T01:00:00Z') },
  });
  const over = (receiptId: string) =>
    workers.client.workflow
      .getHandle(receiptWorkflowId({ contractId, receiptId, mailed: true, sandbox: true }))
      .result();
  const textOf = async (receiptId: string) => {
    const [row] = await db.select().from(receipts).where(eq(receipts.id, receiptId));
    const [file] = await db
      .select()
      .from(documents)
      .where(eq(documents.number, row?.number ?? ''));
    expect(file).toMatchObject({ kind: 'receipt', subjectId: contractId, amountYen: 39_600 });
    return withoutSpace(pdfText(await storage.get(file?.storageKey ?? '')));
  };

  const first = ask();
  expect(await Promise.all([gateway.issue(first), gateway.issue(first)])).toMatchObject([
    { ok: true },
    { ok: true },
  ]);
  await over(first.receiptId);
  const text = await textOf(first.receiptId);
  for (const words of ['39,600円', number, '前受金の充当', '2026年11月25日', 'テスト環境'])
    expect(text).toContain(words);
  expect(text).not.toContain('再発行');
  const sent = await db
    .select()
    .from(mails)
    .where(like(mails.key, `receipt/${first.receiptId}%`));
  expect(sent).toMatchObject([{ kind: 'receiptIssued', status: 'accepted', subjectId: contractId }]);
  expect(await gateway.issue(ask())).toMatchObject({ ok: false, code: 'stale' });

  const taken = { paperId, on: civilDate('2026-12-02'), madeBy: 'test' };
  await db.insert(allocations).values([
    { ...taken, amountYen: -39_600, reverses: allocationId },
    { ...taken, amountYen: 39_600 },
  ]);
  const second = { ...ask(), mailed: false };
  expect(await gateway.issue(second)).toMatchObject({ ok: true });
  await over(second.receiptId);
  const again = await textOf(second.receiptId);
  expect(again).toContain('再発行');
  const [before] = await db.select().from(receipts).where(eq(receipts.id, first.receiptId));
  expect(again).toContain(before?.number ?? 'no number');
});
