import { reasonLines } from '../../../domain/base/explain.ts';
import { formatYen } from '../../../domain/base/money.ts';
import { Table } from '../../components/table.tsx';
import { dateText, masked } from '../../format.ts';
import { BASIS_LABELS, FATE_LABELS, periodText, type ShownRow } from './words.ts';

/** Contracts of a plan with what becomes of each and the arithmetic of its refund. */
export function RowsTable({ rows, caption }: { rows: readonly ShownRow[]; caption: string }) {
  return (
    <Table
      caption={caption}
      rows={rows}
      empty="対象の契約はありません。"
      columns={[
        {
          head: '契約者',
          cell: (row) => (
            <>
              <a class="row-link" href={`/staff/contracts/${row.contractId}`}>
                {row.customerName}
              </a>
              <small class="under">契約番号 {masked(row.contractNumber)}</small>
            </>
          ),
        },
        { head: '契約の行方', cell: ({ fate }) => FATE_LABELS[fate] },
        {
          head: '最終日の期間',
          cell: (row) => (
            <>
              {periodText(row)}
              <small class="under">利用料金 {formatYen(row.periodFeeYen)}（税抜）</small>
              {row.fate === 'ends' ? <small class="under">根拠：{BASIS_LABELS[row.basis]}</small> : null}
            </>
          ),
        },
        {
          head: 'お知らせの到達',
          cell: ({ fate, noticeOn, late }) =>
            fate === 'ends' ? (
              <>
                {noticeOn === null ? '未到達' : dateText(noticeOn)}
                {late ? <span class="badge badge-bad">期限後</span> : null}
              </>
            ) : (
              '—'
            ),
        },
        {
          head: '返金額',
          numeric: true,
          cell: ({ totalYen, steps }) => (
            <>
              <b>{formatYen(totalYen)}</b>
              <details class="arithmetic">
                <summary>計算</summary>
                <ol>
                  {reasonLines(steps).map((line) => (
                    <li>{line}</li>
                  ))}
                </ol>
              </details>
            </>
          ),
        },
      ]}
    />
  );
}
