import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { type Payer, zenginFile } from '../../../domain/billing/zengin.ts';
import { type CivilDate, compareDates } from '../../../domain/calendar/civil-date.ts';
import { postingDay } from '../../../domain/payments/settlement.ts';
import type { Executor, Transaction } from '../../client.ts';
import { credits, payoutFiles, payouts } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { standingCloses } from '../payment/closes.ts';
import { lockPayments } from '../payment/lock.ts';
import { type PayoutFileRow, type PayoutRow, payoutsOfFile, transfersOf, waitingPayouts } from './read.ts';

const CLAUSE = '第6条2項';
const STALE = refuse('stale', '画面を開いたあとに処理されました。画面を読み込み直してください。', CLAUSE);

export interface By {
  staffId: string;
  commandId: string;
  today: CivilDate;
  now: Date;
}

/** Puts all that waits and has an account into one file for the bank (総合振込). The file's id is that of the command. */
export async function makePayoutFile(
  tx: Transaction,
  input: By & { payer: Payer; transferOn: CivilDate; sandbox: boolean },
): Promise<Answer> {
  const { payer, transferOn, sandbox, staffId, commandId: id } = input;
  await lockPayments(tx, 'posts');
  const rows = (await waitingPayouts(tx, sandbox)).filter(({ account }) => account !== null);
  const transfers = transfersOf(rows);
  const read = bytesOrRefuse(payer, transferOn, transfers);
  if ('ok' in read) return read;
  const totalYen = transfers.reduce((sum, { amountYen }) => sum + amountYen, 0);
  await tx.insert(payoutFiles).values({
    ...{ id, status: 'made', transferOn, payouts: rows.length, totalYen, sandbox, madeBy: staffId },
    sha256: digestOf(read.bytes),
  });
  for (const { payout, account } of rows) {
    await tx
      .update(payouts)
      .set({ status: 'inFile', fileId: id, accountId: account?.id ?? null })
      .where(eq(payouts.id, payout.id));
  }
  await recordFile(tx, 'payoutFile.made', id, input, { payouts: rows.length, totalYen });
  return { ok: true };
}

/** The bytes of a file for the bank, taken out once: whoever did is on record, and a second time is refused. */
export async function takePayoutFile(
  tx: Transaction,
  input: By & { fileId: string; payer: Payer },
): Promise<Answer<{ bytes: Uint8Array }>> {
  const { fileId, payer, staffId, now } = input;
  const file = await fileForUpdate(tx, fileId);
  if (file === null || file.status !== 'made') return STALE;
  if (file.downloadedAt !== null) {
    return refuse(
      'ruleRefuses',
      'この振込データはダウンロード済みです。二重の振込を防ぐため、一度だけです。失ったときは、銀行に渡していないことを確かめてから破棄し、作り直してください。',
      CLAUSE,
    );
  }
  const read = bytesOrRefuse(payer, file.transferOn, transfersOf(await payoutsOfFile(tx, fileId)));
  if ('ok' in read) return read;
  if (digestOf(read.bytes) !== file.sha256) {
    return refuse(
      'ruleRefuses',
      '作成のあとに振込元の口座または振込先の内容が変わりました。この振込データを破棄し、作り直してください。',
      CLAUSE,
    );
  }
  await tx
    .update(payoutFiles)
    .set({ downloadedBy: staffId, downloadedAt: now })
    .where(eq(payoutFiles.id, fileId));
  await recordFile(tx, 'payoutFile.downloaded', fileId, input, { sha256: file.sha256 });
  return { ok: true, bytes: read.bytes };
}

/** A file that the bank is not given: what stood in it waits again. */
export async function discardPayoutFile(tx: Transaction, input: By & { fileId: string }): Promise<Answer> {
  const { fileId } = input;
  await lockPayments(tx, 'posts');
  const file = await fileForUpdate(tx, fileId);
  if (file === null || file.status !== 'made') return STALE;
  await takeOut(tx, eq(payouts.fileId, fileId));
  await endFile(tx, fileId, 'discarded', input, null);
  await recordFile(tx, 'payoutFile.discarded', fileId, input, { downloaded: file.downloadedAt !== null });
  return { ok: true };
}

/** The bank has paid: each pay-out but those that failed is booked (前受金の返金); the others wait again. */
export async function confirmPayoutFile(
  tx: Transaction,
  input: By & { fileId: string; paidOn: CivilDate; failed: readonly string[] },
): Promise<Answer> {
  const { fileId, paidOn, failed, today } = input;
  await lockPayments(tx, 'posts');
  const file = await fileForUpdate(tx, fileId);
  if (file === null || file.status !== 'made') return STALE;
  if (file.downloadedAt === null) {
    return refuse('ruleRefuses', '振込データをダウンロードし、銀行に渡してから確認してください。', CLAUSE);
  }
  if (compareDates(paidOn, today) > 0) {
    return refuse('invalid', '振り込まれた日は、今日までの日付で入力してください。', CLAUSE);
  }
  const rows = await payoutsOfFile(tx, fileId);
  if (failed.length > 0) await takeOut(tx, and(eq(payouts.fileId, fileId), inArray(payouts.id, [...failed])));
  for (const { payout } of rows.filter(({ payout: { id } }) => !failed.includes(id))) {
    await bookPayout(tx, payout, { ...input, on: paidOn });
  }
  await endFile(tx, fileId, 'confirmed', input, paidOn);
  await recordFile(tx, 'payoutFile.confirmed', fileId, input, { paidOn, failed: failed.length });
  return { ok: true };
}

/** One that waits was paid otherwise (to a partner, at the counter), or is not paid back after all: the credit is free again. */
export async function endPayout(
  tx: Transaction,
  input: By & { payoutId: string; as: 'paid' | 'withdrawn' },
): Promise<Answer> {
  const { payoutId, as, staffId, commandId, today } = input;
  await lockPayments(tx, 'posts');
  const [payout] = await tx.select().from(payouts).where(eq(payouts.id, payoutId)).for('update');
  if (payout === undefined || payout.status !== 'waiting') return STALE;
  if (as === 'paid') await bookPayout(tx, payout, { ...input, on: today });
  else await tx.update(payouts).set({ status: 'withdrawn' }).where(eq(payouts.id, payoutId));
  await recordCarriedOut(tx, {
    ...{ actor: staffId, subjectType: 'contract', subjectId: payout.contractId, commandId },
    action: as === 'paid' ? 'payout.paidByHand' : 'payout.withdrawn',
    after: { amountYen: payout.amountYen },
  });
  return { ok: true };
}

async function bookPayout(
  tx: Transaction,
  { id, payer, sandbox, amountYen }: PayoutRow,
  { on: paidOn, today, staffId, commandId }: By & { on: CivilDate },
): Promise<void> {
  const on = postingDay(await standingCloses(tx, sandbox), paidOn, today);
  const [booked] = await tx
    .insert(credits)
    .values({ payer, sandbox, kind: 'paidBack', amountYen: -amountYen, on, madeBy: staffId, commandId })
    .returning({ id: credits.id });
  if (booked === undefined) throw new Error('the pay-out was not booked');
  await tx.update(payouts).set({ status: 'paid', creditId: booked.id }).where(eq(payouts.id, id));
}

const takeOut = (tx: Transaction, which: ReturnType<typeof and>) =>
  tx.update(payouts).set({ status: 'waiting', fileId: null, accountId: null }).where(which);

const endFile = (
  tx: Transaction,
  fileId: string,
  status: 'confirmed' | 'discarded',
  { staffId, now }: By,
  paidOn: CivilDate | null,
) =>
  tx
    .update(payoutFiles)
    .set({ status, endedBy: staffId, endedAt: now, paidOn })
    .where(eq(payoutFiles.id, fileId));

async function fileForUpdate(tx: Transaction, fileId: string): Promise<PayoutFileRow | null> {
  const [file] = await tx.select().from(payoutFiles).where(eq(payoutFiles.id, fileId)).for('update');
  return file ?? null;
}

type FileAction = `payoutFile.${'made' | 'downloaded' | 'discarded' | 'confirmed'}`;

const recordFile = (
  tx: Executor,
  action: FileAction,
  fileId: string,
  { staffId, commandId }: By,
  after: Record<string, unknown>,
) =>
  recordCarriedOut(tx, {
    ...{ actor: staffId, action, subjectType: 'payoutFile', subjectId: fileId, after, commandId },
  });

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function bytesOrRefuse(
  payer: Payer,
  transferOn: CivilDate,
  transfers: Parameters<typeof zenginFile>[2],
): { bytes: Uint8Array } | ReturnType<typeof refuse> {
  try {
    return { bytes: zenginFile(payer, transferOn, transfers) };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return refuse('invalid', error.message, CLAUSE);
  }
}
