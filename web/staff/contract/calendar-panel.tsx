import {
  type CivilDate,
  compareDates,
  daysInclusive,
  lastOfMonth,
  monthStart,
  yearMonthDay,
} from '../../../domain/calendar/civil-date.ts';
import { type CalendarMonth, calendarStrip } from '../../../domain/future/calendar-strip.ts';
import { CONTRACT_KIND_LABELS, isLive } from '../../../domain/period/contract.ts';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import type { ContractView } from './view.ts';

const PER_ROW = 6;
const MONTH_WIDTH = 84;
const ROW_HEIGHT = 92;
const LEFT = 4;
const TRACK_TOP = 40;

/** The next 18 months: cut-offs, period ends, cancel-by dates, renewals, accepted changes, the end (第5条, 第8条, 第10条). */
export function CalendarPanel({ view }: { view: ContractView }) {
  const { detail, future, today, cutoff } = view;
  if (!isLive(detail.contract.status)) return null;
  const strip = calendarStrip(future, today, { policy: cutoff });
  const monthly = future.line.every(({ kind }) => kind === 'monthly');
  return (
    <section class="panel">
      <h3>今後18か月の予定</h3>
      <Strip strip={strip} today={today} />
      <Legend monthly={monthly} />
      <details>
        <summary>予定を表で見る</summary>
        <StripTable strip={strip} />
      </details>
    </section>
  );
}

function Strip({ strip, today }: { strip: CalendarMonth[]; today: CivilDate }) {
  const rows = Math.ceil(strip.length / PER_ROW);
  const width = LEFT * 2 + PER_ROW * MONTH_WIDTH;
  return (
    <svg
      class="strip"
      viewBox={`0 0 ${width} ${rows * ROW_HEIGHT}`}
      role="img"
      aria-label="今後18か月の締切、期間の満了、更新、変更、終了の図。同じ内容が下の表にあります。"
    >
      {strip.map((month, index) => (
        <Month
          month={month}
          x={LEFT + (index % PER_ROW) * MONTH_WIDTH}
          y={Math.floor(index / PER_ROW) * ROW_HEIGHT}
          today={today}
        />
      ))}
    </svg>
  );
}

/** Where in its month a day lies, from 0 to 1; `end` for the end of the day. */
function shareOf(day: CivilDate, end = false): number {
  const { day: number } = yearMonthDay(day);
  return (number - (end ? 0 : 1)) / yearMonthDay(lastOfMonth(day)).day;
}

function Month(props: { month: CalendarMonth; x: number; y: number; today: CivilDate }) {
  const { month, x, y, today } = props;
  const first = monthStart(month.month);
  const { year, month: number } = yearMonthDay(first);
  const width = MONTH_WIDTH - 2;
  const at = (day: CivilDate, end = false) => x + shareOf(day, end) * width;
  const top = y + TRACK_TOP;
  const runs = month.endsOn === null ? width : (daysInclusive(first, month.endsOn) / daysOf(first)) * width;
  const name = number === 1 || y === 0 ? `${year}年${number}月` : `${number}月`;
  const isNow = compareDates(today, first) >= 0 && compareDates(today, lastOfMonth(first)) <= 0;
  return (
    <g>
      <text class="strip-month" x={x} y={y + 14}>
        {name}
      </text>
      <rect class="strip-track" x={x} y={top} width={width} height={18} />
      {month.running ? <rect class="strip-running" x={x} y={top} width={runs} height={18} /> : null}
      {month.changeCutoff === null ? null : (
        <CutoffMark x={at(month.changeCutoff, true)} y={top} kind="change" day={month.changeCutoff} />
      )}
      {month.cancellationCutoff === null ? null : (
        <CutoffMark
          x={at(month.cancellationCutoff, true)}
          y={top}
          kind="cancellation"
          day={month.cancellationCutoff}
        />
      )}
      {month.cancelBys
        .filter(({ kind }) => kind === 'annual')
        .map(({ by }) => (
          <g class="strip-by">
            <path d={`M${at(by, true)} ${top - 3}l-6 -9h12z`} />
            <text
              x={at(by, true) + (x > MONTH_WIDTH ? -8 : 8)}
              y={top - 6}
              text-anchor={x > MONTH_WIDTH ? 'end' : 'start'}
            >
              更新停止の期限
            </text>
          </g>
        ))}
      {month.renewals.map((renewal) => (
        <g class="strip-renewal">
          <path d={`M${at(renewal.on) + 1} ${top - 8}v34`} />
          {isNamed(renewal) ? (
            <text x={at(renewal.on) + 4} y={top + 32}>
              {renewal.changesKind ? KIND_MARKS[renewal.kind] : '更新'}
            </text>
          ) : null}
        </g>
      ))}
      {month.changes.map((day) => (
        <g class="strip-change">
          <rect x={at(day)} y={top + 4} width={10} height={10} />
          <text x={at(day) + 3} y={top + (month.renewals.some(isNamed) ? 46 : 32)}>
            変更の適用
          </text>
        </g>
      ))}
      {month.endsOn === null ? null : (
        <g class="strip-end">
          <path d={`M${at(month.endsOn, true)} ${top - 8}v34`} />
          <text x={at(month.endsOn, true) - 4} y={top + 32} text-anchor="end">
            終了
          </text>
        </g>
      )}
      {isNow ? (
        <g class="strip-now">
          <circle cx={at(today) + 2} cy={top + 9} r={5} />
          <text x={at(today)} y={y + 30}>
            きょう
          </text>
        </g>
      ) : null}
    </g>
  );
}

/** Months roll over as a matter of course: their renewals have no name, but that into or out of years. */
const isNamed = ({ kind, changesKind }: CalendarMonth['renewals'][number]): boolean =>
  kind === 'annual' || changesKind;

const KIND_MARKS = { annual: '年額に', monthly: '月額に' } as const;

function daysOf(first: CivilDate): number {
  return yearMonthDay(lastOfMonth(first)).day;
}

function CutoffMark(props: { x: number; y: number; kind: 'change' | 'cancellation'; day: CivilDate }) {
  const { x, y, kind, day } = props;
  return (
    <g class={`strip-cutoff strip-cutoff-${kind}`}>
      <path d={`M${x} ${y}v18`} />
      <text x={x} y={y + 15} text-anchor="end">
        {yearMonthDay(day).day}
      </text>
    </g>
  );
}

function Legend({ monthly }: { monthly: boolean }) {
  return (
    <ul class="strip-legend">
      <li class="legend-change-cutoff">変更の締切（5日）</li>
      <li class="legend-cancellation-cutoff">解約の締切（20日）</li>
      {monthly ? null : <li class="legend-by">更新を止める解約の到達期限</li>}
      <li class="legend-renewal">自動更新</li>
      <li class="legend-change">変更の適用</li>
      <li class="legend-end">終了</li>
    </ul>
  );
}

/** Everything in a month by its day, with the clause: two columns fit wherever the strip does. */
function StripTable({ strip }: { strip: readonly CalendarMonth[] }) {
  return (
    <Table
      caption="今後18か月の予定"
      rows={strip}
      empty="予定はありません。"
      columns={[
        { head: '月', cell: ({ month }) => <span class="strip-table-month">{monthName(month)}</span> },
        {
          head: '予定',
          cell: (month) => {
            const events = eventsOf(month);
            if (events.length === 0) return '—';
            return (
              <ul class="plain">
                {events.map(({ on, what }) => (
                  <li>
                    {yearMonthDay(on).day}日　{what}
                  </li>
                ))}
              </ul>
            );
          },
        },
      ]}
    />
  );
}

function monthName(month: CalendarMonth['month']): string {
  const { year, month: number } = yearMonthDay(monthStart(month));
  return `${year}年${number}月`;
}

function eventsOf(month: CalendarMonth): { on: CivilDate; what: string }[] {
  const { changeCutoff, cancellationCutoff, endsOn } = month;
  const events = [
    ...month.renewals.map(({ on, kind, changesKind }) => ({
      on,
      what: changesKind
        ? `自動更新、ここから${CONTRACT_KIND_LABELS[kind]}（第5条3項）`
        : '自動更新（第5条3項）',
    })),
    ...month.changes.map((on) => ({ on, what: '変更の適用（第8条2項）' })),
    ...(changeCutoff === null ? [] : [{ on: changeCutoff, what: '変更の締切（第8条2項）' }]),
    ...(cancellationCutoff === null ? [] : [{ on: cancellationCutoff, what: '解約の締切（第10条1項）' }]),
    ...month.cancelBys.map(({ by, periodTo }) => ({
      on: by,
      what: `${dateText(periodTo)}満了分の更新を止める解約の到達期限（第10条1項）`,
    })),
    ...month.periodEnds.map((on) => ({ on, what: '期間の満了（第5条3項）' })),
    ...(endsOn === null ? [] : [{ on: endsOn, what: '契約の終了（第10条1項）' }]),
  ];
  return events.toSorted((a, b) => compareDates(a.on, b.on));
}
