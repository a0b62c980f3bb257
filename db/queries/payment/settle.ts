import { eq } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { payerCore, referenceCore } from '../../../domain/billing/payer-kana.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import {
  type ChosenSettlement,
  type JudgedSettlement,
  judgeSettlement,
  mayLearn,
  postingDay,
} from '../../../domain/payments/settlement.ts';
import type { Executor, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { type BankLineStatus, bankLines, credits } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { loadPolicies } from '../policy/load.ts';
import { standingCloses } from './closes.ts';
import { lockPayments } from './lock.ts';
import { learnPayerName, payersOfCores } from './payer-names.ts';
import { lineForUpdate, postAllocations, reverseLine } from './post.ts';
import { isPayer, openPapers } from './receivable.ts';
import { askToSettle, closeIfSettled } from './task.ts';

export type LineRow = typeof bankLines.$inferSelect;

const CLAUSE = '第6条2項';
const STALE = refuse('stale', 'この入金は、画面を開いたあとに処理されました。画面を読み込み直してください。');
const NO_PAYER = refuse('invalid', 'この支払者は見つかりません。支払者を選び直してください。', CLAUSE);

interface By {
  staffId: string;
  commandId: string;
  today: CivilDate;
  now: Date;
}

export interface SettleInput extends By {
  lineId: string;
  chosen: ChosenSettlement;
  /** Remember the name for the payer. */
  learn: boolean;
  /** Two people have agreed to it. */
  agreed: boolean;
}

/** Whose name a payment bears, and whose invoice its reference is. */
export async function namedPayersOf(
  db: Executor,
  { name, reference, sandbox }: Pick<LineRow, 'name' | 'reference' | 'sandbox'>,
): Promise<string[]> {
  const core = payerCore(name);
  const said = referenceCore(reference);
  const [byCore, byNumber] = await Promise.all([
    payersOfCores(db, { cores: [core], sandbox }),
    said === '' ? [] : openPapers(db, { sandbox, references: [said] }),
  ]);
  return [...new Set([...(byCore.get(core) ?? []), ...byNumber.map(({ payer }) => payer)])];
}

/** Judges a choice by what is open now (`judgeSettlement`); nothing is written. */
export async function judgeLine(
  db: Executor,
  line: LineRow,
  chosen: ChosenSettlement,
): Promise<Answer<JudgedSettlement>> {
  const { amountYen, cancelled, sandbox } = line;
  const namedPayers = await namedPayersOf(db, line);
  const open = await openPapers(db, { sandbox, payers: [chosen.payer] });
  const feeToleranceYen = (await loadPolicies(db))['payment.feeToleranceYen'];
  return judgeSettlement({ amountYen, cancelled, namedPayers }, chosen, open, feeToleranceYen);
}

/** Allocates a payment as a person chose, in the caller's transaction (消込, 第6条2項); the rest becomes a credit. */
export async function settleLine(tx: Transaction, input: SettleInput): Promise<Answer> {
  const { lineId, chosen, learn, agreed, staffId, commandId, today } = input;
  await lockPayments(tx, 'posts');
  const line = await lineForUpdate(tx, lineId);
  if (line === null || line.status !== 'waiting') return STALE;
  if (!(await isPayer(tx, { payer: chosen.payer, sandbox: line.sandbox }))) return NO_PAYER;
  const judged = await judgeLine(tx, line, chosen);
  if (!judged.ok) return judged;
  if (judged.needsTwo && !agreed) {
    return refuse('needsSecondPerson', '別の支払者の名義の入金です。二人目の確認が必要です。');
  }
  const { sandbox } = line;
  const { creditYen, discountYen } = judged;
  const open = await openPapers(tx, { sandbox, payers: [chosen.payer] });
  const idOf = new Map(open.map(({ number, paperId }) => [number, paperId]));
  const on = postingDay(await standingCloses(tx, sandbox), line.on, today);
  const made = { lineId, on, madeBy: staffId, commandId };
  await postAllocations(
    tx,
    chosen.parts.map(({ invoice, amountYen }) => ({
      ...{ ...made, paperId: idOf.get(invoice) ?? '', amountYen, discountYen },
    })),
    commandId,
  );
  if (creditYen > 0) {
    await tx
      .insert(credits)
      .values({ ...made, payer: chosen.payer, sandbox, kind: 'over', amountYen: creditYen });
  }
  const core = payerCore(line.name);
  if (learn && mayLearn(core, await namedPayersOf(tx, line), chosen.payer)) {
    await learnPayerName(tx, { payer: chosen.payer, core, lineId, learnedBy: staffId, sandbox });
  }
  await endWaiting(tx, line, 'settled', input);
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'payment.settled', subjectType: 'bankLine', subjectId: lineId, commandId },
    after: { invoices: chosen.parts.map(({ invoice }) => invoice), creditYen, learned: learn },
  });
  return { ok: true };
}

/** A payment that pays nothing: not ours, taken back by the bank, or sent back. */
export async function setLineAside(
  tx: Transaction,
  input: By & {
    lineId: string;
    as: 'wrong' | 'cancelled' | 'returned';
    note: string;
    /** The payment that the bank took back by this entry: what it paid is open again. */
    takesBack: string | null;
  },
): Promise<Answer> {
  const { lineId, as, staffId, commandId, takesBack } = input;
  await lockPayments(tx, 'posts');
  const line = await lineForUpdate(tx, lineId);
  const mayFollow =
    line !== null && (line.status === 'waiting' || (line.status === 'wrong' && as === 'returned'));
  if (line === null || !mayFollow) return STALE;
  if (takesBack !== null) {
    const answer = await takeBack(tx, line, takesBack, input);
    if (!answer.ok) return answer;
  }
  await endWaiting(tx, line, as, input, input.note);
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'payment.setAside', subjectType: 'bankLine', subjectId: lineId, commandId },
    after: { status: as },
  });
  return { ok: true };
}

/** The earlier payment goes with the entry that cancels it. */
async function takeBack(tx: Transaction, entry: LineRow, earlierId: string, by: By): Promise<Answer> {
  const earlier = await lineForUpdate(tx, earlierId);
  const fits =
    earlier !== null &&
    entry.cancelled &&
    !earlier.cancelled &&
    earlier.sandbox === entry.sandbox &&
    earlier.amountYen === entry.amountYen &&
    earlier.account === entry.account;
  if (!fits || earlier.status === 'cancelled' || earlier.status === 'returned') {
    return refuse('invalid', '取り消された入金を、同じ口座・同じ金額の入金から選んでください。', CLAUSE);
  }
  const undone = await undo(tx, earlier, by);
  if (!undone.ok) return undone;
  await endWaiting(tx, earlier, 'cancelled', by);
  return { ok: true };
}

/** What stands of a payment goes, on its own day or today where its month is closed. */
async function undo(tx: Transaction, line: LineRow, { staffId, commandId, today }: By): Promise<Answer> {
  const on = postingDay(await standingCloses(tx, line.sandbox), line.on, today);
  if (await reverseLine(tx, { lineId: line.id, on, by: staffId, commandId })) return { ok: true };
  return refuse(
    'ruleRefuses',
    'この入金から生じた前受金がすでに使われているため、取り消せません。先に前受金の充当を取り消してください。',
    CLAUSE,
  );
}

/** Takes back what was allocated of a payment: it waits again, and so do its invoices. */
export async function reopenLine(
  tx: Transaction,
  input: By & { lineId: string; note: string },
): Promise<Answer> {
  const { lineId, staffId, commandId, now, note } = input;
  await lockPayments(tx, 'posts');
  const line = await lineForUpdate(tx, lineId);
  if (line === null || line.status === 'waiting') return STALE;
  if (line.status === 'returned') {
    return refuse('wrongState', '返した入金の消込は取り消せません。', CLAUSE);
  }
  const undone = await undo(tx, line, input);
  if (!undone.ok) return undone;
  await tx
    .update(bankLines)
    .set(
      sealRow(bankLines, line.importId, {
        ...{ status: 'waiting', settledBy: null, settledAt: null, note },
      } as const),
    )
    .where(eq(bankLines.id, lineId));
  await askToSettle(tx, { importId: line.importId, because: commandId, sandbox: line.sandbox, now });
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'payment.reopened', subjectType: 'bankLine', subjectId: lineId, commandId },
    before: { status: line.status },
  });
  return { ok: true };
}

async function endWaiting(
  tx: Transaction,
  line: LineRow,
  status: BankLineStatus,
  { staffId, now }: By,
  note = line.note,
): Promise<void> {
  await tx
    .update(bankLines)
    .set(sealRow(bankLines, line.importId, { status, settledBy: staffId, settledAt: now, note }))
    .where(eq(bankLines.id, line.id));
  await closeIfSettled(tx, line.importId);
}
