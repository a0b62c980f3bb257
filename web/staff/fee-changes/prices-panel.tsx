import { parseCatalogue } from '../../../db/queries/catalogue/import.ts';
import type { FeeChange } from '../../../db/queries/fee-change/enter.ts';
import type { Catalogue } from '../../../db/queries/read/catalogue.ts';
import { formatYen } from '../../../domain/base/money.ts';
import { Table } from '../../components/table.tsx';

interface PriceRow {
  name: string;
  what: string;
  before: number | null;
  after: number;
}

/** Old and new prices side by side, plan by plan; what stays the same says so. */
export function PricesPanel({ change, before }: { change: FeeChange; before: Catalogue }) {
  return (
    <section class="panel">
      <h2>料金の比較（税抜）</h2>
      <Table
        caption="料金の比較"
        rows={priceRows(change, before)}
        empty="料金表に行がありません。"
        rowClass={(row) => (row.before === row.after ? '' : 'row-current')}
        columns={[
          { head: 'プラン・オプション', cell: ({ name }) => name },
          { head: '項目', cell: ({ what }) => what },
          {
            head: `第${before.version}版`,
            numeric: true,
            cell: (row) => (row.before === null ? '—' : formatYen(row.before)),
          },
          { head: `第${change.catalogueVersion}版`, numeric: true, cell: ({ after }) => formatYen(after) },
          { head: '差', numeric: true, cell: differenceText },
        ]}
      />
    </section>
  );
}

function differenceText({ before, after }: PriceRow): string {
  if (before === null) return '新設';
  if (before === after) return '変更なし';
  return `${after > before ? '＋' : '−'}${formatYen(Math.abs(after - before))}`;
}

function priceRows(change: FeeChange, before: Catalogue): PriceRow[] {
  const after = parseCatalogue(change.catalogue);
  const plans = after.plans.flatMap((plan): PriceRow[] => {
    const old = before.plans.find(({ code }) => code === plan.code);
    const { name } = plan;
    return [
      { name, what: '年額', before: old?.annualFeeYen ?? null, after: plan.annualFeeYen },
      { name, what: '月額', before: old?.monthlyFeeYen ?? null, after: plan.monthlyFeeYen },
      {
        name,
        what: '追加ライセンス（年額）',
        before: old?.extraLicenceAnnualYen ?? null,
        after: plan.extraLicenceAnnualYen,
      },
      {
        name,
        what: '追加ライセンス（月額）',
        before: old?.extraLicenceMonthlyYen ?? null,
        after: plan.extraLicenceMonthlyYen,
      },
    ];
  });
  const options = after.options.flatMap((option): PriceRow[] => {
    const old = before.options.find(({ code }) => code === option.code);
    const { name } = option;
    return [
      { name, what: '年額', before: old?.annualFeeYen ?? null, after: option.annualFeeYen },
      { name, what: '月額', before: old?.monthlyFeeYen ?? null, after: option.monthlyFeeYen },
    ];
  });
  return [...plans, ...options];
}
