import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { addDays, type CivilDate, compareDates, formatDateJa, laterOf } from '../calendar/civil-date.ts';
import type { PeriodLine } from '../future/period-line.ts';
import type { PeriodTerms } from '../period/periods.ts';
import { feeChangeReaches } from './fees.ts';

/** A version of the price list by which a contract pays from a day on; null for the one that it was sold with. */
export interface FeeVersion {
  version: number;
  from: CivilDate | null;
}

/** An approved fee change, with the day on which its notice reached this contract's customer. */
export interface FeeChangeEvidence {
  version: number;
  effectiveOn: CivilDate;
  noticedOn: CivilDate | null;
  /** First day of the latest period that was invoiced by the day of the notice: it and those before keep their price. */
  invoicedFrom?: CivilDate | null;
}

/** A period, by its first day, and the day of the run that invoiced it. */
export interface InvoicedPeriod {
  from: CivilDate;
  invoicedOn: CivilDate;
}

/** The latest first day of periods whose invoice is not of a later day than the notice (第6条3項・4項); null without any. */
export function invoicedByNotice(
  periods: readonly InvoicedPeriod[],
  noticedOn: CivilDate | null,
): CivilDate | null {
  return periods
    .filter(({ invoicedOn }) => noticedOn !== null && compareDates(invoicedOn, noticedOn) <= 0)
    .reduce<CivilDate | null>((latest, { from }) => (latest === null ? from : laterOf(latest, from)), null);
}

/**
 * The first day on which a contract pays a changed fee (第6条3項・4項): the first period that begins on or after the change
 * and after the day of its notice, and that was not invoiced by then. Null while the notice has not reached the customer: told late it
 * waits for the period after, never told it binds nobody.
 */
export function feeChangeFrom(
  periods: PeriodTerms | PeriodLine,
  change: FeeChangeEvidence,
): Explained<CivilDate | null> {
  const { version, effectiveOn, noticedOn } = change;
  if (noticedOn === null) {
    return explained(
      null,
      step(`第${version}版の料金表の通知は、お客様にまだ到達していません。`, '第6条4項'),
    );
  }
  const late = compareDates(effectiveOn, noticedOn) <= 0;
  const first = laterOf(effectiveOn, addDays(noticedOn, 1));
  const open = feeChangeReaches(periods, first);
  const { invoicedFrom = null } = change;
  const issued = invoicedFrom !== null && compareDates(open.value, invoicedFrom) <= 0 ? invoicedFrom : null;
  const reached = issued === null ? open : feeChangeReaches(periods, addDays(issued, 1));
  return explained(
    reached.value,
    step(
      `第${version}版の料金表は${formatDateJa(noticedOn)}に通知されました${late ? '（変更日の後のため、通知より後に始まる期間から適用されます）' : ''}。`,
      '第6条4項',
    ),
    ...(issued === null
      ? []
      : [
          step(
            `${formatDateJa(issued)}に始まる期間の請求書は通知の日までに発行したため、その料金は変わりません。`,
            '第6条4項',
          ),
        ]),
    ...reached.steps,
  );
}

/**
 * Whether a changed fee is paid for the period that begins on a day and is invoiced on another (第6条3項・4項): it begins on or
 * after the change and after the notice, and its invoice comes after the day of the notice. An issued one keeps its price.
 */
export function feeChangeReachesPeriod(
  { effectiveOn, noticedOn }: FeeChangeEvidence,
  from: CivilDate,
  invoicedOn: CivilDate,
): boolean {
  return (
    noticedOn !== null &&
    compareDates(effectiveOn, from) <= 0 &&
    compareDates(noticedOn, from) < 0 &&
    compareDates(noticedOn, invoicedOn) < 0
  );
}

/**
 * All versions by which a contract has paid or will pay: the one it was sold with, those on record, and those whose notice
 * has reached the customer (第6条3項・4項). A change whose version is not newer than what is on record has no more effect.
 */
export function feeVersions(
  periods: PeriodTerms | PeriodLine,
  sold: { version: number; recorded: readonly { version: number; from: CivilDate }[] },
  changes: readonly FeeChangeEvidence[],
): Explained<FeeVersion[]> {
  const versions: FeeVersion[] = [{ version: sold.version, from: null }, ...sold.recorded];
  const newest = Math.max(...versions.map(({ version }) => version));
  const steps: Step[] = [];
  for (const change of changes) {
    if (change.version <= newest) continue;
    const { value, steps: why } = feeChangeFrom(periods, change);
    steps.push(...why);
    if (value !== null) versions.push({ version: change.version, from: value });
  }
  return explained(
    versions.toSorted((a, b) => a.version - b.version),
    ...steps,
  );
}

/** The version by which a contract pays on a day: of a period, its first day (第6条3項). */
export function feeVersionOn(versions: readonly FeeVersion[], day: CivilDate): number {
  const held = versions.filter(({ from }) => from === null || compareDates(from, day) <= 0);
  return Math.max(...held.map(({ version }) => version));
}
