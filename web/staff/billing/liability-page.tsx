import type { ContractLiability } from '../../../db/queries/billing/liability.ts';
import { type Explained, reasonLines } from '../../../domain/base/explain.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import type { frame } from '../console.ts';
import { yenText } from './words.ts';

export interface LiabilityPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  customerName: string;
  typed: TypedForm;
  /** Null before a day is asked about. */
  cap: Explained<ContractLiability> | null;
}

/** The limit of liability to a customer for an incident on a day, fee by fee (第23条3項). */
export function liabilityPage({ frame: outer, contractId, customerName, typed, cap }: LiabilityPage) {
  const field = typedFields(typed);
  return staffPage({
    ...outer,
    title: '責任の上限',
    hasErrors: typed.errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{customerName}の契約</a>
        </p>
        <h1>責任の上限</h1>
        <p class="lead">
          事故の前の1年間の利用料金を、発行した請求書から日割りで計算します（第23条3項）。通信費用とプリペイドチャージは含みません。
        </p>
        <ErrorSummary errors={typed.errors} />
        <form method="get" action={`/staff/contracts/${contractId}/liability`} novalidate>
          <TextField
            {...field('incident')}
            label="事故の日"
            required
            width="medium"
            hint="例：2027-05-01、または令和9年5月1日"
          />
          <button class="button button-secondary" type="submit">
            計算する
          </button>
        </form>
        {cap === null ? null : <Answer cap={cap} />}
      </div>
    ),
  });
}

function Answer({ cap }: { cap: Explained<ContractLiability> }) {
  const { capYen, windowFrom, windowTo, fees } = cap.value;
  return (
    <section class="panel panel-strong">
      <h2>責任の上限は{yenText(capYen)}（税抜）です</h2>
      <p>
        対象の期間：{dateText(windowFrom)}〜{dateText(windowTo)}
      </p>
      <Table
        caption="利用料金"
        rows={fees.filter(({ from, to }) => from <= windowTo && to >= windowFrom)}
        empty="対象の期間の利用料金はありません。"
        columns={[
          { head: '期間', cell: ({ from, to }) => `${dateText(from)}〜${dateText(to)}` },
          { head: '根拠', cell: ({ basis }) => (basis === 'papers' ? '請求書' : '料金表（請求書なし）') },
          { head: '利用料金（税抜）', numeric: true, cell: ({ feeYen }) => yenText(feeYen) },
        ]}
      />
      <details class="arithmetic">
        <summary>計算</summary>
        <ol>
          {reasonLines(cap.steps).map((line) => (
            <li>{line}</li>
          ))}
        </ol>
      </details>
    </section>
  );
}
