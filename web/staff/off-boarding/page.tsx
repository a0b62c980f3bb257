import type { OffBoardingNote, OffBoardingStepRow } from '../../../db/queries/off-boarding/steps.ts';
import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import type { MonthlyUsage } from '../../../db/queries/telephony/usage.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, errorFor } from '../../components/errors.tsx';
import { TextAreaField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dueText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { StepTable } from './panel.tsx';
import { CAUSE_LABELS, STEP_LABELS } from './words.ts';

export interface OffBoardingPage {
  frame: ReturnType<typeof frame>;
  detail: ContractDetail;
  steps: readonly OffBoardingStepRow[];
  notes: readonly OffBoardingNote[];
  usage: readonly MonthlyUsage[];
  names: ReadonlyMap<string, string>;
  draft: Draft | null;
  now: Date;
  newId: () => string;
}

/** What is done after the end of a contract: the steps, the work for people, the usage that was read. */
export function offBoardingPage(page: OffBoardingPage) {
  const { detail, steps, notes, usage, names, draft } = page;
  const { contract, customer } = detail;
  const open = steps.flatMap((row) => {
    const task = detail.tasks.find(({ id }) => id === row.taskId);
    return task === undefined ? [] : [{ row, task }];
  });
  return staffPage({
    ...page.frame,
    title: `${customer.name}：契約終了後の手続き`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/contracts">契約</a> /{' '}
          <a href={`/staff/contracts/${contract.id}`}>{customer.name}</a>
        </p>
        <h1>
          契約終了後の手続き <StatusBadge kind="contract" value={contract.status} />
          {contract.sandbox ? <SandboxMark /> : null}
        </h1>
        <p class="lead">
          契約の終了とともに自動で進みます。元に戻せない番号の返却とサブアカウントの閉鎖は、遅れて届く利用量を読み取った後に行います。
        </p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        {open.map(({ row, task }) => (
          <WorkPanel row={row} task={task} page={page} />
        ))}
        <section class="panel">
          <h2>手順</h2>
          <StepTable steps={steps} names={names} />
        </section>
        {notes.length === 0 ? null : (
          <section class="panel">
            <h2>担当者の記録</h2>
            <Table
              caption="担当者の記録"
              rows={notes}
              empty=""
              columns={[
                { head: '日時', cell: ({ at }) => instantText(at) },
                { head: '操作', cell: ({ verdict }) => (verdict === 'retry' ? '再試行' : '手作業で完了') },
                { head: '担当者', cell: ({ staffId }) => actorName(staffId, names) },
                { head: '内容', cell: ({ words }) => <span class="lines">{words}</span> },
              ]}
            />
          </section>
        )}
        <section class="panel">
          <h2>最後の請求のための利用量</h2>
          <p class="hint">
            電話サービスが数えた量です。日付は協定世界時で数えられるため、日本時間の月初の9時までの利用は前の月に入ります。
          </p>
          <Table
            caption="月ごとの利用量"
            rows={usage}
            empty="読み取った利用量はありません。"
            columns={[
              { head: '月', cell: ({ month }) => month },
              { head: '区分', cell: ({ category }) => category },
              {
                head: '数量',
                cell: ({ usage: amount, usageUnit }) => `${amount} ${usageUnit}`,
                numeric: true,
              },
              {
                head: '提供者の料金',
                cell: ({ price, priceUnit }) => `${price} ${priceUnit}`,
                numeric: true,
              },
            ]}
          />
        </section>
      </>
    ),
  });
}

type Task = ContractDetail['tasks'][number];

function WorkPanel({ row, task, page }: { row: OffBoardingStepRow; task: Task; page: OffBoardingPage }) {
  const { staff, csrfToken } = page.frame.signedIn;
  const { label, about } = STEP_LABELS[row.step];
  const mine = staff.roles.some((role) => role === task.role);
  const draft = page.draft?.form === row.step ? page.draft : null;
  const field = `${row.step}-reason`;
  return (
    <section class={mine ? 'panel panel-strong' : 'panel'} aria-labelledby={`work-${row.step}`}>
      <h2 id={`work-${row.step}`}>
        {label} <span class="due">{dueText(task.dueAt, page.now).text}</span>
      </h2>
      <p>{about}</p>
      {row.cause === null || row.cause === 'work' ? null : (
        <p class="notice notice-warning">{CAUSE_LABELS[row.cause]}</p>
      )}
      {mine ? (
        <form
          method="post"
          action={`/staff/contracts/${page.detail.contract.id}/off-boarding/${row.step}`}
          novalidate
        >
          <input type="hidden" name="csrf" value={csrfToken} />
          <input type="hidden" name="commandId" value={draft?.values.commandId ?? page.newId()} />
          <input type="hidden" name="taskId" value={task.id} />
          <TextAreaField
            id={field}
            name="reason"
            label="行ったこと"
            required={row.cause === 'work'}
            rows={2}
            hint={`${row.cause === 'work' ? '' : '手作業で完了とするときは必須です。'}いつ、どこで、何をしたかを書いてください。`}
            value={draft?.values.reason ?? ''}
            error={errorFor(draft?.errors ?? [], field)}
          />
          <p class="button-row">
            {row.cause === 'work' ? null : (
              <button class="button button-primary" type="submit" name="verdict" value="retry">
                再試行する
              </button>
            )}
            <button
              class={row.cause === 'work' ? 'button button-primary' : 'button button-secondary'}
              type="submit"
              name="verdict"
              value="complete"
            >
              手作業で完了した
            </button>
          </p>
        </form>
      ) : (
        <p class="hint">この作業は運用担当が行います。</p>
      )}
    </section>
  );
}
