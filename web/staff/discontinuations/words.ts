import type { SessionStaff } from '../../../db/queries/session/find.ts';
import { formatYen } from '../../../domain/base/money.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Fate, PlanTotals, RefundBasis } from '../../../domain/discontinuation/discontinuation-plan.ts';
import type { VersionKind } from '../../../domain/discontinuation/discontinuation-status.ts';
import type { Fact } from '../../components/facts.tsx';
import { dateText, masked } from '../../format.ts';
import { hasRole, MAY } from '../rights.ts';

export const PATH = '/staff/discontinuations';

export const FATE_LABELS: Record<Fate, string> = {
  ends: '最終日に終了',
  endsBefore: '先に終了',
  movesAway: '別のプランへ変更',
};

/** Of a contract that ends: what its fee was taken from. */
export const BASIS_LABELS: Record<RefundBasis, string> = {
  papers: '請求書',
  prices: '料金表（本システムの請求なし）',
};

export const VERSION_LABELS: Record<VersionKind, string> = {
  approved: '承認時',
  recomputed: '再計算',
  final: '確定（最終日の後）',
};

/** '全体' or the plan, and live or test contracts. */
export function scopeText(
  row: { planCode: string | null; sandbox: boolean },
  planName: string | null,
): string {
  const what = row.planCode === null ? 'サービス全体' : `料金プラン「${planName ?? row.planCode}」`;
  return `${what}（${row.sandbox ? 'テスト環境の契約' : '本番の契約'}）`;
}

export const countText = (count: number): string => `${count.toLocaleString('ja-JP')}件`;

/** What a contract and its refund look like in a list, from a plan or a frozen version. */
export interface ShownRow {
  contractId: string;
  contractNumber: string;
  customerName: string;
  fate: Fate;
  basis: RefundBasis;
  noticeOn: CivilDate | null;
  late: boolean;
  periodFrom: CivilDate;
  periodTo: CivilDate;
  periodFeeYen: number;
  unusableDays: number;
  periodDays: number;
  feeYen: number;
  taxYen: number;
  balanceYen: number;
  totalYen: number;
  steps: readonly { text: string; clause?: string }[];
}

/** The totals as facts. */
export function totalFacts(totals: PlanTotals): Fact[] {
  return [
    { label: '対象の契約', value: countText(totals.contracts) },
    { label: '最終日に終了する契約', value: countText(totals.ending) },
    { label: '先に終了する契約', value: countText(totals.endsBefore) },
    { label: '別のプランへ変わる契約', value: countText(totals.movesAway) },
    { label: '期限までに届かない契約', value: countText(totals.late) },
    { label: '支払い済みの期間が切れる契約', value: countText(totals.cut) },
    { label: '返金する契約', value: countText(totals.refunds) },
    ...(totals.fromPrices === 0
      ? []
      : [
          {
            label: '料金表から計算した契約',
            value: `${countText(totals.fromPrices)}（最終日の期間を本システムで請求していません。請求した額と合うか確かめてください）`,
          },
        ]),
    {
      label: '返金額の合計',
      value: `${formatYen(totals.refundYen)}（利用料金 ${formatYen(totals.feeYen)}、消費税 ${formatYen(totals.taxYen)}、プリペイド残高 ${formatYen(totals.balanceYen)}）`,
    },
  ];
}

const CSV_HEAD = [
  '契約番号',
  'お客様',
  '契約の行方',
  'お知らせの到達日',
  '期限内',
  '期間の初日',
  '期間の最終日',
  '期間の利用料金（税抜・円）',
  '利用料金の根拠',
  '利用できない日数',
  '期間の日数',
  '利用料金の返金（円）',
  '消費税（円）',
  'プリペイド残高の返金（円）',
  '返金額（円）',
  '計算',
];

const csvRow = (row: ShownRow, numbers: boolean): (string | number)[] => [
  numbers ? row.contractNumber : masked(row.contractNumber),
  row.customerName,
  FATE_LABELS[row.fate],
  row.noticeOn ?? '',
  row.late ? '期限後・未到達' : '期限内',
  row.periodFrom,
  row.periodTo,
  row.periodFeeYen,
  BASIS_LABELS[row.basis],
  row.unusableDays,
  row.periodDays,
  row.feeYen,
  row.taxYen,
  row.balanceYen,
  row.totalYen,
  row.steps.map(({ text }) => text).join(' '),
];

/** For a file of all contracts: more than any plan has. */
export const ALL_ROWS = 1_000_000;

/** A plan or version as CSV: a row for each contract, then the sums; contract numbers for whoever may see them (第12条2項). */
export function planCsv(
  rows: readonly ShownRow[],
  totals: PlanTotals,
  staff: SessionStaff,
): (string | number)[][] {
  const numbers = hasRole(staff, MAY.seeContractNumber);
  const sums = ['合計', countText(totals.contracts), ...Array<string>(9).fill('')];
  return [
    CSV_HEAD,
    ...rows.map((row) => csvRow(row, numbers)),
    [...sums, totals.feeYen, totals.taxYen, totals.balanceYen, totals.refundYen, ''],
  ];
}

export const periodText = ({ periodFrom, periodTo }: ShownRow): string =>
  `${dateText(periodFrom)}〜${dateText(periodTo)}`;
