import type { UsageComparison } from '../../../db/queries/billing/usage-comparison.ts';
import type { UsageReport } from '../../../db/queries/billing/usage-report.ts';
import { addDays, addMonths, civilDate } from '../../../domain/calendar/civil-date.ts';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { MonthField } from '../../components/query-fields.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import type { frame } from '../console.ts';

export interface UsagePage {
  frame: ReturnType<typeof frame>;
  month: string;
  report: UsageReport;
  /** The last reading of the month, or null. */
  comparison: UsageComparison | null;
  limitPercent: number;
  /** The task that asks for a look; `mine`: I may say that I looked. */
  task: { id: string; mine: boolean } | null;
  nameOf: (item: string) => { name: string };
  newId: () => string;
}

const count = (number: number): string => `${number.toLocaleString('ja-JP')}件`;

/** Our sum of events against the provider's records of a month, what differs alone (第6条6項). */
export function usageReportPage(page: UsagePage) {
  const { month, report, nameOf } = page;
  return staffPage({
    ...page.frame,
    title: '通信の照合',
    children: (
      <>
        <h1>通信の照合</h1>
        <p class="lead">
          請求のもとになる利用の明細の合計と、電話サービス提供者の記録を、月ごとに比べます（第6条6項）。前の月の記録は、毎月3日に自動で読み込みます。
        </p>
        <search>
          <form class="search" method="get" action="/staff/usage">
            <MonthField label="月" value={month} />
            <button class="button button-secondary" type="submit">
              照合する
            </button>
          </form>
        </search>
        <Result {...page} />
        <Looked {...page} />
        <Table
          caption="一致しない利用"
          rows={report.differences}
          empty={report.compared === 0 ? '比べた契約はありません。' : '一致しないものはありません。'}
          columns={[
            {
              head: '契約者',
              cell: ({ contractId, customerName }) => (
                <a class="row-link" href={`/staff/contracts/${contractId}`}>
                  {customerName}
                </a>
              ),
            },
            { head: '種別', cell: ({ category }) => nameOf(`usage:${category}`).name },
            { head: '明細の合計', numeric: true, cell: ({ ours }) => ours },
            { head: '提供者の記録', numeric: true, cell: ({ theirs }) => theirs },
            { head: '差', numeric: true, cell: ({ difference }) => difference },
            {
              head: '限度',
              cell: ({ beyond }) => (beyond ? <span class="badge badge-bad">超えています</span> : '以内'),
            },
          ]}
        />
      </>
    ),
  });
}

/** What was compared, of which hours in Japan, and how it came out. */
function Result({ month, report, comparison, limitPercent }: UsagePage) {
  const { compared, unread, differences } = report;
  const first = civilDate(`${month}-01`);
  const beyond = differences.filter((each) => each.beyond).length;
  return (
    <Facts
      facts={[
        {
          label: '比べた時間（日本時間）',
          value: (
            <>
              {`${dateText(first)} 9:00 から ${dateText(addMonths(first, 1))} 9:00 まで`}
              <small class="under">
                {`提供者は日を協定世界時で数えるため、明細も同じ時間で数えて比べています。請求は${dateText(first)} 0:00 から ${dateText(addDays(addMonths(first, 1), -1))} 24:00 までの明細によるので、月の初めの9時間は前の月の照合に入ります。`}
              </small>
            </>
          ),
        },
        {
          label: '最後の読み込み',
          value: comparison === null ? 'この月はまだ読み込んでいません' : instantText(comparison.comparedAt),
        },
        { label: '比べた契約', value: count(compared) },
        {
          label: '読み込めていない契約',
          value:
            unread === 0
              ? 'なし'
              : `${count(unread)}（サブアカウントがあり、提供者の記録を読めていない契約）`,
        },
        { label: '一致しないもの', value: count(differences.length) },
        { label: `差が記録の${limitPercent}％を超えるもの`, value: count(beyond) },
      ]}
    />
  );
}

/** The task of whoever has to look, with its end. */
function Looked({ frame: outer, task, comparison, newId }: UsagePage) {
  if (task === null || comparison === null) return null;
  if (!task.mine) {
    return <p class="notice notice-warning">請求担当の確認を待っています。</p>;
  }
  return (
    <section class="panel panel-strong">
      <h2>差の確認</h2>
      <p>
        一致しないもの、または読み込めていない契約があります。遅れて届く明細がないか、種別の対応（設定）が合っているかを確かめてください。請求は明細によるもので、この画面の操作では変わりません。
      </p>
      <form method="post" action={`/staff/usage/comparisons/${comparison.id}/acknowledge`}>
        <input type="hidden" name="csrf" value={outer.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={newId()} />
        <input type="hidden" name="taskId" value={task.id} />
        <button class="button button-primary" type="submit">
          確認した（担当タスクを終える）
        </button>
      </form>
    </section>
  );
}
