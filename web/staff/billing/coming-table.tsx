import type { ItemName } from '../../../db/queries/billing/names.ts';
import type { PlannedDocument } from '../../../domain/billing/documents.ts';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { LinesTable } from './papers-table.tsx';
import { type PartnerNames, wayText, yenText } from './words.ts';

/** What the next runs will bill as things stand, or why they cannot. */
export function ComingTable(props: {
  coming: readonly PlannedDocument[] | { problem: string };
  nameOf: (item: string) => ItemName;
  partners: PartnerNames;
}) {
  const { coming, nameOf, partners } = props;
  if ('problem' in coming) {
    return <p class="notice notice-warning">請求の下書きを作れません。{coming.problem}</p>;
  }
  return (
    <Table
      caption="これからの請求"
      rows={coming}
      empty="これから1年の間に請求するものはありません。"
      columns={[
        {
          head: '発行日',
          cell: (document) => {
            const way = wayText(document, partners);
            return (
              <>
                {dateText(document.issuedOn)}
                {way === null ? null : <small class="under">{way}</small>}
              </>
            );
          },
        },
        {
          head: '明細',
          cell: ({ lines }) => (
            <details>
              <summary>{lines.map(({ item }) => nameOf(item).name).join('、')}</summary>
              <LinesTable lines={lines} nameOf={nameOf} />
            </details>
          ),
        },
        { head: 'お支払期限', cell: ({ dueOn }) => (dueOn === null ? '—' : dateText(dueOn)) },
        { head: '請求額', numeric: true, cell: ({ totalYen }) => yenText(totalYen) },
      ]}
    />
  );
}
