import type { CorrectionRow, DocumentRow } from '../../../db/queries/archive/search.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText, masked, sizeText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { amountText, FIELD_LABELS, KIND_LABELS } from './labels.ts';

export interface DocumentPage {
  frame: ReturnType<typeof frame>;
  document: DocumentRow;
  corrections: readonly CorrectionRow[];
  names: ReadonlyMap<string, string>;
  mayCorrect: boolean;
  /** What was typed into the correction form, when it had errors. */
  values: { documentOn: string; amountYen: string; counterparty: string; reason: string };
  errors: readonly FieldError[];
}

/** One document of the archive: what it is found by, its corrections, and the form for another one. */
export function documentPage(page: DocumentPage) {
  const { document, corrections, names, mayCorrect, errors } = page;
  return staffPage({
    ...page.frame,
    title: KIND_LABELS[document.kind],
    hasErrors: errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/archive">書類の保存庫</a>
        </p>
        <h1>{KIND_LABELS[document.kind]}</h1>
        <ErrorSummary errors={errors} />
        <Facts
          facts={[
            { label: '番号', value: masked(document.number) },
            { label: '日付', value: dateText(document.documentOn) },
            { label: '金額', value: amountText(document.amountYen) },
            { label: '取引先', value: document.counterparty },
            { label: '保存期限', value: dateText(document.keepThrough) },
            { label: 'SHA-256', value: <code>{document.sha256}</code> },
          ]}
        />
        {hasRole(page.frame.signedIn.staff, MAY.openArchived) ? (
          <p>
            <a class="button button-secondary" href={`/staff/archive/${document.id}/file`}>
              PDFをダウンロードする（{sizeText(document.bytes)}）
            </a>
          </p>
        ) : null}
        <section>
          <h2>訂正の記録</h2>
          <Table
            caption="訂正の記録"
            rows={corrections}
            empty="訂正はありません。"
            columns={[
              { head: '項目', cell: ({ field }) => FIELD_LABELS[field] },
              { head: '訂正前', cell: ({ before }) => before },
              { head: '訂正後', cell: ({ after }) => after },
              { head: '理由', cell: ({ reason }) => reason },
              { head: '訂正者', cell: ({ correctedBy }) => actorName(correctedBy, names) },
              { head: '訂正日時', cell: ({ correctedAt }) => instantText(correctedAt) },
            ]}
          />
        </section>
        {mayCorrect ? <CorrectionForm page={page} /> : null}
      </>
    ),
  });
}

function CorrectionForm({ page: { frame, document, values, errors } }: { page: DocumentPage }) {
  const field = typedFields({ values, errors });
  return (
    <section class="panel">
      <h2>検索項目の訂正</h2>
      <p>書類そのものは変わりません。訂正前の値、訂正者、日時、理由が記録に残ります。</p>
      <form method="post" action={`/staff/archive/${document.id}`}>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <TextField {...field('documentOn')} label="日付" required type="date" width="short" />
        <TextField
          {...field('amountYen')}
          label="金額・税込（円）"
          required={false}
          inputmode="numeric"
          width="short"
        />
        <TextField {...field('counterparty')} label="取引先" required />
        <TextAreaField {...field('reason')} label="訂正の理由" required rows={3} />
        <button class="button button-primary" type="submit">
          訂正する
        </button>
      </form>
    </section>
  );
}
