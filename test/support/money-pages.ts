import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { lookAtDunning } from '../../db/queries/dunning/look.ts';
import { importPayments } from '../../db/queries/payment/import.ts';
import { refreshPayerNames } from '../../db/queries/payment/payer-names.ts';
import { waitingLines } from '../../db/queries/payment/read.ts';
import { credits, dunnings, payoutFiles, payouts } from '../../db/schema/index.ts';
import type { ImportedLine } from '../../domain/billing/zengin-statement.ts';
import { addDays, jstDate, monthOf } from '../../domain/calendar/civil-date.ts';
import { plantPapers } from './issued-papers.ts';

/** Payments, what is overdue and the books, with what can be decided about them; their addresses by name. */
export async function moneyPages(db: Database): Promise<Record<string, string>> {
  const now = new Date();
  const today = jstDate(now.getTime());
  const dueOn = addDays(today, -45);
  const issuedOn = addDays(dueOn, -20);
  const prefix = `MON${randomUUID().slice(0, 8).toUpperCase()}`;
  const soon = addDays(today, 20);
  const [paying, owing] = await plantPapers(db, prefix, [
    { kana: 'カブシキガイシャアカネ', totalYen: 39_600, issuedOn, dueOn: soon },
    { kana: 'カブシキガイシャミドリ', totalYen: 39_600, issuedOn, dueOn },
    { kana: 'カブシキガイシャアカネ', totalYen: 39_600, issuedOn, dueOn: soon },
  ]);
  if (paying === undefined || owing === undefined) throw new Error('no paper was planted');
  await refreshPayerNames(db);
  const line = (n: number, more: Partial<ImportedLine>): ImportedLine => ({
    ...{ id: `${prefix}/${n}`, account: '0001-001-1-1234567', on: today, amountYen: 10_000 },
    ...{ name: 'ｶ)ｱｶﾈ', reference: null, cancelled: false, ...more },
  });
  const lines = [
    line(1, {}),
    line(2, { name: 'ｼﾗﾅｲｶｲｼｬ', amountYen: 39_600 }),
    line(3, { cancelled: true }),
    line(4, { reference: paying.number.replaceAll('-', ''), amountYen: 39_600 }),
  ];
  const file = { fileName: '振込.txt', storageKey: `test/${prefix}`, sha256: prefix, bytes: 1 };
  const answer = await db.transaction((tx) =>
    importPayments(tx, {
      ...{ format: 'transfers', lines, file, importedBy: 'cli', sandbox: true },
      ...{ now, today, feeToleranceYen: 0 },
    }),
  );
  if (!answer.ok) throw new Error(answer.message);
  // As a row alone: no workflow writes to somebody who is planted.
  const { paperId, contractId } = owing;
  await db.insert(dunnings).values({ id: paperId, contractId, sandbox: true });
  await lookAtDunning(db, { paperId, nowMs: now.getTime() });
  await db.insert(credits).values({
    ...{ payer: owing.customerId, sandbox: true, kind: 'over', amountYen: 1_000, on: today, madeBy: 'test' },
  });
  const fileId = randomUUID();
  const payer = { payer: owing.customerId, contractId, sandbox: true, commandId: prefix };
  await db.insert(payoutFiles).values({
    ...{ id: fileId, status: 'made', transferOn: soon, payouts: 1, totalYen: 300, sha256: prefix },
    ...{ madeBy: 'test', downloadedBy: 'test', downloadedAt: now, sandbox: true },
  });
  await db.insert(payouts).values([
    { ...payer, amountYen: 300, agreedOn: today, agreedBy: 'test', status: 'inFile', fileId },
    { ...payer, amountYen: 200, agreedOn: today, agreedBy: 'test' },
  ]);
  const { rows } = await waitingLines(db, { after: null, limit: 100 });
  const waiting = rows.filter(({ importId }) => importId === answer.result.importId);
  const settle = Object.fromEntries(
    waiting.map(({ id, name }, n) => [`payment ${n + 1} of ${name}`, `/staff/payments/lines/${id}?queue=1`]),
  );
  return {
    payments: '/staff/payments',
    'a file of payments': `/staff/payments/imports/${answer.result.importId}`,
    ...settle,
    'a payer that owes and has a credit': `/staff/payers/${owing.customerId}`,
    'statement of account': `/staff/payers/${owing.customerId}/statement`,
    'paying back': '/staff/payouts?sandbox=yes',
    'a file of transfers': `/staff/payouts/files/${fileId}`,
    dunnings: '/staff/dunnings',
    'an overdue invoice': `/staff/dunnings/${paperId}`,
    receivables: '/staff/receivables?sandbox=yes',
    'reports of sales': '/staff/reports?sandbox=yes',
    'month close': `/staff/closes?month=${monthOf(dueOn)}&sandbox=yes`,
  };
}
