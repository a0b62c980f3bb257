import { Table } from './table.tsx';

/** One thing that somebody sent, and what stands in its place by now; both in words. */
export interface Difference {
  label: string;
  mine: string;
  now: string;
}

/** The fields of a form that came too late, beside what stands in their place. */
export const fieldDifferences = <F extends string>(
  labels: Readonly<Record<F, string>>,
  fields: readonly F[],
  { mine, now }: { mine: Readonly<Record<F, string>>; now: Readonly<Record<F, string>> },
): Difference[] => fields.map((field) => ({ label: labels[field], mine: mine[field], now: now[field] }));

/** What a form that came too late said, beside what stands now; what differs is marked in words. */
export function Differences({ rows }: { rows: readonly Difference[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="panel">
      <h2>あなたが送った内容と、いまの内容</h2>
      <Table
        caption="あなたが送った内容と、いまの内容"
        rows={rows}
        empty=""
        columns={[
          { head: '項目', cell: ({ label }) => label },
          { head: 'あなたが送った内容', cell: ({ mine }) => <Words text={mine} /> },
          { head: 'いまの内容', cell: ({ now }) => <Words text={now} /> },
          {
            head: '違い',
            cell: ({ mine, now }) => (mine === now ? '同じ' : <span class="badge badge-bad">違う</span>),
          },
        ]}
      />
    </section>
  );
}

function Words({ text }: { text: string }) {
  return text === '' ? <span class="quiet">（なし）</span> : <span class="lines">{text}</span>;
}
