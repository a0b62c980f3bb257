import { formatYen } from '../../../domain/base/money.ts';
import { formatInstantJa } from '../../../domain/calendar/civil-date.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Steps } from '../../components/steps.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, dateWithEra } from '../../format.ts';
import { ComingTable } from '../billing/coming-table.tsx';
import type { frame } from '../console.ts';
import { CalendarPanel } from './calendar-panel.tsx';
import { RenewsWarning } from './requests/outlook-panel.tsx';
import type { ContractView } from './view.ts';
import type { Found } from './what-if-routes.ts';

/** The question as a plain GET form: on the contract page and on the page of the answer. */
export function WhatIfForm(props: {
  contractId: string;
  at: string;
  wish: string;
  errors: readonly FieldError[];
}) {
  const { contractId, at, wish, errors } = props;
  const field = typedFields({ values: { at, wish }, errors });
  return (
    <form method="get" action={`/staff/contracts/${contractId}/what-if`} novalidate>
      <div class="field-row">
        <TextField
          {...field('at')}
          label="解約が到達する日時"
          required={false}
          type="datetime-local"
          width="medium"
          hint="空欄のときは、契約の現在の日時です。"
        />
        <TextField
          {...field('wish')}
          label="解約希望日"
          required={false}
          type="date"
          width="medium"
          hint="希望がないときは空欄にします。"
        />
      </div>
      <p class="button-row">
        <button class="button button-secondary" type="submit">
          試算する
        </button>
      </p>
    </form>
  );
}

export function whatIfPage(page: {
  frame: ReturnType<typeof frame>;
  view: ContractView;
  at: string;
  wish: string;
  errors: readonly FieldError[];
  found: Found | null;
  /** The invoices until then; null for those who may not see them. */
  billing: Parameters<typeof ComingTable>[0] | null;
}) {
  const { view, at, wish, errors, found, billing } = page;
  const { contract, customer } = view.detail;
  return staffPage({
    ...page.frame,
    title: `解約の試算（${customer.name}）`,
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contract.id}`}>{customer.name}の契約に戻る</a>
        </p>
        <h1>解約の試算</h1>
        <p class="lead">
          解約がその日時に届いたとしたら、どうなるかを計算します。何も記録されません。実際の受付と同じ規則で計算します。
        </p>
        <ErrorSummary errors={errors} />
        <WhatIfForm contractId={contract.id} at={at} wish={wish} errors={errors} />
        {found === null ? null : <Answer {...found} />}
        {billing === null ? null : (
          <section class="panel">
            <h2>それまでの請求書（見込み）</h2>
            <ComingTable {...billing} />
          </section>
        )}
        <CalendarPanel view={view} />
      </div>
    ),
  });
}

function Answer({ instantMs, result }: Found) {
  const { end, cutoffs, renewal, renewsAlthoughCancelled, feesDue, balanceLostYen } = result;
  const never = result.neverBegins ? '利用契約期間の初日より前のため、期間は始まりません。' : '';
  return (
    <div class="what-if">
      <section class="outlook" aria-labelledby="what-if-end">
        <h2 id="what-if-end">{formatInstantJa(instantMs)}に解約が届くと…</h2>
        <p class="outlook-answer">
          {dateWithEra(end.value.endsOn)}に終了します。{never}
        </p>
        {renewsAlthoughCancelled.value === null ? null : (
          <RenewsWarning steps={renewsAlthoughCancelled.steps} />
        )}
        <h3>なぜこの日か</h3>
        <Steps steps={end.steps} />
      </section>
      <section class="panel">
        <h2>次の締切</h2>
        <Steps steps={cutoffs.steps} />
      </section>
      <section class="panel">
        <h2>次の更新</h2>
        <p class="answer-line">
          {renewal.value === null
            ? '更新はありません'
            : `${dateText(renewal.value.renewsOn)}${renewal.value.certain ? '（確定）' : '（未確定）'}`}
        </p>
        <Steps steps={renewal.steps} />
      </section>
      <section class="panel">
        <h2>終了までに発生する利用料金（税抜）</h2>
        <Table
          caption="終了までに発生する利用料金"
          rows={feesDue.value.items}
          empty="新たに発生する利用料金はありません。"
          columns={[
            { head: '期間', cell: ({ from, to }) => `${dateText(from)}〜${dateText(to)}` },
            { head: '内容', cell: ({ reason }) => (reason === 'period' ? '期間の料金' : '変更による差額') },
            { head: '金額', numeric: true, cell: ({ feeYen }) => formatYen(feeYen) },
          ]}
        />
        <p class="answer-line">合計 {formatYen(feesDue.value.totalYen)}</p>
        <Steps steps={feesDue.steps.slice(-1)} />
      </section>
      <section class="panel">
        <h2>失われるプリペイドチャージ残高</h2>
        <p class="answer-line">{formatYen(balanceLostYen.value)}</p>
        <Steps steps={balanceLostYen.steps} />
      </section>
    </div>
  );
}
