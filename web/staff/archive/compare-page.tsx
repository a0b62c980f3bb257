import type { RevisionDifference } from '../../../db/queries/certificate/compare.ts';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { CONTRACT_KIND_LABELS, labelOf, PAYMENT_LABELS } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { CERTIFICATE_FIELD_LABELS } from './labels.ts';

/** What two revisions of a certificate state differently. */
export function comparePage(page: {
  frame: ReturnType<typeof frame>;
  contractId: string;
  from: number;
  to: number;
  differences: readonly RevisionDifference[];
}) {
  const { contractId, from, to, differences } = page;
  return staffPage({
    ...page.frame,
    title: `契約証書 第${from}版と第${to}版の比較`,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>契約に戻る</a>
        </p>
        <h1>
          契約証書 第{from}版と第{to}版の比較
        </h1>
        <Table
          caption="記載の違い"
          rows={differences}
          empty="記載内容に違いはありません（証書番号と発行日を除く）。"
          columns={[
            { head: '項目', cell: ({ field }) => labelOf(CERTIFICATE_FIELD_LABELS, field) },
            { head: `第${from}版`, cell: ({ before }) => valueText(before) },
            { head: `第${to}版`, cell: ({ after }) => valueText(after) },
          ]}
        />
      </>
    ),
  });
}

function valueText(value: string): string {
  return value === '' ? '（記載なし）' : labelOf({ ...CONTRACT_KIND_LABELS, ...PAYMENT_LABELS }, value);
}
