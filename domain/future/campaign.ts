import { type Step, step } from '../base/explain.ts';
import { formatYen } from '../base/money.ts';
import { type CivilDate, compareDates, formatDateJa, isMonthEnd } from '../calendar/civil-date.ts';
import { CONTRACT_KIND_LABELS } from '../period/contract.ts';
import type { ContractKind } from '../period/periods.ts';

/** The price of a plan by a campaign, for one period of a contract of that kind, yen without tax. */
export interface CampaignPrice {
  planCode: string;
  kind: ContractKind;
  feeYen: number;
}

/** What a campaign overrides for one contract until its own last day (第5条4項); null: as the terms say. */
export interface CampaignTerms {
  until: CivilDate;
  /** First day of period 1. */
  firstDay: CivilDate | null;
  /** For periods that begin by `until` on that plan. */
  price: CampaignPrice | null;
  /** A cancellation that arrives by `until` ends the contract no earlier than on that month end. */
  earliestEndsOn: CivilDate | null;
}

export interface CampaignProblem {
  field: 'until' | 'firstDay' | 'planCode' | 'feeYen' | 'earliestEndsOn';
  message: string;
}

/**
 * What keeps a campaign from being entered on a day; `concludedOn` is null before the contract is. `over`: no contract will come
 * of the application, or the contract has ended, so that there is nothing left to override (第5条4項).
 */
export function campaignProblems(
  terms: CampaignTerms,
  contract: {
    today: CivilDate;
    concludedOn: CivilDate | null;
    over: boolean;
    planCodes: readonly string[];
  },
): CampaignProblem[] {
  const { until, firstDay, price, earliestEndsOn } = terms;
  const problems: CampaignProblem[] = [];
  const problem = (field: CampaignProblem['field'], message: string) => problems.push({ field, message });
  if (contract.over) {
    problem('until', 'この申込・利用契約は終了しているため、キャンペーンを適用できません（第5条4項）。');
    return problems;
  }
  if (compareDates(until, contract.today) < 0) problem('until', 'キャンペーンの終了日が過去の日付です。');
  if (firstDay === null && price === null && earliestEndsOn === null) {
    problem('until', '初日、料金、解約のうち、少なくとも1つの条件を入力してください。');
  }
  if (firstDay !== null && contract.concludedOn !== null) {
    problem('firstDay', '契約の締結後は、利用契約期間の初日を変えられません（第5条3項）。');
  } else if (firstDay !== null && compareDates(firstDay, contract.today) <= 0) {
    problem('firstDay', '利用契約期間の初日は、きょうより後の日を入力してください。');
  }
  if (price !== null && !contract.planCodes.includes(price.planCode)) {
    problem('planCode', '料金プランを選択してください。');
  }
  if (price !== null && !(Number.isSafeInteger(price.feeYen) && price.feeYen >= 0)) {
    problem('feeYen', '料金は0以上の整数（円・税抜）で入力してください。');
  }
  if (earliestEndsOn !== null && !isMonthEnd(earliestEndsOn)) {
    problem('earliestEndsOn', '最短の解約日は月末日を入力してください（第10条1項）。');
  }
  return problems;
}

/** Whether a campaign still counts on a day: it ends by itself. */
export function isInForce({ until }: Pick<CampaignTerms, 'until'>, day: CivilDate): boolean {
  return compareDates(day, until) <= 0;
}

/** The first day of a contract by its campaign, where it names one after the conclusion; else null. */
export function campaignFirstDay(terms: CampaignTerms | null, concludedOn: CivilDate): CivilDate | null {
  const firstDay = terms?.firstDay ?? null;
  return firstDay !== null && compareDates(firstDay, concludedOn) > 0 ? firstDay : null;
}

/** The fee of the plan by the campaign for a period, where there is one. */
export function campaignFeeYen(
  terms: CampaignTerms | null,
  period: { from: CivilDate; kind: ContractKind },
  planCode: string,
): number | undefined {
  if (terms === null || terms.price === null || !isInForce(terms, period.from)) return undefined;
  const { price } = terms;
  return price.planCode === planCode && price.kind === period.kind ? price.feeYen : undefined;
}

/** The month end before which a cancellation that arrives on a day cannot end the contract, with the reason; or null. */
export function campaignEarliestEnd(
  terms: CampaignTerms | null,
  arrivedOn: CivilDate,
): { endsOn: CivilDate; reason: Step } | null {
  if (terms === null || terms.earliestEndsOn === null || !isInForce(terms, arrivedOn)) return null;
  const { earliestEndsOn: endsOn } = terms;
  const text = `キャンペーンの条件により、${formatDateJa(endsOn)}より前には終了しません。`;
  return { endsOn, reason: step(text, '第5条4項') };
}

/** The terms as the certificate prints them (第5条4項), each with the day until which it counts. */
export function campaignTexts(terms: CampaignTerms, planName: string): string[] {
  const { firstDay, price, earliestEndsOn } = terms;
  const until = formatDateJa(terms.until);
  return [
    ...(firstDay === null ? [] : [`利用契約期間の初日を${formatDateJa(firstDay)}とする。`]),
    ...(price === null
      ? []
      : [
          `${until}までに始まる期間について、${planName}（${CONTRACT_KIND_LABELS[price.kind]}）の利用料金を1期分${formatYen(price.feeYen)}（税抜）とする。`,
        ]),
    ...(earliestEndsOn === null
      ? []
      : [`${until}までに到達した解約の申請では、${formatDateJa(earliestEndsOn)}より前に終了しない。`]),
  ];
}
