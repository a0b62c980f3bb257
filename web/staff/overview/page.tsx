import type {
  noticesOnTheirWay,
  openApplications,
  openFailures,
  overdueTasks,
  renewalsAndEnds,
  runningCampaigns,
} from '../../../db/queries/read/overview.ts';
import { APPLICATION_STATUSES } from '../../../domain/application/application.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import type { MonthKey } from '../../../domain/calendar/civil-date.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import { AGES, byAge } from '../../../domain/desk/overview.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { BarChart } from '../../components/chart.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, dueText, nearInstantText } from '../../format.ts';
import type { frame } from '../console.ts';
import type { Health } from '../tasks/health.ts';
import { HealthStrip } from '../tasks/health-strip.tsx';

export const OVERVIEW_PATH = '/staff/overview';

export interface OverviewPage {
  frame: ReturnType<typeof frame>;
  applications: Awaited<ReturnType<typeof openApplications>>;
  overdue: Awaited<ReturnType<typeof overdueTasks>>;
  failures: Awaited<ReturnType<typeof openFailures>>;
  coming: Awaited<ReturnType<typeof renewalsAndEnds>>;
  months: readonly MonthKey[];
  /** Null for whoever may not see them, as the next two. */
  campaigns: Awaited<ReturnType<typeof runningCampaigns>> | null;
  notices: Awaited<ReturnType<typeof noticesOnTheirWay>> | null;
  health: Health | null;
  now: Date;
}

/** Where the team stands: what waits and for how long, what failed, and what comes in the next twelve months. */
export function overviewPage(page: OverviewPage) {
  return staffPage({
    ...page.frame,
    title: '全体の状況',
    children: (
      <>
        <h1>全体の状況</h1>
        {page.health === null ? null : <HealthStrip {...page.health} />}
        <Applications {...page} />
        <Overdue {...page} />
        <Failures {...page} />
        <Coming {...page} />
        <Campaigns {...page} />
        <Notices {...page} />
      </>
    ),
  });
}

const countText = (count: number): string => `${count.toLocaleString('ja-JP')}件`;
const sumOf = (rows: readonly { count: number }[]): number => rows.reduce((sum, { count }) => sum + count, 0);

function Applications({ applications }: OverviewPage) {
  const title = '処理中の申込（届いてからの日数）';
  const counts = byAge(applications);
  const rows = keysOf(APPLICATION_STATUSES).flatMap((status) => {
    const own = applications.filter((each) => each.status === status);
    return own.length === 0 ? [] : [{ status, counts: byAge(own), all: sumOf(own) }];
  });
  return (
    <section class="panel" id="applications">
      <h2>
        {title} <span class="count">{countText(sumOf(applications))}</span>
      </h2>
      {rows.length === 0 ? null : (
        <BarChart
          title={title}
          bars={AGES.map(({ label }, n) => ({
            label,
            value: counts[n] ?? 0,
            text: countText(counts[n] ?? 0),
          }))}
        />
      )}
      <Table
        caption={title}
        rows={rows}
        empty="処理中の申込はありません。"
        columns={[
          {
            head: '状態',
            cell: ({ status }) => (
              <a href={addressOf('/staff/applications', { status })}>
                <StatusBadge kind="application" value={status} />
              </a>
            ),
          },
          ...AGES.map(({ label }, n) => ({
            head: label,
            numeric: true,
            cell: (row: (typeof rows)[number]) => countText(row.counts[n] ?? 0),
          })),
          { head: '合計', numeric: true, cell: ({ all }) => <b>{countText(all)}</b> },
        ]}
      />
    </section>
  );
}

function Overdue({ overdue, now }: OverviewPage) {
  const title = '期限を過ぎたタスク';
  return (
    <section class="panel" id="overdue">
      <h2>
        {title} <span class="count">{countText(sumOf(overdue))}</span>
      </h2>
      <BarChart
        title={title}
        bars={overdue.map(({ kind, count }) => ({
          label: TASKS[kind].label,
          value: count,
          text: countText(count),
        }))}
      />
      <Table
        caption={title}
        rows={overdue}
        empty="期限を過ぎたタスクはありません。"
        columns={[
          {
            head: '種類',
            cell: ({ kind }) => <a href={addressOf('/staff', { view: 'all', kind })}>{TASKS[kind].label}</a>,
          },
          { head: '件数', numeric: true, cell: ({ count }) => countText(count) },
          {
            head: 'いちばん遅れているもの',
            cell: ({ oldest }) => (
              <>
                <span class="due due-over">{dueText(oldest, now).text}</span>
                <small class="under">{nearInstantText(oldest)} まで</small>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}

function Failures({ failures }: OverviewPage) {
  const title = '失敗して対応を待っているもの';
  return (
    <section class="panel" id="failures">
      <h2>
        {title} <span class="count">{countText(sumOf(failures))}</span>
      </h2>
      <Table
        caption={title}
        rows={failures}
        empty="失敗して対応を待っているものはありません。"
        columns={[
          {
            head: '何が',
            cell: ({ kind }) => <a href={addressOf('/staff', { view: 'all', kind })}>{TASKS[kind].label}</a>,
          },
          { head: '理由', cell: (row) => causeText(row) ?? TASKS[row.kind].label },
          { head: '件数', numeric: true, cell: ({ count }) => countText(count) },
          { head: 'いちばん古いもの', cell: ({ since }) => nearInstantText(since) },
        ]}
      />
    </section>
  );
}

function Coming({ coming, months }: OverviewPage) {
  const rows = months.map((month) => ({
    month,
    renewals: coming.renewals.get(month) ?? 0,
    ends: coming.ends.get(month) ?? 0,
  }));
  const bars = (name: 'renewals' | 'ends') =>
    rows.map((row) => ({ label: row.month, value: row[name], text: countText(row[name]) }));
  return (
    <section class="panel" id="coming">
      <h2>これから12か月の更新と終了</h2>
      <p class="hint">
        更新は、期間がその月に満了して更新される年額契約です。終了は、解約・廃止などで終了日が決まっている契約です。
      </p>
      <h3>更新</h3>
      <BarChart title="更新する年額契約" bars={bars('renewals')} />
      <h3>終了</h3>
      <BarChart title="終了する契約" bars={bars('ends')} />
      <Table
        caption="これから12か月の更新と終了"
        rows={rows}
        empty=""
        columns={[
          { head: '月', cell: ({ month }) => month },
          { head: '更新', numeric: true, cell: ({ renewals }) => countText(renewals) },
          { head: '終了', numeric: true, cell: ({ ends }) => countText(ends) },
        ]}
      />
    </section>
  );
}

function Campaigns({ campaigns }: OverviewPage) {
  if (campaigns === null) return null;
  const title = '実施中のキャンペーン';
  return (
    <section class="panel" id="campaigns">
      <h2>{title}</h2>
      <BarChart
        title={title}
        bars={campaigns.slice(0, DRAWN).map(({ title: label, count }) => ({
          label,
          value: count,
          text: countText(count),
        }))}
      />
      <Table
        caption={title}
        rows={campaigns}
        empty="実施中のキャンペーンはありません。"
        columns={[
          { head: '名称', cell: (row) => row.title },
          { head: '契約', numeric: true, cell: ({ count }) => countText(count) },
          { head: '次の終了', cell: ({ next }) => dateText(next) },
          { head: '最後の終了', cell: ({ last }) => dateText(last) },
        ]}
      />
    </section>
  );
}

/** Titles that a chart has room for; the table has all of them. */
const DRAWN = 12;

function Notices({ notices }: OverviewPage) {
  if (notices === null) return null;
  const rows = notices.map(({ states, ...notice }) => {
    const all = Object.values(states).reduce((sum, count) => sum + count, 0);
    return { ...notice, all, left: states.queued + states.deferred, failed: states.refused + states.bounced };
  });
  return (
    <section class="panel" id="notices">
      <h2>送信中の通知</h2>
      <Table
        caption="送信中の通知"
        rows={rows}
        empty="送信中の通知はありません。"
        columns={[
          { head: '件名', cell: ({ id, title }) => <a href={`/staff/notices/${id}`}>{title}</a> },
          {
            head: '進み具合',
            cell: ({ all, left }) => (
              <>
                <progress value={all - left} max={Math.max(all, 1)} aria-label="送信の進み具合" />
                <small class="under">
                  {countText(all - left)} / {countText(all)}
                </small>
              </>
            ),
          },
          { head: '届かなかった', numeric: true, cell: ({ failed }) => countText(failed) },
        ]}
      />
    </section>
  );
}
