import { PREFECTURES } from '../application/prefectures.ts';
import {
  addMonths,
  type CivilDate,
  formatDateJa,
  lastOfMonth,
  type MonthKey,
  monthOf,
  monthStart,
} from '../calendar/civil-date.ts';
import { CONTRACT_KIND_LABELS } from '../period/contract.ts';
import type { ContractKind } from '../period/periods.ts';
import { cellKey, columnKey, type Edge, oneWayTable, rowKey, TOTAL, twoWayTable } from './statistics.ts';

/** What the statistics know of a contract: no name, no number. */
export interface ContractFact {
  planCode: string;
  kind: ContractKind;
  prefecture: string | null;
  concludedOn: CivilDate;
  /** Sold through a service partner. */
  partner: boolean;
}

/** The tables that are published, always these and no others: a free choice of filters could not be kept safe (第14条1項). */
export const STATISTIC_TABLES = {
  plan: '料金プランと契約種別',
  prefecture: '所在地の都道府県',
  month: '契約を締結した月',
  channel: '販売経路',
} as const;
export type StatisticTable = keyof typeof STATISTIC_TABLES;

const UNKNOWN = 'unknown';
const EARLIER = 'earlier';
const MONTHS = 12;

/** The last closed month on a day. */
export function closedMonth(today: CivilDate): MonthKey {
  return monthOf(addMonths(today, -1));
}

export const lastDayOf = (month: MonthKey): CivilDate => lastOfMonth(monthStart(month));

/** The contracts of a closed month, counted. `plans`: code and name of every plan that was ever sold. */
export function countContracts(
  facts: readonly ContractFact[],
  month: MonthKey,
  plans: ReadonlyMap<string, string>,
): { tables: Record<StatisticTable, Edge[]>; labels: Record<string, string> } {
  const months = Array.from({ length: MONTHS }, (_, back) => monthOf(addMonths(monthStart(month), -back)));
  const counts = (keys: readonly string[], keyOf: (fact: ContractFact) => string) => {
    const found = new Map(keys.map((key) => [key, 0]));
    for (const fact of facts) found.set(keyOf(fact), (found.get(keyOf(fact)) ?? 0) + 1);
    return found;
  };
  const crossed = counts([], ({ planCode, kind }) => cellKey(planCode, kind));
  const kinds = Object.keys(CONTRACT_KIND_LABELS);
  const codes = [...new Set([...plans.keys(), ...facts.map(({ planCode }) => planCode)])];
  const tables = {
    plan: twoWayTable(codes, kinds, (plan, kind) => crossed.get(cellKey(plan, kind)) ?? 0),
    prefecture: oneWayTable(counts([...PREFECTURES, UNKNOWN], ({ prefecture }) => prefecture ?? UNKNOWN)),
    month: oneWayTable(
      counts([EARLIER, ...months.toReversed()], ({ concludedOn }) => {
        const concluded = monthOf(concludedOn);
        return months.includes(concluded) ? concluded : EARLIER;
      }),
    ),
    channel: oneWayTable(counts(['direct', 'partner'], ({ partner }) => (partner ? 'partner' : 'direct'))),
  };
  const labels: Record<string, string> = {
    [TOTAL]: '合計',
    [UNKNOWN]: '不明',
    [EARLIER]: 'それ以前',
    direct: '直接契約',
    partner: 'サービスパートナー経由',
    ...Object.fromEntries(PREFECTURES.map((name) => [name, name])),
    ...Object.fromEntries(months.map((each) => [each, formatDateJa(monthStart(each)).replace(/1日$/, '')])),
    ...Object.fromEntries(codes.map((code) => [rowKey(code), plans.get(code) ?? code])),
    ...Object.fromEntries(
      Object.entries(CONTRACT_KIND_LABELS).map(([kind, label]) => [columnKey(kind), label]),
    ),
    ...Object.fromEntries(
      codes.flatMap((code) =>
        Object.entries(CONTRACT_KIND_LABELS).map(([kind, label]) => [
          cellKey(code, kind),
          `${plans.get(code) ?? code}・${label}`,
        ]),
      ),
    ),
  };
  return { tables, labels };
}
