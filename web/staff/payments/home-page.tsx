import type { BankImportRow, paymentCounts } from '../../../db/queries/payment/read.ts';
import type { LineRow } from '../../../db/queries/payment/settle.ts';
import { FORMAT_WORDS } from '../../../domain/payments/bank-file.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { CheckField, FileField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import { problemText } from './line-words.ts';
import { IMPORTS_PATH, LINES_PATH, PAYMENTS_PATH, SETTLE_PATH } from './words.ts';

export interface PaymentsHome {
  frame: ReturnType<typeof frame>;
  imports: readonly BankImportRow[];
  waiting: { rows: readonly LineRow[]; count: number };
  counts: Awaited<ReturnType<typeof paymentCounts>>;
  names: ReadonlyMap<string, string>;
  maySettle: boolean;
  sandboxOffered: boolean;
  csvOffered: boolean;
  errors: readonly FieldError[];
  commandId: string;
}

/** Money in: files, what waits for a person, what came so far (第6条2項). */
export function paymentsHomePage(page: PaymentsHome) {
  const { waiting, imports, errors, names } = page;
  return staffPage({
    ...page.frame,
    title: '入金',
    hasErrors: errors.length > 0,
    children: (
      <>
        <h1>入金</h1>
        <p class="lead">
          銀行の明細を取り込むと、名義・番号・金額が請求書と一致する入金は自動で消し込まれます（第6条2項）。残りは一件ずつ確かめます。
        </p>
        <ErrorSummary errors={errors} first="ファイルを取り込めませんでした" />
        <section class="panel panel-strong">
          <h2>確認待ちの入金 {waiting.count.toLocaleString('ja-JP')}件</h2>
          {waiting.count > 0 && page.maySettle ? (
            <p>
              <a class="button button-primary" href={SETTLE_PATH}>
                続けて消し込む
              </a>
            </p>
          ) : null}
          <LinesTable caption="確認待ちの入金" rows={waiting.rows} empty="確認待ちの入金はありません。" />
        </section>
        {page.maySettle ? <ImportForm {...page} /> : null}
        <section class="panel">
          <h2>取り込んだファイル</h2>
          <Table
            caption="取り込んだファイル"
            rows={imports}
            empty="まだ取り込んでいません。"
            columns={[
              {
                head: '取り込み',
                cell: ({ id, importedAt, sandbox }) => (
                  <>
                    <a class="row-link" href={`${IMPORTS_PATH}/${id}`}>
                      {instantText(importedAt)}
                    </a>{' '}
                    {sandbox ? <SandboxMark /> : null}
                  </>
                ),
              },
              { head: '種類', cell: ({ format }) => FORMAT_WORDS[format] },
              { head: 'ファイル', cell: ({ fileName }) => fileName },
              {
                head: '入金の日',
                cell: ({ firstOn, lastOn }) =>
                  firstOn === null || lastOn === null ? '—' : `${dateText(firstOn)}〜${dateText(lastOn)}`,
              },
              {
                head: '入金',
                numeric: true,
                cell: ({ lines, newLines }) =>
                  `${lines.toLocaleString('ja-JP')}件（新規${newLines.toLocaleString('ja-JP')}件）`,
              },
              { head: '取り込んだ人', cell: ({ importedBy }) => actorName(importedBy, names) },
            ]}
          />
        </section>
        <section class="panel">
          <h2>これまでの入金</h2>
          <Table
            caption="これまでの入金"
            rows={page.counts}
            empty="まだ入金はありません。"
            columns={[
              {
                head: '状態',
                cell: ({ status, sandbox }) => (
                  <>
                    <StatusBadge kind="bankLine" value={status} /> {sandbox ? <SandboxMark /> : null}
                  </>
                ),
              },
              { head: '件数', numeric: true, cell: ({ lines }) => `${lines.toLocaleString('ja-JP')}件` },
              { head: '金額', numeric: true, cell: ({ yen }) => yenText(yen) },
            ]}
          />
        </section>
      </>
    ),
  });
}

/** Payments one a row, each with what is to be found out about it. */
export function LinesTable(props: { caption: string; rows: readonly LineRow[]; empty: string }) {
  return (
    <Table
      caption={props.caption}
      rows={props.rows}
      empty={props.empty}
      columns={[
        {
          head: '入金の日',
          cell: ({ id, on, sandbox }) => (
            <>
              <a class="row-link" href={`${LINES_PATH}/${id}`}>
                {dateText(on)}
              </a>{' '}
              {sandbox ? <SandboxMark /> : null}
            </>
          ),
        },
        {
          head: '名義・EDI情報',
          cell: ({ name, reference }) => (
            <>
              {name}
              {reference === '' ? null : <small class="under">{reference}</small>}
            </>
          ),
        },
        { head: '金額', numeric: true, cell: ({ amountYen }) => yenText(amountYen) },
        {
          head: '状態',
          cell: ({ status, problem }) => (
            <>
              <StatusBadge kind="bankLine" value={status} />
              {status === 'waiting' ? <small class="under">{problemText(problem)}</small> : null}
            </>
          ),
        },
      ]}
    />
  );
}

function ImportForm({ frame, errors, sandboxOffered, csvOffered, commandId }: PaymentsHome) {
  return (
    <section class="panel">
      <h2>明細を取り込む</h2>
      <form method="post" action={PAYMENTS_PATH} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={commandId} />
        <FileField
          name="statement"
          label="銀行の明細"
          required
          error={errorFor(errors, 'statement')}
          accept=".txt,.dat,.csv"
          hint={`全銀形式（200バイト）の振込入金通知・入出金取引明細${csvOffered ? '、または設定した列のCSV' : ''}。合計の合わないファイルは全体を取り込みません。同じ入金は何度取り込んでも一度だけ数えます。`}
        />
        {sandboxOffered ? (
          <CheckField
            name="sandbox"
            label="対象"
            required={false}
            checked={false}
            text="テスト環境の契約への入金として取り込む"
          />
        ) : null}
        <button class="button button-primary" type="submit">
          取り込む
        </button>
      </form>
    </section>
  );
}
