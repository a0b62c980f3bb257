import { addDays, compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import { notifyBy } from '../../../domain/discontinuation/discontinuation.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { CheckField, TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf, Paging } from '../../components/paging.tsx';
import { dateText, dateWithEra } from '../../format.ts';
import type { frame } from '../console.ts';
import { ScopeFields } from '../scope-fields.tsx';
import type { ShownPlan } from './plan.ts';
import { CONDITION_FIELDS } from './proposal.ts';
import { RowsTable } from './rows-table.tsx';
import { PATH, scopeText, totalFacts } from './words.ts';

export interface PlanPage {
  frame: ReturnType<typeof frame>;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  plans: readonly { code: string; name: string }[];
  plan: ShownPlan | null;
  pageNumber: number;
  pageSize: number;
  /** Null for people who may not propose. */
  proposal: { commandId: string; reason: string } | null;
}

/** The plan of a discontinuation: what would happen, before anything does (第16条). */
export function planPage(page: PlanPage) {
  const { values, errors, plans, plan, proposal } = page;
  const field = typedFields(page);
  return staffPage({
    ...page.frame,
    title: '廃止の計画',
    hasErrors: errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href={PATH}>廃止</a>
        </p>
        <h1>廃止の計画</h1>
        <p class="lead">
          条件を入れると、通知の期限、間に合わないお客様、返金額を計算します。計算しただけでは何も起こりません。
        </p>
        <ErrorSummary errors={errors} />
        <section class="panel">
          <h2>条件</h2>
          <form method="get" action={`${PATH}/new`} novalidate>
            <ScopeFields
              typed={page}
              label="廃止するもの"
              environmentHint="本番とテスト環境の契約を一つの廃止で扱うことはできません。"
              plans={plans}
            />
            <TextField
              {...field('lastDay')}
              label="サービスの最終日"
              required
              type="date"
              width="medium"
              hint="この日の終わりまで提供します。翌日が廃止日です。"
            />
            <TextField
              {...field('noticeOn')}
              label="お知らせの送信を始める日"
              required={false}
              type="date"
              width="medium"
              hint="空欄のときは今日から始めた場合を計算します。"
            />
            <CheckField
              name="forceMajeure"
              label="不可抗力"
              required={false}
              checked={values.forceMajeure === 'yes'}
              text="天災・協力会社のサービス終了などの不可抗力による廃止である（返金なし）"
            />
            <button class="button button-secondary" type="submit">
              計算する
            </button>
          </form>
        </section>
        {plan === null ? null : <Result page={page} plan={plan} />}
        {proposal === null ? null : plan === null ? (
          <TypedReason reason={proposal.reason} />
        ) : (
          <ProposalForm page={page} proposal={proposal} />
        )}
      </>
    ),
  });
}

function Result({ page, plan }: { page: PlanPage; plan: ShownPlan }) {
  const { proposal, totals, rows, startMs } = plan;
  const deadline = notifyBy(proposal.lastDay).value;
  const started = jstDate(startMs);
  const finishedOn = jstDate(startMs + plan.campaignMs);
  const inTime = compareDates(finishedOn, deadline) <= 0 && totals.late === 0;
  const query = { ...page.values, page: null };
  return (
    <section class="panel" aria-labelledby="plan">
      <h2 id="plan">{scopeText(proposal, plan.planName)}の廃止</h2>
      <p class={inTime ? 'notice notice-good' : 'notice notice-warning'}>
        {inTime
          ? `${dateText(started)}に送信を始めれば、期限の${dateText(deadline)}に間に合います。`
          : compareDates(started, deadline) > 0
            ? `通知の期限は${dateText(deadline)}で、すでに過ぎています。`
            : `${dateText(started)}に送信を始めても、期限の${dateText(deadline)}までに届かないお客様がいます。`}
        {totals.refundYen > 0 ? `返金が必要です（第16条）。` : null}
      </p>
      <Facts
        facts={[
          { label: 'サービスの最終日', value: dateWithEra(proposal.lastDay) },
          { label: '廃止日', value: dateWithEra(addDays(proposal.lastDay, 1)) },
          { label: '通知の期限（6か月前）', value: dateWithEra(deadline) },
          { label: '送信を始める日', value: dateWithEra(started) },
          {
            label: '送信にかかる時間',
            value: `約${Math.max(1, Math.ceil(plan.campaignMs / 60_000)).toLocaleString('ja-JP')}分（毎分${plan.perMinute.toLocaleString('ja-JP')}通）、${dateText(finishedOn)}に終わる見込み`,
          },
          { label: '到達とみなすもの', value: plan.countsText },
          { label: '不可抗力', value: proposal.forceMajeure ? 'はい（返金なし）' : 'いいえ' },
          ...totalFacts(totals),
        ]}
      />
      <p>
        <a class="button button-small button-secondary" href={addressOf(`${PATH}/plan.csv`, query)}>
          CSVでダウンロード
        </a>
      </p>
      <RowsTable rows={rows} caption="廃止の対象の契約" />
      <Paging
        path={`${PATH}/new`}
        query={query}
        page={page.pageNumber}
        pageSize={page.pageSize}
        count={totals.contracts}
      />
    </section>
  );
}

/** What was typed for conditions that hold no longer: nothing of it is lost. */
function TypedReason({ reason }: { reason: string }) {
  if (reason === '') return null;
  return (
    <section class="panel">
      <h2>入力された廃止の理由</h2>
      <p>条件を直して計算してから、あらためて提案してください。</p>
      <p class="lines">{reason}</p>
    </section>
  );
}

function ProposalForm({
  page,
  proposal,
}: {
  page: PlanPage;
  proposal: { commandId: string; reason: string };
}) {
  const { values, errors } = page;
  const field = typedFields({ values: { reason: proposal.reason }, errors });
  return (
    <section class="panel panel-strong">
      <h2>この廃止を提案する</h2>
      <p>
        法務担当の確認と承認者の承認（提案した人とは別の二人）がそろうと、お客様への通知、新しい申込の停止、契約期間の短縮が始まります。承認までは何も起こりません。
      </p>
      <form method="post" action={PATH} novalidate>
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={proposal.commandId} />
        {CONDITION_FIELDS.map((name) => (
          <input type="hidden" name={name} value={values[name] ?? ''} />
        ))}
        <TextAreaField
          {...field('reason')}
          label="廃止の理由"
          required
          rows={3}
          hint="社内の記録です。お客様への通知には載りません。"
        />
        <button class="button button-primary" type="submit">
          廃止を提案する
        </button>
      </form>
    </section>
  );
}
