import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { REQUEST_KIND_LABELS } from '../../glossary.ts';
import type { ContractPage } from './page.tsx';

/** Change requests, cancellations and terminations with the date that was computed for each (第8条, 第10条). */
export function RequestsPanel({ detail }: ContractPage) {
  return (
    <section class="panel">
      <h3>変更・解約の申込</h3>
      <Table
        caption="変更・解約の申込"
        rows={detail.requests}
        empty="変更・解約の申込はありません。"
        columns={[
          {
            head: '種類',
            cell: ({ kind, arrivedAt }) => (
              <>
                {REQUEST_KIND_LABELS[kind]}
                <small class="under">{instantText(arrivedAt)} 到着</small>
              </>
            ),
          },
          { head: '結果', cell: ({ outcome }) => <StatusBadge kind="request" value={outcome} /> },
          {
            head: '適用日',
            cell: ({ computedOn, clause }) => (
              <>
                {computedOn === null ? '—' : dateText(computedOn)}
                {clause === '' ? null : <small class="under">{clause}</small>}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
