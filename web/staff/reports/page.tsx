import type { CivilDate, MonthKey } from '../../../domain/calendar/civil-date.ts';
import type { Sales } from '../../../domain/payments/sales.ts';
import { BarChart } from '../../components/chart.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf } from '../../components/paging.tsx';
import { MonthField, SideAndShow } from '../../components/query-fields.tsx';
import { Table } from '../../components/table.tsx';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';

export const REPORTS_PATH = '/staff/reports';

/** Groups that a chart has room for; the table has all of them. */
const DRAWN = 12;

/** Sales of twelve months by one kind of group, with what each group is called. */
export interface SalesReport {
  title: string;
  /** Of its CSV. */
  file: string;
  head: string;
  rows: readonly (Sales<string> & { name: string })[];
}

export interface ReportsPage {
  frame: ReturnType<typeof frame>;
  month: MonthKey;
  months: readonly MonthKey[];
  reports: readonly SalesReport[];
  forecast: { contracts: number; months: readonly { month: MonthKey; yen: number }[] };
  baseDate: CivilDate;
  sandbox: boolean;
  sandboxOffered: boolean;
}

/** What was sold by plan and by partner, and what live contracts will bring (第6条2項). */
export function reportsPage(page: ReportsPage) {
  const { month, months, reports, forecast, sandbox } = page;
  const csv = (file: string) =>
    addressOf(`${REPORTS_PATH}/${file}.csv`, { month, sandbox: sandbox ? 'yes' : null });
  return staffPage({
    ...page.frame,
    title: '売上レポート',
    wide: true,
    children: (
      <>
        <h1>売上レポート</h1>
        <p class="lead">
          {months[0]}から{month}までの売上を、サービスを提供した月で集計します（税抜）。
          {sandbox ? 'テスト環境の契約の金額です。' : ''}
        </p>
        <form class="search" method="get" action={REPORTS_PATH}>
          <MonthField label="最後の月" value={month} />
          <SideAndShow sandboxOffered={page.sandboxOffered} sandbox={sandbox} />
        </form>
        {reports.map(({ title, file, head, rows }) => (
          <section class="panel">
            <h2>{title}</h2>
            <BarChart
              title={title}
              bars={rows.slice(0, DRAWN).map(({ name, totalYen }) => ({
                label: name,
                value: totalYen,
                text: yenText(totalYen),
              }))}
            />
            <Table
              caption={title}
              rows={rows}
              empty="この期間の売上はありません。"
              columns={[
                { head, cell: ({ name }) => name },
                {
                  head: `${months.at(-1) ?? ''}の売上`,
                  numeric: true,
                  cell: (row) => yenText(row.months.at(-1) ?? 0),
                },
                { head: '12か月の売上', numeric: true, cell: ({ totalYen }) => <b>{yenText(totalYen)}</b> },
              ]}
            />
            <p>
              <a href={csv(file)}>月ごとの金額をCSVで保存する</a>
            </p>
          </section>
        ))}
        <section class="panel">
          <h2>これから12か月の利用料金の見込み</h2>
          <p class="hint">
            契約中の{forecast.contracts.toLocaleString('ja-JP')}
            件が、決まっている変更と終了のほかは更新されるものとして計算します。通信費用は含みません。
          </p>
          <BarChart
            title="これから12か月の利用料金の見込み"
            bars={forecast.months.map(({ month: label, yen }) => ({ label, value: yen, text: yenText(yen) }))}
          />
          <Table
            caption="これから12か月の利用料金の見込み"
            rows={forecast.months}
            empty=""
            columns={[
              { head: '月', cell: ({ month: label }) => label },
              { head: '見込み（税抜）', numeric: true, cell: ({ yen }) => yenText(yen) },
            ]}
          />
          <p>
            <a href={csv('forecast')}>CSVで保存する</a>
          </p>
        </section>
        <section class="panel">
          <h2>プリペイドの基準日報告</h2>
          <p>
            <a href={`/staff/prepaid?on=${page.baseDate}#base-date`}>基準日の未使用残高と届出・供託の要否</a>
          </p>
        </section>
      </>
    ),
  });
}
