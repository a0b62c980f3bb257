import { type Answer, refuse } from '../base/answers.ts';
import { formatYen } from '../base/money.ts';
import type { OpenInvoice } from '../billing/payment-match.ts';
import { type MonthClose, mayPost } from '../billing/revenue.ts';
import type { CivilDate } from '../calendar/civil-date.ts';

const CLAUSE = '第6条2項';

/** A payment that waits for a person, as far as settling it goes. */
export interface SettledLine {
  amountYen: number;
  cancelled: boolean;
  /** Payers that have the name on it, registered or learned, and whose invoice its reference is. */
  namedPayers: readonly string[];
}

/** What a person chose: whose payment it is, and what of it is for which invoice. */
export interface ChosenSettlement {
  payer: string;
  parts: readonly { invoice: string; amountYen: number }[];
}

export interface JudgedSettlement {
  /** What the one invoice is short of, accepted as the transfer fee. */
  discountYen: number;
  /** What is left over and becomes the payer's credit (前受金). */
  creditYen: number;
  /** It takes money of somebody else whose name it bears: a second person has to agree. */
  needsTwo: boolean;
}

/**
 * Whether a payment may be settled so (消込, 第6条2項): every part for an open invoice of the one payer and no larger than what is
 * open of it, all together no more than was paid; the rest is a credit. `feeToleranceYen` is policy `payment.feeToleranceYen`.
 */
export function judgeSettlement(
  line: SettledLine,
  chosen: ChosenSettlement,
  open: readonly OpenInvoice[],
  feeToleranceYen: number,
): Answer<JudgedSettlement> {
  if (line.cancelled) {
    return refuse('ruleRefuses', '銀行が取り消した入金は、請求書に充てられません。', CLAUSE);
  }
  const byNumber = new Map(open.map((invoice) => [invoice.number, invoice]));
  const seen = new Set<string>();
  let restYen = line.amountYen;
  for (const { invoice: number, amountYen } of chosen.parts) {
    const invoice = byNumber.get(number);
    if (invoice === undefined || seen.has(number)) {
      return refuse(
        'stale',
        `請求書${number}は未払いではなくなっています。画面を読み込み直してください。`,
        CLAUSE,
      );
    }
    seen.add(number);
    if (invoice.payer !== chosen.payer) {
      return refuse(
        'invalid',
        `請求書${number}は別の支払者のものです。一つの入金は一つの支払者に充ててください。`,
        CLAUSE,
      );
    }
    if (!Number.isSafeInteger(amountYen) || amountYen < 1) {
      return refuse('invalid', `請求書${number}に充てる額は1円以上の整数で入力してください。`, CLAUSE);
    }
    if (amountYen > invoice.openYen) {
      return refuse(
        'invalid',
        `請求書${number}の未払いは${formatYen(invoice.openYen)}です。それより多くは充てられません。`,
        CLAUSE,
      );
    }
    restYen -= amountYen;
  }
  if (restYen < 0) {
    return refuse('invalid', `充てる額の合計が、入金額${formatYen(line.amountYen)}を超えています。`, CLAUSE);
  }
  const needsTwo = line.namedPayers.length > 0 && !line.namedPayers.includes(chosen.payer);
  return {
    ok: true,
    creditYen: restYen,
    discountYen: feeOf(line, chosen, byNumber, feeToleranceYen),
    needsTwo,
  };
}

/** What a payment that is all for one invoice is short of it, where the policy accepts so much as the transfer fee. */
function feeOf(
  { amountYen }: SettledLine,
  { parts }: ChosenSettlement,
  open: ReadonlyMap<string, OpenInvoice>,
  feeToleranceYen: number,
): number {
  const [part, another] = parts;
  if (part === undefined || another !== undefined || part.amountYen !== amountYen) return 0;
  const shortYen = (open.get(part.invoice)?.openYen ?? 0) - amountYen;
  return shortYen <= feeToleranceYen ? shortYen : 0;
}

/** Whether the name on a payment is one to remember for its payer: it has one, and nobody else has it. */
export function mayLearn(core: string, namedPayers: readonly string[], payer: string): boolean {
  return core !== '' && !namedPayers.includes(payer);
}

/** The day that a posting about a payment counts from: its own, or today where that month was closed meanwhile (月次締め). */
export function postingDay(closes: readonly MonthClose[], on: CivilDate, today: CivilDate): CivilDate {
  return mayPost(closes, { on, enteredOn: today }) ? on : today;
}
