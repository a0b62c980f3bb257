import { type Explained, explained, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { formatYen, yenOf } from '../base/money.ts';
import { type CivilDate, civilDate, compareDates, formatDateJa } from '../calendar/civil-date.ts';

/** Above this unused balance the operator notifies, reports and deposits (資金決済法). */
const BASE_AMOUNT_YEN = 10_000_000;
/** Base dates (基準日), month and day, with the day by which the report is due. */
const REPORT_BY: Readonly<Record<string, string>> = { '03-31': '05-31', '09-30': '11-30' };

/** The last base date on or before a day. */
export function lastBaseDate(today: CivilDate): CivilDate {
  const year = Number(today.slice(0, 4));
  const days = [`${year}-09-30`, `${year}-03-31`, `${year - 1}-09-30`].map(civilDate);
  return days.find((day) => compareDates(day, today) <= 0) ?? today;
}

export interface PrepaidBalanceFacts {
  /** Kind of corporation by the tax agency's registry; null while it is not known, which does not exempt. */
  legalKind: string | null;
  entries: readonly { on: CivilDate; amountYen: number }[];
}

/** Yen. `reportBy` is null where nothing is to be reported. */
export interface BaseDateFound {
  exemptYen: number;
  countedYen: number;
  over: boolean;
  depositYen: number;
  reportBy: CivilDate | null;
}

/**
 * The unused prepaid balance on a base date, 31 March or 30 September (第6条5項; 資金決済法14条): balances of exempt kinds of
 * customers apart; above 10,000,000 yen at least half is deposited, rounded up. Throws InvalidValueError for another day.
 */
export function baseDateBalance(
  on: CivilDate,
  contracts: readonly PrepaidBalanceFacts[],
  exemptKinds: readonly string[],
): Explained<BaseDateFound> {
  const reportDay = REPORT_BY[on.slice(5)];
  if (reportDay === undefined) {
    throw new InvalidValueError(`基準日は3月31日または9月30日です（${formatDateJa(on)}）。`);
  }
  const sumOf = (exempt: boolean) =>
    yenOf(
      contracts
        .filter(({ legalKind }) => (legalKind !== null && exemptKinds.includes(legalKind)) === exempt)
        .flatMap(({ entries }) => entries.filter((entry) => compareDates(entry.on, on) <= 0))
        .reduce((sum, { amountYen }) => sum + BigInt(amountYen), 0n),
    );
  const [exemptYen, countedYen] = [sumOf(true), sumOf(false)];
  const over = countedYen > BASE_AMOUNT_YEN;
  const reportBy = over ? civilDate(`${on.slice(0, 4)}-${reportDay}`) : null;
  const depositYen = over ? Math.ceil(countedYen / 2) : 0;
  return explained(
    { exemptYen, countedYen, over, depositYen, reportBy },
    step(
      `${formatDateJa(on)}の未使用残高は${formatYen(countedYen)}です（適用除外の${formatYen(exemptYen)}を除く）。`,
      '第6条5項',
    ),
    reportBy === null
      ? step('1,000万円以下のため、届出も供託も要りません。')
      : step(
          `1,000万円を超えるため、${formatDateJa(reportBy)}までに報告し、${formatYen(depositYen)}以上を供託します。`,
        ),
  );
}
