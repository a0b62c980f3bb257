import { formatYen } from '../../../domain/base/money.ts';
import { addDays, type CivilDate, compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import { notifyBy } from '../../../domain/discontinuation/discontinuation.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf, Paging } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateWithEra, dueText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { ActionsPanel } from './actions-panel.tsx';
import { DiscontinuationDecision } from './decision-panel.tsx';
import type { DiscontinuationDetail, Reached } from './detail.ts';
import { RefundsPanel } from './refunds-panel.tsx';
import { RowsTable } from './rows-table.tsx';
import { countText, PATH, scopeText, totalFacts, VERSION_LABELS } from './words.ts';

export interface DiscontinuationPage {
  frame: ReturnType<typeof frame>;
  detail: DiscontinuationDetail;
  names: ReadonlyMap<string, string>;
  draft: Draft | null;
  pageNumber: number;
  pageSize: number;
  now: Date;
  newId: () => string;
}

/** One discontinuation: what was decided, what it costs, whom it has reached, what is paid back (第16条). */
export function discontinuationPage(page: DiscontinuationPage) {
  const { detail, draft, names } = page;
  const { row, planName } = detail;
  const title = `${scopeText(row, planName)}の廃止`;
  return staffPage({
    ...page.frame,
    title,
    hasErrors: (draft?.errors.length ?? 0) > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href={PATH}>廃止</a>
        </p>
        <h1>
          {title} <StatusBadge kind="discontinuation" value={row.status} />
        </h1>
        <ErrorSummary errors={draft?.errors ?? []} />
        <OtherTasks page={page} />
        <DiscontinuationDecision page={page} />
        <section class="panel">
          <h2>内容</h2>
          <Facts
            facts={[
              { label: 'サービスの最終日', value: dateWithEra(row.lastDay) },
              { label: '廃止日', value: dateWithEra(addDays(row.lastDay, 1)) },
              { label: '通知の期限', value: dateWithEra(notifyBy(row.lastDay).value) },
              { label: '不可抗力', value: row.forceMajeure ? 'はい（返金なし）' : 'いいえ' },
              { label: '理由', value: <span class="lines">{row.reason}</span> },
              { label: '提案', value: `${actorName(row.enteredBy, names)}（${instantText(row.createdAt)}）` },
              {
                label: '確認（一人目）',
                value: row.reviewedBy === null ? '—' : actorName(row.reviewedBy, names),
              },
              {
                label: '承認（二人目）',
                value: row.approvedBy === null ? '—' : actorName(row.approvedBy, names),
              },
              { label: '告知の開始', value: row.announcedOn === null ? '—' : dateWithEra(row.announcedOn) },
              ...(row.sandbox
                ? [{ label: 'この廃止の時計', value: instantText(new Date(detail.nowMs)) }]
                : []),
            ]}
          />
        </section>
        <ReachPanel reached={detail.reached} lastDay={row.lastDay} nowMs={detail.nowMs} />
        <RefundsPanel page={page} />
        <FiguresPanel page={page} />
        <ActionsPanel page={page} />
        <section class="panel">
          <h2>経過</h2>
          <Timeline rows={detail.timeline} names={names} />
        </section>
      </>
    ),
  });
}

/** Tasks that ask for work elsewhere: letters, bank accounts. */
function OtherTasks({ page }: { page: DiscontinuationPage }) {
  const elsewhere = page.detail.tasks.filter(
    ({ kind }) => kind === 'discontinuationUnreached' || kind === 'bankAccountMissing',
  );
  const notice = page.detail.reached?.notice;
  return (
    <>
      {elsewhere.map((task) => (
        <section class="panel panel-strong">
          <h2>
            {TASKS[task.kind].label} <span class="due">{dueText(task.dueAt, page.now).text}</span>
          </h2>
          {task.kind === 'discontinuationUnreached' ? (
            <p>
              お知らせがまだ届いていないお客様がいます。期限までに届くよう、郵送などで知らせて記録してください。全員に届くと、このタスクは自動で完了します（第16条）。{' '}
              {notice === undefined ? null : (
                <a href={`/staff/notices/${notice.id}`}>お知らせの到達状況を見る</a>
              )}
            </p>
          ) : (
            <p>
              返金の振込先が登録されていない契約があります。下の「返金」の一覧から契約の画面を開き、振込先を登録してください。
            </p>
          )}
        </section>
      ))}
    </>
  );
}

function ReachPanel({
  reached,
  lastDay,
  nowMs,
}: {
  reached: Reached | null;
  lastDay: CivilDate;
  nowMs: number;
}) {
  if (reached === null) return null;
  const { notice, recipients, inTime } = reached;
  const deadline = notifyBy(lastDay).value;
  const past = compareDates(jstDate(nowMs), deadline) > 0;
  return (
    <section class="panel">
      <h2>お知らせの到達</h2>
      <progress
        class="progress"
        max={Math.max(1, recipients)}
        value={reached.reached}
        aria-label="お知らせの到達"
      >
        {reached.reached}/{recipients}
      </progress>
      <Facts
        facts={[
          { label: '届いたお客様', value: `${countText(reached.reached)} / ${countText(recipients)}` },
          { label: '期限までに届いたお客様', value: countText(inTime) },
          {
            label: past ? '期限までに届かなかったお客様' : 'まだ届いていないお客様',
            value: countText(recipients - (past ? inTime : reached.reached)),
          },
        ]}
      />
      <p>
        <a href={`/staff/notices/${notice.id}`}>お知らせの送信状況と到達の記録を見る</a>
      </p>
    </section>
  );
}

function FiguresPanel({ page }: { page: DiscontinuationPage }) {
  const { detail, names, pageNumber, pageSize } = page;
  const { row, version, versions, totals, rows } = detail;
  const path = `${PATH}/${row.id}`;
  const query = { version: version === null ? null : String(version.version), page: null };
  return (
    <section class="panel" aria-labelledby="figures">
      <h2 id="figures">
        影響と返金
        {version === null ? '（いまの計算）' : `（第${version.version}版・${VERSION_LABELS[version.kind]}）`}
      </h2>
      {version === null ? (
        <p class="hint">
          承認されるまで、この画面を開くたびに計算し直します。承認された時の数字が第1版として残ります。
        </p>
      ) : null}
      <Facts facts={totalFacts(totals)} />
      <p>
        <a class="button button-small button-secondary" href={addressOf(`${path}/plan.csv`, query)}>
          CSVでダウンロード
        </a>
      </p>
      <RowsTable rows={rows} caption="廃止の対象の契約" />
      <Paging path={path} query={query} page={pageNumber} pageSize={pageSize} count={totals.contracts} />
      {versions.length === 0 ? null : (
        <>
          <h3>計算の版</h3>
          <Table
            caption="計算の版"
            rows={versions.toReversed()}
            empty=""
            columns={[
              { head: '版', cell: ({ version: each }) => <a href={`${path}?version=${each}`}>第{each}版</a> },
              { head: '種類', cell: ({ kind }) => VERSION_LABELS[kind] },
              { head: '日時', cell: ({ businessAt }) => instantText(businessAt) },
              { head: '計算した人', cell: ({ madeBy }) => actorName(madeBy, names) },
              {
                head: '理由',
                cell: ({ reason }) => <span class="lines">{reason === '' ? '—' : reason}</span>,
              },
              {
                head: '返金',
                numeric: true,
                cell: ({ refunds, refundYen }) => `${countText(refunds)} ${formatYen(refundYen)}`,
              },
            ]}
          />
        </>
      )}
    </section>
  );
}
