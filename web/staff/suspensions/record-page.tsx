import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import type { SuspensionRow } from '../../../db/queries/suspension/find.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import { CONFIRMATION_SILENCE_MS } from '../../../domain/suspension/suspension.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { accessTo } from '../desk/access.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';
import { SuspensionActions } from './actions.tsx';
import { subjectText } from './list-page.tsx';
import { groundText, PATH, timesText } from './words.ts';

export interface SuspensionPage {
  frame: ReturnType<typeof frame>;
  row: SuspensionRow;
  customerName: string | null;
  planNames: ReadonlyMap<string, string>;
  reached: number;
  notices: readonly NoticeRow[];
  tasks: readonly TaskRow[];
  timeline: readonly AuditRow[];
  names: ReadonlyMap<string, string>;
  /** What was proposed about it and waits for its second person. */
  waiting: ProposalRow | null;
  draft: Draft | null;
  newId: () => string;
}

/** One suspension: ground, times, who was told, and what can be done now (第15条・第18条2項). */
export function suspensionPage(page: SuspensionPage) {
  const { row, names, draft, notices } = page;
  const title = `${subjectText({ ...row, customerName: page.customerName }, page.planNames)}の停止`;
  return staffPage({
    ...page.frame,
    title,
    hasErrors: (draft?.errors.length ?? 0) > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href={PATH}>停止・再開</a>
        </p>
        <h1>
          {title} <StatusBadge kind="suspension" value={row.status} />
          {row.sandbox ? <SandboxMark /> : null}
        </h1>
        <ErrorSummary errors={draft?.errors ?? []} />
        <Decision page={page} />
        <section class="panel">
          <h2>内容</h2>
          <Facts
            facts={[
              { label: '根拠', value: groundText(row.ground) },
              { label: '期間', value: timesText(row) },
              { label: '対象の契約', value: `${page.reached.toLocaleString('ja-JP')}件` },
              { label: '停止の理由と証拠', value: <span class="lines">{row.reason}</span> },
              { label: '入力', value: `${actorName(row.enteredBy, names)}（${instantText(row.createdAt)}）` },
              {
                label: '承認・確認（二人目）',
                value: row.decidedBy === null ? '—' : actorName(row.decidedBy, names),
              },
              { label: '利用料金', value: '停止の間も続きます。返金はありません（第15条）。' },
            ]}
          />
          {row.contractId === null ? null : <a href={`/staff/contracts/${row.contractId}`}>契約を見る</a>}
        </section>
        <SuspensionActions page={page} />
        <section class="panel">
          <h2>お客様への通知</h2>
          <Table
            caption="お客様への通知"
            rows={notices}
            empty="通知はありません。"
            columns={[
              { head: '通知', cell: ({ id, title: text }) => <a href={`/staff/notices/${id}`}>{text}</a> },
              { head: '作成', cell: ({ createdAt }) => instantText(createdAt) },
              { head: 'Web掲載', cell: ({ postedAt }) => (postedAt === null ? '—' : instantText(postedAt)) },
            ]}
          />
        </section>
        <section class="panel">
          <h2>経過</h2>
          <Timeline rows={page.timeline} names={names} />
        </section>
      </>
    ),
  });
}

function Decision({ page }: { page: SuspensionPage }) {
  const { row, tasks, frame } = page;
  const task = tasks.find(({ kind }) => kind === 'suspensionDecision');
  if (task === undefined) return <Problems tasks={tasks} />;
  const begun = row.status === 'active';
  return (
    <DecisionPanel
      access={accessTo(task, frame.signedIn.staff)}
      heading={begun ? '停止の確認（二人目）' : TASKS.suspensionDecision.label}
    >
      {begun ? (
        <p>
          この停止は入力と同時に始まりました。確認すると、お客様への通知をすぐに送ります。
          {CONFIRMATION_SILENCE_MS / 60_000}
          分のあいだ確認がないときは、入力した人の判断で送ります（第15条）。
        </p>
      ) : null}
      <DecisionForm
        page={page}
        form="decide"
        action={`${PATH}/${row.id}/decide`}
        taskId={task.id}
        verdicts={[
          { value: 'agree', label: agreeLabel(row) },
          { value: 'reject', label: begun ? '認めない（すぐに再開します）' : '認めない' },
        ]}
      />
    </DecisionPanel>
  );
}

function agreeLabel({ status, planned }: SuspensionRow): string {
  if (status === 'active') return '確認した';
  return planned ? '承認する（お客様に前もって知らせます）' : '承認する（すぐに停止します）';
}

function Problems({ tasks }: { tasks: readonly TaskRow[] }) {
  return tasks
    .filter(({ kind }) => kind === 'suspensionProblem')
    .map((task) => (
      <p class="notice notice-warning">
        {causeText(task) ?? causeText({ kind: 'suspensionProblem', cause: 'refused' })}
      </p>
    ));
}
