export interface Bar {
  label: string;
  value: number;
  /** The value in words. */
  text: string;
}

const WIDTH = 720;
const HEIGHT = 230;
const LEFT = 96;
const TOP = 12;
const BOTTOM = 30;
const STEPS = 4;
/** Longer labels are cut: the table behind has them whole. */
const LABEL_LENGTH = 9;

/** Values as bars from zero, drawn on the server; the table with the same values follows or stands behind it, and is what is read out. */
export function BarChart({ title, bars }: { title: string; bars: readonly Bar[] }) {
  if (bars.every(({ value }) => value === 0)) return null;
  const scale = scaleOf(bars.map(({ value }) => value));
  const y = (value: number) =>
    TOP + ((scale.top - value) / (scale.top - scale.bottom)) * (HEIGHT - TOP - BOTTOM);
  const slot = (WIDTH - LEFT) / bars.length;
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}の棒グラフ`}>
      {scale.ticks.map((tick) => (
        <>
          <line class="chart-rule" x1={LEFT} x2={WIDTH} y1={rounded(y(tick))} y2={rounded(y(tick))} />
          <text class="chart-text" x={LEFT - 8} y={rounded(y(tick) + 4)} text-anchor="end">
            {tick.toLocaleString('ja-JP')}
          </text>
        </>
      ))}
      {bars.map(({ label, value, text }, n) => {
        const x = LEFT + slot * n;
        return (
          <>
            <rect
              class={value < 0 ? 'chart-bar chart-bar-below' : 'chart-bar'}
              x={rounded(x + slot * 0.15)}
              y={rounded(Math.min(y(value), y(0)))}
              width={rounded(slot * 0.7)}
              height={rounded(Math.abs(y(value) - y(0)))}
            >
              <title>{`${label} ${text}`}</title>
            </rect>
            <text class="chart-text" x={rounded(x + slot / 2)} y={HEIGHT - 10} text-anchor="middle">
              {label.length > LABEL_LENGTH ? `${label.slice(0, LABEL_LENGTH - 1)}…` : label}
            </text>
          </>
        );
      })}
      <line class="chart-zero" x1={LEFT} x2={WIDTH} y1={rounded(y(0))} y2={rounded(y(0))} />
    </svg>
  );
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Round steps of 1, 2 or 5 that hold all values and zero. */
function scaleOf(values: readonly number[]): { top: number; bottom: number; ticks: number[] } {
  const [highest, lowest] = [Math.max(0, ...values), Math.min(0, ...values)];
  const raw = Math.max(1, (highest - lowest) / STEPS);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10);
  const [up, down] = [Math.max(1, Math.ceil(highest / step)), Math.floor(lowest / step)];
  const ticks = Array.from({ length: up - down + 1 }, (_, n) => (down + n) * step);
  return { top: up * step, bottom: down * step, ticks };
}
