import type { StatisticsEdition } from '../../../../db/queries/statistics/read.ts';
import { keysOf } from '../../../../domain/base/keys.ts';
import { cellKey, columnKey, rowKey, TOTAL } from '../../../../domain/support/statistics.ts';
import { STATISTIC_TABLES, type StatisticTable } from '../../../../domain/support/statistics-tables.ts';
import { Pills } from '../../../components/pills.tsx';
import { Table } from '../../../components/table.tsx';
import { dateWithEra } from '../../../format.ts';
import { CONTRACT_KIND_LABELS } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import { dataPage } from '../layout.tsx';
import { Bars } from './bars.tsx';

export const STATISTICS_PATH = '/staff/statistics';
const HIDDEN = <span class="not-entered">非公表</span>;

interface StatisticsPage {
  frame: ReturnType<typeof frame>;
  edition: StatisticsEdition | null;
  sandbox: boolean;
  minGroup: number;
}

/** The statistics of the last published month: four tables, each with its picture (第14条1項). */
export function statisticsPage({ frame, edition, sandbox, minGroup }: StatisticsPage) {
  return dataPage({
    frame,
    current: STATISTICS_PATH,
    title: '統計',
    children: (
      <>
        <div class="page-head">
          <h1>統計</h1>
          <Pills
            links={[
              { label: '本番', href: STATISTICS_PATH, current: !sandbox },
              { label: 'テスト環境', href: `${STATISTICS_PATH}?of=sandbox`, current: sandbox },
            ]}
          />
        </div>
        <p class="lead">
          締まった月の末日に有効な契約の件数です。{minGroup}
          件に満たない数と、引き算でそれが分かる数は表示しません（第14条1項）。
          {minGroup}件以上動いていない数は、前に表示した数のままにします。
        </p>
        {edition === null ? (
          <p class="empty">
            まだ統計がありません。月が締まると自動で作られます。表示する最小の件数を上げた場合は、次の月から表示します。
          </p>
        ) : (
          <>
            <p>
              <b>{dateWithEra(edition.asOf)}現在</b>　合計{' '}
              {totalOf(edition) === null ? HIDDEN : `${totalOf(edition)?.toLocaleString('ja-JP')}件`}
            </p>
            <div class="statistics">
              {keysOf(STATISTIC_TABLES).map((id) => (
                <Figure edition={edition} id={id} />
              ))}
            </div>
          </>
        )}
      </>
    ),
  });
}

const totalOf = ({ tables }: StatisticsEdition): number | null => tables.channel?.[TOTAL] ?? null;

function Figure({ edition, id }: { edition: StatisticsEdition; id: StatisticTable }) {
  const title = STATISTIC_TABLES[id];
  const cells = Object.entries(edition.tables[id] ?? {});
  const inner = cells.filter(
    ([key]) => key !== TOTAL && !key.startsWith('row:') && !key.startsWith('column:'),
  );
  const bars = inner.flatMap(([key, value]) =>
    value === null ? [] : [{ label: edition.labels[key] ?? key, value }],
  );
  const ordered = id === 'prefecture' ? bars.toSorted((a, b) => b.value - a.value) : bars;
  return (
    <section class="panel" aria-labelledby={`table-${id}`}>
      <h2 id={`table-${id}`}>{title}</h2>
      {ordered.length === 0 ? (
        <p class="empty">表示できる数がありません。</p>
      ) : (
        <Bars title={title} bars={ordered} />
      )}
      <details>
        <summary>表で見る（{title}）</summary>
        {id === 'plan' ? <PlanTable edition={edition} /> : <OneWay edition={edition} id={id} />}
      </details>
    </section>
  );
}

const shown = (value: number | null | undefined) =>
  value === null || value === undefined ? HIDDEN : value.toLocaleString('ja-JP');

function OneWay({ edition, id }: { edition: StatisticsEdition; id: StatisticTable }) {
  return (
    <Table
      caption={STATISTIC_TABLES[id]}
      rows={Object.entries(edition.tables[id] ?? {})}
      empty=""
      columns={[
        { head: '区分', cell: ([key]) => edition.labels[key] ?? key },
        { head: '契約数', cell: ([, value]) => shown(value), numeric: true },
      ]}
    />
  );
}

function PlanTable({ edition }: { edition: StatisticsEdition }) {
  const cells = edition.tables.plan ?? {};
  const plans = Object.keys(cells).flatMap((key) =>
    key.startsWith('row:') ? [key.slice('row:'.length)] : [],
  );
  const kinds = keysOf(CONTRACT_KIND_LABELS);
  return (
    <Table
      caption={STATISTIC_TABLES.plan}
      rows={[...plans, null]}
      empty=""
      columns={[
        {
          head: '料金プラン',
          cell: (plan) => (plan === null ? '合計' : (edition.labels[rowKey(plan)] ?? plan)),
        },
        ...kinds.map((kind) => ({
          head: CONTRACT_KIND_LABELS[kind],
          cell: (plan: string | null) =>
            shown(plan === null ? cells[columnKey(kind)] : cells[cellKey(plan, kind)]),
          numeric: true,
        })),
        {
          head: '合計',
          cell: (plan) => shown(plan === null ? cells[TOTAL] : cells[rowKey(plan)]),
          numeric: true,
        },
      ]}
    />
  );
}
