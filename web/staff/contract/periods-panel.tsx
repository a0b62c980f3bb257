import { compareDates } from '../../../domain/calendar/civil-date.ts';
import { periodAfter, periodOn } from '../../../domain/future/period-line.ts';
import { CONTRACT_KIND_LABELS, isLive } from '../../../domain/period/contract.ts';
import type { Period } from '../../../domain/period/periods.ts';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import type { ContractView } from './view.ts';

/** How many periods after the present one are shown. */
const AHEAD = 2;

/** Recorded periods, the present one and the next, which follow from the calendar without being stored (第5条3項). */
export function PeriodsPanel({ view }: { view: ContractView }) {
  const rows = periodRows(view);
  return (
    <section class="panel">
      <h3>利用契約期間</h3>
      <Table
        caption="利用契約期間"
        rows={rows}
        empty="利用契約期間はまだ記録されていません。"
        rowClass={({ word }) => (word === '現在' ? 'row-current' : '')}
        columns={[
          {
            head: '期',
            cell: ({ period, word }) => (
              <>
                第{period.index}期 {word === '' ? null : <b class="period-word">{word}</b>}
              </>
            ),
          },
          { head: '開始日', cell: ({ period }) => dateText(period.from) },
          { head: '満了日', cell: ({ period }) => dateText(period.to) },
        ]}
      />
      {view.future.line.map(({ kind, firstDay }, index) =>
        index > 0 ? (
          <p class="hint">
            {dateText(firstDay)}から{CONTRACT_KIND_LABELS[kind]}になります（第5条3項）。
          </p>
        ) : kind === 'monthly' ? (
          <p class="hint">月額契約は、初日から暦に従って1か月ずつ自動更新されます（第5条3項②）。</p>
        ) : null,
      )}
    </section>
  );
}

interface PeriodRow {
  period: Period;
  word: '' | '現在' | '予定' | '開始前';
}

function periodRows({ detail, future, today }: ContractView): PeriodRow[] {
  const recorded: PeriodRow[] = detail.periods.map(({ index, from, to }) => ({
    period: { index, from, to } as Period,
    word: '',
  }));
  if (!isLive(detail.contract.status)) return recorded;
  const { line } = future;
  const endsOn = future.end?.on ?? null;
  const present = periodOn(line, today);
  const begun = compareDates(present.from, today) <= 0;
  const ahead: Period[] = [present];
  while (ahead.length <= AHEAD) ahead.push(periodAfter(line, ahead.at(-1) ?? present));
  const computed = ahead
    .map((period, offset): PeriodRow => ({ period, word: offset > 0 ? '予定' : begun ? '現在' : '開始前' }))
    .filter(({ period }) => endsOn === null || compareDates(period.from, endsOn) <= 0);
  return [...recorded.filter(({ period }) => period.index < present.index), ...computed].map((row) =>
    endsOn !== null && compareDates(endsOn, row.period.to) < 0 && compareDates(row.period.from, endsOn) <= 0
      ? { ...row, period: { ...row.period, to: endsOn } }
      : row,
  );
}
