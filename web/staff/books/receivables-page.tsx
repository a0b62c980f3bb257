import { AGE_BUCKETS, type AgeBucket, type AgedPayer } from '../../../domain/billing/ageing.ts';
import type { MonthFigures } from '../../../domain/billing/revenue.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { BarChart } from '../../components/chart.tsx';
import { staffPage } from '../../components/layout.tsx';
import { SideAndShow } from '../../components/query-fields.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import { payerHref } from '../payers/words.ts';
import { payerText } from '../payments/words.ts';

export const RECEIVABLES_PATH = '/staff/receivables';

export const BUCKET_WORDS: Record<AgeBucket, string> = {
  notDue: '期限内',
  days1to30: '1〜30日',
  days31to60: '31〜60日',
  days61to90: '61〜90日',
  days91plus: '91日以上',
};

export interface ReceivablesPage {
  frame: ReturnType<typeof frame>;
  asOf: CivilDate;
  payers: readonly AgedPayer[];
  totalYen: number;
  figures: readonly MonthFigures[];
  names: ReadonlyMap<string, string>;
  sandbox: boolean;
  sandboxOffered: boolean;
}

/** What is owed by age, and what was earned by month (第6条2項). */
export function receivablesPage(page: ReceivablesPage) {
  const { asOf, payers, totalYen, figures, names, sandbox } = page;
  const query = `asOf=${asOf}${sandbox ? '&sandbox=yes' : ''}`;
  return staffPage({
    ...page.frame,
    title: '売掛金',
    wide: true,
    children: (
      <>
        <h1>売掛金</h1>
        <p class="lead">
          {dateText(asOf)}現在の未収は{yenText(totalYen)}（支払者{payers.length}者）です。
          {sandbox ? 'テスト環境の契約の金額です。' : ''}
        </p>
        <form class="search" method="get" action={RECEIVABLES_PATH}>
          <div>
            <label for="asOf">基準の日</label>
            <input class="input" id="asOf" name="asOf" value={asOf} autocomplete="off" />
          </div>
          <SideAndShow sandboxOffered={page.sandboxOffered} sandbox={sandbox} />
        </form>
        <section class="panel">
          <h2>滞留表（支払期限からの暦日）</h2>
          <BarChart
            title="滞留表"
            bars={AGE_BUCKETS.map((bucket) => {
              const yen = payers.reduce((sum, row) => sum + row[bucket], 0);
              return { label: BUCKET_WORDS[bucket], value: yen, text: yenText(yen) };
            })}
          />
          <Table
            caption="滞留表"
            rows={payers}
            empty="未収はありません。"
            columns={[
              {
                head: '支払者',
                cell: ({ payer }) => (
                  <a class="row-link" href={payerHref(payer, sandbox)}>
                    {payerText(payer, names)}
                  </a>
                ),
              },
              ...AGE_BUCKETS.map((bucket) => ({
                head: BUCKET_WORDS[bucket],
                numeric: true,
                cell: (row: AgedPayer) => yenText(row[bucket]),
              })),
              { head: '合計', numeric: true, cell: ({ totalYen: yen }) => <b>{yenText(yen)}</b> },
              { head: '前受金', numeric: true, cell: ({ creditYen }) => yenText(creditYen) },
            ]}
          />
          <p>
            <a href={`${RECEIVABLES_PATH}/ageing.csv?${query}`}>CSVで保存する</a>
          </p>
        </section>
        <section class="panel">
          <h2>サービス提供月ごとの売上と前受収益（税抜）</h2>
          <p class="hint">
            明細の期間の日数で按分します。前受収益は、その月末までに請求し、まだ提供していない分です（マイナスは未請求の分）。
          </p>
          <BarChart
            title="サービス提供月ごとの売上"
            bars={figures.map(({ month, revenueYen }) => ({
              ...{ label: month, value: revenueYen, text: yenText(revenueYen) },
            }))}
          />
          <Table
            caption="売上と前受収益"
            rows={figures}
            empty="まだ請求はありません。"
            columns={[
              { head: '月', cell: ({ month }) => month },
              { head: '売上', numeric: true, cell: ({ revenueYen }) => yenText(revenueYen) },
              { head: '請求', numeric: true, cell: ({ billedYen }) => yenText(billedYen) },
              { head: '月末の前受収益', numeric: true, cell: ({ deferredYen }) => yenText(deferredYen) },
            ]}
          />
          <p>
            <a href={`${RECEIVABLES_PATH}/revenue.csv?${query}`}>CSVで保存する</a>
          </p>
        </section>
      </>
    ),
  });
}
