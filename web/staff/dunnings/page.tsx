import type { DunningFacts } from '../../../db/queries/dunning/facts.ts';
import type { remindersOf } from '../../../db/queries/dunning/read.ts';
import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { DUNNING_WORDS, type DunningFound } from '../../../domain/billing/dunning.ts';
import { MAILS, STATUS, TASKS } from '../../../domain/processes/index.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { ChoiceField, TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { DUNNINGS_PATH } from './list-page.tsx';

export interface DunningPage {
  frame: ReturnType<typeof frame>;
  facts: DunningFacts;
  found: DunningFound;
  reminders: Awaited<ReturnType<typeof remindersOf>>;
  tasks: readonly TaskRow[];
  history: readonly AuditRow[];
  names: ReadonlyMap<string, string>;
  mayHold: boolean;
  mayEnter: boolean;
  creditYen: number;
  draft: Draft | null;
  newId: () => string;
}

export const HOLD_WORDS = {
  dispute: '協議（日数を数えません）',
  pause: '一時停止（日数は数えます）',
} as const;

/** An overdue paper: where it stands and why, what was done, and what people may do (第10条2項④). */
export function dunningPage(page: DunningPage) {
  const { facts, found, draft } = page;
  const { paper, dunning } = facts;
  return staffPage({
    ...page.frame,
    title: `督促 ${paper.number}`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={DUNNINGS_PATH}>督促</a> / {paper.number}
        </p>
        <h1>
          {paper.number} <StatusBadge kind="dunning" value={dunning.status} />
          {dunning.sandbox ? <SandboxMark /> : null}
        </h1>
        <ErrorSummary errors={draft?.errors ?? []} />
        <section class="panel">
          <Facts
            facts={[
              {
                label: 'お客様',
                value: <a href={`/staff/contracts/${paper.contractId}`}>{facts.customerName}</a>,
              },
              { label: '請求額（税込）', value: yenText(paper.totalYen) },
              { label: '支払期限', value: dateText(paper.dueOn) },
              { label: '未払い', value: <b>{yenText(found.openYen)}</b> },
              { label: '期限からの銀行営業日', value: `${found.overdueDays}日` },
              { label: 'いまの状態', value: DUNNING_WORDS[found.state] },
              ...(page.creditYen > 0 ? [{ label: '前受金', value: yenText(page.creditYen) }] : []),
            ]}
          />
          <Actions {...page} />
        </section>
        <Tasks {...page} />
        <Evidence {...page} />
        <Holds {...page} />
        {dunning.status === 'running' ? <WriteOff {...page} /> : null}
        <section class="panel">
          <h2>経過</h2>
          <Timeline rows={page.history} names={page.names} />
        </section>
      </>
    ),
  });
}

const Hidden = ({ page }: { page: DunningPage }) => (
  <>
    <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
    <input type="hidden" name="commandId" value={page.draft?.values.commandId ?? page.newId()} />
  </>
);

/** What may follow: the ends that two people decide, and a look right now. */
function Actions(page: DunningPage) {
  const { facts, mayEnter, mayHold } = page;
  if (facts.dunning.status !== 'running') return null;
  const { contractId } = facts.paper;
  return (
    <>
      {mayEnter ? (
        <>
          <p class="actions">
            <a
              class="button button-secondary"
              href={`/staff/contracts/${contractId}/requests/new/termination`}
            >
              即時解約を申し出る（第10条2項④）
            </a>{' '}
            <a class="button button-secondary" href="/staff/suspensions/new">
              停止を申し出る（第15条）
            </a>
          </p>
          <p class="hint">
            どちらも、二人目の担当者が認めるまで何も起こりません。下の経過と督促の記録が根拠になります。
          </p>
        </>
      ) : null}
      {mayHold ? (
        <form method="post" action={`${DUNNINGS_PATH}/${facts.paper.id}/look`}>
          <Hidden page={page} />
          <button class="button button-secondary" type="submit">
            いま確認する
          </button>
        </form>
      ) : null}
    </>
  );
}

function Tasks(page: DunningPage) {
  const { tasks, frame, facts } = page;
  return (
    <>
      {tasks.map((task) => (
        <section class="panel panel-strong">
          <h2>{TASKS[task.kind].label}</h2>
          <p>
            {task.kind === 'dunningProposal'
              ? '最終通知の後も未払いです。即時解約（第10条2項④）または停止（第15条）を申し出るか、見送るかを決めてください。'
              : '銀行の明細に入金がないか、取り込んだ入金に確認待ちのものがないかを確かめてください。'}
          </p>
          {frame.signedIn.staff.roles.some((role) => role === task.role) ? (
            <form method="post" action={`${DUNNINGS_PATH}/${facts.paper.id}/acknowledge`}>
              <Hidden page={page} />
              <input type="hidden" name="taskId" value={task.id} />
              <button class="button button-primary" type="submit">
                {task.kind === 'dunningProposal' ? '申し出た・見送ると決めた' : '確かめた'}
              </button>
            </form>
          ) : null}
        </section>
      ))}
    </>
  );
}

/** What was done and when each mail was taken by the customer's server: the evidence of a termination. */
function Evidence({ facts, reminders }: DunningPage) {
  return (
    <section class="panel">
      <h2>督促の記録</h2>
      <Table
        caption="督促の段階"
        rows={facts.steps}
        empty="まだどの段階にも至っていません。"
        columns={[
          { head: '段階', cell: ({ step }) => DUNNING_WORDS[step] },
          { head: '日付', cell: ({ on }) => dateText(on) },
          {
            head: '最終の期限',
            cell: ({ deadlineOn }) => (deadlineOn === null ? '—' : dateText(deadlineOn)),
          },
        ]}
      />
      <h3>送ったメール</h3>
      <Table
        caption="送った督促のメール"
        rows={reminders}
        empty="まだ督促のメールは送っていません。"
        columns={[
          { head: 'メール', cell: ({ kind }) => MAILS[kind].label },
          { head: '状態', cell: ({ status }) => STATUS.mail[status].label },
          {
            head: '到達',
            cell: ({ acceptedAt }) => (acceptedAt === null ? '—' : instantText(acceptedAt)),
          },
        ]}
      />
      <h3>入金</h3>
      <Table
        caption="この請求書への入金"
        rows={facts.payments}
        empty="入金はありません。"
        columns={[
          { head: '日付', cell: ({ on }) => dateText(on) },
          { head: '金額', numeric: true, cell: ({ amountYen }) => yenText(amountYen) },
          { head: '振込手数料', numeric: true, cell: ({ discountYen }) => yenText(discountYen) },
        ]}
      />
    </section>
  );
}

function Holds(page: DunningPage) {
  const { facts, mayHold, names, draft } = page;
  const form = draft?.form === 'hold' ? draft : null;
  const field = typedFields(form, 'hold');
  const runs = facts.dunning.status === 'running';
  if (facts.holds.length === 0 && !(runs && mayHold)) return null;
  return (
    <section class="panel">
      <h2>督促の停止</h2>
      <Table
        caption="督促の停止"
        rows={facts.holds}
        empty="止められていません。"
        columns={[
          { head: '種類', cell: ({ kind }) => HOLD_WORDS[kind] },
          {
            head: '期間',
            cell: ({ from, to }) => `${dateText(from)}〜${to === null ? '' : dateText(to)}`,
          },
          { head: '理由', cell: ({ reason }) => <span class="lines">{reason}</span> },
          { head: '担当', cell: ({ enteredBy }) => actorName(enteredBy, names) },
          {
            head: '再開',
            cell: ({ id, to }) =>
              to === null && runs && mayHold ? (
                <form method="post" action={`${DUNNINGS_PATH}/${facts.paper.id}/release`}>
                  <Hidden page={page} />
                  <input type="hidden" name="holdId" value={id} />
                  <button class="button button-secondary" type="submit">
                    今日までとする
                  </button>
                </form>
              ) : (
                '—'
              ),
          },
        ]}
      />
      {runs && mayHold ? (
        <form method="post" action={`${DUNNINGS_PATH}/${facts.paper.id}/hold`} novalidate>
          <Hidden page={page} />
          <ChoiceField
            {...field('kind')}
            label="止める理由の種類"
            required
            choices={[
              { value: 'dispute', label: HOLD_WORDS.dispute },
              { value: 'pause', label: HOLD_WORDS.pause },
            ]}
          />
          <TextField
            {...field('from')}
            label="止める最初の日"
            required
            width="medium"
            hint="例：2026-12-10"
          />
          <TextAreaField {...field('reason')} label="理由" required rows={3} />
          <button class="button button-secondary" type="submit">
            督促を止める
          </button>
        </form>
      ) : null}
    </section>
  );
}

function WriteOff(page: DunningPage) {
  const { facts, mayHold, draft } = page;
  if (!mayHold) return null;
  const form = draft?.form === 'writeOff' ? draft : null;
  return (
    <details class="panel" open={form !== null}>
      <summary>貸倒れとする（二人で行う操作）</summary>
      <p class="hint">
        回収をあきらめ、督促を終えます。二人目の担当者が認めるまで何も変わりません。税務上の扱い（消費税法第39条）は税理士に確認してください。
      </p>
      <form method="post" action={`${DUNNINGS_PATH}/${facts.paper.id}/write-off`} novalidate>
        <Hidden page={page} />
        <TextAreaField {...typedFields(form, 'writeOff')('reason')} label="理由" required rows={3} />
        <button class="button button-danger" type="submit">
          貸倒れを申し出る
        </button>
      </form>
    </details>
  );
}
