export interface Bar {
  label: string;
  value: number;
}

const ROW = 28;
const LABEL = 210;
const BARS = 420;
const NUMBER = 70;

/** Horizontal bars as a picture; the table beside it says the same to those who cannot see it. */
export function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const height = bars.length * ROW + 8;
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${LABEL + BARS + NUMBER} ${height}`}
      role="img"
      aria-label={`${title}のグラフ`}
    >
      {bars.map(({ label, value }, index) => {
        const y = index * ROW + 4;
        const width = Math.max(2, Math.round((value / most) * BARS));
        return (
          <>
            <text class="bar-label" x={LABEL - 10} y={y + 17} text-anchor="end">
              {label}
            </text>
            <rect class="bar" x={LABEL} y={y + 3} width={width} height={ROW - 8} rx="3" />
            <text class="bar-value" x={LABEL + width + 8} y={y + 17}>
              {value.toLocaleString('ja-JP')}
            </text>
          </>
        );
      })}
    </svg>
  );
}
