import type { ItemName } from '../../../db/queries/billing/names.ts';
import type { ShownPaper } from '../../../db/queries/billing/read.ts';
import type { BillingRunRow } from '../../../db/queries/billing/runs.ts';
import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import type { BillingSnapshot } from '../../../workflows/billing-run/messages.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { accessTo } from '../desk/access.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';
import { hasRole, MAY } from '../rights.ts';
import { type NamedProblem, Problems } from './home-page.tsx';
import { PapersTable } from './papers-table.tsx';
import { CAUSE_WORDS, PATH, type PartnerNames, RUNS_PATH, yenText } from './words.ts';

export type BillingTask = TaskRow & { kind: 'billingReview' | 'billingApproval' };

export interface RunPage {
  /** The first contracts of which no draft could be made. */
  problems: readonly NamedProblem[];
  frame: ReturnType<typeof frame>;
  run: BillingRunRow;
  snapshot: BillingSnapshot | null;
  task: BillingTask | null;
  papers: { rows: readonly ShownPaper[]; count: number };
  conspicuous: number;
  counts: { draft?: number; issued?: number; nothing?: number };
  nameOf: (item: string) => ItemName;
  partners: PartnerNames;
  history: readonly AuditRow[];
  names: ReadonlyMap<string, string>;
  draft: Draft | null;
  page: number;
  pageSize: number;
  newId: () => string;
}

const LEADS = {
  billingReview:
    '気になる下書きが上に並びます。先月との違いと明細を確かめ、承認者に進めてよいかを判断してください。',
  billingApproval: '承認すると、番号が付き、請求書がお客様に送られます。発行した請求書は変えられません。',
} as const;

export const BILLING_CHOICES = {
  billingReview: [
    { value: 'agree', label: '確認した。承認者に進める' },
    { value: 'discard', label: '取りやめる（下書きをすべて捨てる）' },
  ],
  billingApproval: [
    { value: 'agree', label: '承認し、発行・送付する' },
    { value: 'sendBack', label: '確認に戻す' },
    { value: 'discard', label: '取りやめる（下書きをすべて捨てる）' },
  ],
} as const;

/** A run: how far it is, its papers with findings and differences, and the decision that is open (第6条2項). */
export function billingRunPage(page: RunPage) {
  const { run, draft, names, papers } = page;
  const title = `${dateText(run.runOn)}の請求処理`;
  const cause = CAUSE_WORDS[run.cause];
  const person = (id: string | null) => (id === null ? '—' : actorName(id, names));
  return staffPage({
    ...page.frame,
    title,
    hasErrors: draft !== null,
    wide: true,
    children: (
      <>
        <p class="eyebrow">
          <a href={PATH}>請求処理</a> / {dateText(run.runOn)}
        </p>
        <h1>
          {title} <StatusBadge kind="billingRun" value={run.status} />
          {run.sandbox ? <SandboxMark /> : null}
        </h1>
        <p class="lead">{cause}</p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <Facts
            facts={[
              { label: '対象の契約', value: `${run.contracts.toLocaleString('ja-JP')}件` },
              {
                label: '書類',
                value: `${papers.count.toLocaleString('ja-JP')}通（発行済み ${page.counts.issued ?? 0}通）`,
              },
              { label: '請求額（税込）', value: yenText(run.totalYen) },
              { label: '要確認の下書き', value: `${page.conspicuous}通` },
              { label: '確認した人', value: person(run.reviewedBy) },
              { label: '承認した人', value: person(run.approvedBy) },
              ...(page.snapshot === null || run.status !== 'issuing'
                ? []
                : [{ label: '送付したメール', value: `${page.snapshot.mails}通` }]),
            ]}
          />
          <HoldUp {...page} />
        </section>
        <Problems problems={page.problems} count={run.problems.length} />
        <Decision {...page} />
        <section class="panel">
          <h2>書類</h2>
          <PapersTable
            caption="書類"
            rows={papers.rows}
            nameOf={page.nameOf}
            partners={page.partners}
            empty={run.status === 'discarded' ? '下書きは捨てられました。' : '請求するものはありません。'}
            mayOpen={hasRole(page.frame.signedIn.staff, MAY.seeArchive)}
          />
          <Paging
            path={`${RUNS_PATH}/${run.id}`}
            query={{}}
            page={page.page}
            pageSize={page.pageSize}
            count={papers.count}
          />
        </section>
        <section class="panel">
          <h2>経過</h2>
          <Timeline rows={page.history} names={names} />
        </section>
      </>
    ),
  });
}

function Decision(page: RunPage) {
  const { task, run } = page;
  if (task === null) return null;
  const access = accessTo(task, page.frame.signedIn.staff);
  return (
    <DecisionPanel access={access} heading={TASKS[task.kind].label}>
      <p>{LEADS[task.kind]}</p>
      <DecisionForm
        page={page}
        form="decide"
        action={`${RUNS_PATH}/${run.id}/decide`}
        taskId={task.id}
        verdicts={BILLING_CHOICES[task.kind]}
        hidden={{ figures: figuresOf(run) }}
      />
    </DecisionPanel>
  );
}

/** What a decision is about: the sums that were shown. */
export const figuresOf = ({ papers, totalYen }: BillingRunRow): string => `${papers}/${totalYen}`;

/** Pause and resume, while pages follow each other. */
function HoldUp({ run, frame, newId }: RunPage) {
  const runs = run.status === 'drafting' || run.status === 'issuing';
  if (!runs || !hasRole(frame.signedIn.staff, MAY.runBilling)) return null;
  return (
    <form method="post" action={`${RUNS_PATH}/${run.id}/${run.paused ? 'resume' : 'pause'}`}>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={newId()} />
      <p class="hint">
        {run.paused
          ? '一時停止しています。再開すると、止まったところから続けます。'
          : '一時停止すると、いまのページの後で止まります。発行済みのものは変わりません。'}
      </p>
      <button class="button button-secondary" type="submit">
        {run.paused ? '再開する' : '一時停止する'}
      </button>
    </form>
  );
}
