import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import type { ContractPage } from './page.tsx';

/** The periods recorded so far; the further months of a monthly contract follow from the calendar (第5条3項). */
export function PeriodsPanel({ detail }: ContractPage) {
  return (
    <section class="panel">
      <h3>利用契約期間</h3>
      <Table
        caption="利用契約期間"
        rows={detail.periods}
        empty="利用契約期間はまだ記録されていません。"
        columns={[
          { head: '期', cell: ({ index }) => `第${index}期` },
          { head: '開始日', cell: ({ from }) => dateText(from) },
          { head: '満了日', cell: ({ to }) => dateText(to) },
        ]}
      />
      {detail.contract.kind === 'monthly' ? (
        <p class="hint">月額契約の2か月目以降は、初日から暦に従って1か月ずつ自動更新されます。</p>
      ) : null}
    </section>
  );
}
