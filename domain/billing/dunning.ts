import { type Explained, explained, step } from '../base/explain.ts';
import { formatYen } from '../base/money.ts';
import { type CivilDate, compareDates, formatDateJa } from '../calendar/civil-date.ts';
import { countBankDays } from './bank-days.ts';

/** The steps of dunning in their order; the last one is for two people to decide (第10条2項④). */
export const DUNNING_STEPS = ['overdue', 'reminder1', 'reminder2', 'finalNotice', 'proposal'] as const;
export type DunningStep = (typeof DUNNING_STEPS)[number];
export type DunningState = 'open' | 'paid' | 'disputed' | 'writtenOff' | DunningStep;

/** An invoice with everything that happened to it. */
export interface DunnedInvoice {
  dueOn: CivilDate;
  totalYen: number;
  /** What was allocated on a day, an accepted transfer fee included. */
  payments: readonly { on: CivilDate; amountYen: number }[];
  /** Days of a dispute, both included; `to` null while it lasts. */
  disputes: readonly { from: CivilDate; to: CivilDate | null }[];
  writtenOffOn: CivilDate | null;
}

export interface DunningFound {
  state: DunningState;
  openYen: number;
  /** Bank days after the due date through the day, days of dispute left out; 0 once paid. */
  overdueDays: number;
}

/** How an invoice stands on a day, from its facts only (第10条2項④). `days` is policy `dunning.days`. */
export function dunningOn(
  invoice: DunnedInvoice,
  on: CivilDate,
  days: readonly number[],
): Explained<DunningFound> {
  const paidYen = invoice.payments
    .filter((payment) => compareDates(payment.on, on) <= 0)
    .reduce((sum, { amountYen }) => sum + amountYen, 0);
  const openYen = Math.max(0, invoice.totalYen - paidYen);
  if (openYen === 0) return found('paid', 0, 0, on);
  const inDispute = (day: CivilDate) =>
    invoice.disputes.some(
      ({ from, to }) => compareDates(from, day) <= 0 && (to === null || compareDates(day, to) <= 0),
    );
  const overdueDays = countBankDays(invoice.dueOn, on, inDispute);
  const { writtenOffOn } = invoice;
  if (writtenOffOn !== null && compareDates(writtenOffOn, on) <= 0) {
    return found('writtenOff', openYen, overdueDays, on);
  }
  if (inDispute(on)) return found('disputed', openYen, overdueDays, on);
  const state = DUNNING_STEPS.findLast(
    (_, index) => overdueDays >= (days[index] ?? Number.POSITIVE_INFINITY),
  );
  return found(state ?? 'open', openYen, overdueDays, on);
}

export const DUNNING_WORDS: Record<DunningState, string> = {
  open: '支払期限内または銀行営業日の経過前',
  paid: '支払い済み',
  disputed: '協議中',
  writtenOff: '貸倒れ',
  overdue: '期限超過（入金の確認）',
  reminder1: '督促1回目',
  reminder2: '督促2回目',
  finalNotice: '最終通知',
  proposal: '解約の提案',
};

function found(
  state: DunningState,
  openYen: number,
  overdueDays: number,
  on: CivilDate,
): Explained<DunningFound> {
  return explained(
    { state, openYen, overdueDays },
    step(
      `${formatDateJa(on)}：未払い${formatYen(openYen)}、支払期限から${overdueDays}銀行営業日。${DUNNING_WORDS[state]}。`,
      '第10条2項④',
    ),
  );
}
