import type { CataloguePreview } from '../../../db/queries/read/catalogue-preview.ts';
import { formatYen } from '../../../domain/base/money.ts';
import { effectByPlan } from '../../../domain/billing/price-effect.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { FileField, TextField, type TypedForm, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { CONTRACT_KIND_LABELS } from '../../glossary.ts';
import { type frame, PAGE_SIZE } from '../console.ts';

export const PREVIEW_PATH = '/staff/fee-changes/preview';

/** What a price list would change for whom, before anything is entered (第6条3項・4項). */
export function cataloguePreviewPage(props: {
  frame: ReturnType<typeof frame>;
  typed: TypedForm;
  preview: CataloguePreview | null;
}) {
  const { typed, preview } = props;
  const field = typedFields(typed);
  return staffPage({
    ...props.frame,
    title: '料金表の試算',
    hasErrors: typed.errors.length > 0,
    wide: preview !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/fee-changes">料金変更</a> / 試算
        </p>
        <h1>料金表の試算</h1>
        <p class="lead">
          新しい料金表を登録する前に、誰の料金が、いつから、どう変わるかを確かめます。ファイルは保存されず、何も変わりません。
        </p>
        <ErrorSummary errors={typed.errors} />
        {preview === null ? null : <Preview preview={preview} />}
        <section class="panel">
          <h2>{preview === null ? '料金表を選ぶ' : '別の料金表で試算する'}</h2>
          <form method="post" action={PREVIEW_PATH} enctype="multipart/form-data" novalidate>
            <input type="hidden" name="csrf" value={props.frame.signedIn.csrfToken} />
            <TextField
              {...field('effectiveOn')}
              label="変更日"
              required
              width="short"
              hint="例：2027-04-01。この日以後に始まる契約期間から新しい料金になります。告知が今日届いたものとして試算します。"
            />
            <FileField
              {...field('file')}
              label="新しい料金表"
              required
              accept=".csv,.json"
              hint="CSV（UTF-8またはShift_JIS）か、hasso catalogue import と同じ形のJSON。256KBまで。"
            />
            <button class="button button-primary" type="submit">
              試算する
            </button>
          </form>
        </section>
      </>
    ),
  });
}

function Preview({ preview: { file, prices, reach } }: { preview: CataloguePreview }) {
  const sorted = reach.toSorted((a, b) => Number(a.chanceToCancel) - Number(b.chanceToCancel));
  const fees = (each: { annualFeeYen: number; monthlyFeeYen: number } | null) =>
    each === null ? 'なし' : `年額 ${formatYen(each.annualFeeYen)}、月額 ${formatYen(each.monthlyFeeYen)}`;
  return (
    <>
      <section class="panel panel-strong">
        <h2>{dateText(file.effectiveOn)}からの料金表</h2>
        <Table
          caption="料金の違い"
          rows={prices}
          empty="料金の違いはありません。"
          columns={[
            { head: '料金', cell: ({ name }) => name },
            { head: '現在', cell: ({ before }) => fees(before) },
            { head: '変更後', cell: ({ after }) => fees(after) },
          ]}
        />
        <h3>プランごと</h3>
        <Table
          caption="プランごとの影響"
          rows={effectByPlan(reach)}
          empty="適用される契約はありません。"
          columns={[
            {
              head: 'プラン',
              cell: ({ planName, kind }) => `${planName}（${CONTRACT_KIND_LABELS[kind]}）`,
            },
            { head: '契約', numeric: true, cell: ({ contracts }) => `${contracts}件` },
            { head: '値上げ', numeric: true, cell: ({ dearer }) => `${dearer}件` },
            { head: '値下げ', numeric: true, cell: ({ cheaper }) => `${cheaper}件` },
            { head: '同じ', numeric: true, cell: ({ same }) => `${same}件` },
            { head: '先に終了', numeric: true, cell: ({ endsBefore }) => `${endsBefore}件` },
            { head: '現在（1期分の計）', numeric: true, cell: ({ oldFeeYen }) => formatYen(oldFeeYen) },
            { head: '変更後（1期分の計）', numeric: true, cell: ({ newFeeYen }) => formatYen(newFeeYen) },
          ]}
        />
      </section>
      <section class="panel">
        <h2>
          契約ごと <span class="count">{reach.length}契約</span>
        </h2>
        {reach.length > PAGE_SIZE ? (
          <p class="hint">
            解約する余裕のない契約から{PAGE_SIZE}件を表示しています。すべては hasso catalogue preview
            で見られます。
          </p>
        ) : null}
        <Table
          caption="契約ごとの影響"
          rows={sorted.slice(0, PAGE_SIZE)}
          empty="適用される契約はありません。"
          columns={[
            {
              head: 'お客様',
              cell: ({ contractId, customerName }) => (
                <a href={`/staff/contracts/${contractId}`}>{customerName}</a>
              ),
            },
            { head: '契約', cell: ({ kind, planName }) => `${CONTRACT_KIND_LABELS[kind]}・${planName}` },
            { head: '現在（1期分）', numeric: true, cell: ({ oldFeeYen }) => formatYen(oldFeeYen) },
            { head: '変更後（1期分）', numeric: true, cell: ({ newFeeYen }) => formatYen(newFeeYen) },
            {
              head: '適用',
              cell: ({ from, endsBefore, chanceToCancel }) => (
                <>
                  {endsBefore ? '契約が先に終了' : `${dateText(from)}に始まる期間から`}
                  {endsBefore || chanceToCancel ? null : (
                    <small class="under under-bad">解約する余裕なし</small>
                  )}
                </>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}
