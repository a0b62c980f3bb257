const ERA_YEAR = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
  era: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** `2026-12-01` → `2026年12月1日`. Throws for text that is no civil date. */
export function japaneseDate(date: string): string {
  const { year, month, day } = civilParts(date);
  return `${year}年${month}月${day}日`;
}

/** `2026-12-01` → `2026年12月1日（令和8年）`. */
export function japaneseDateWithEra(date: string): string {
  return `${japaneseDate(date)}（${ERA_YEAR.format(civilParts(date).utc)}）`;
}

/** `2026-12-01` → `2026年12月1日（火）`, for last days that people put in their calendars. */
export function japaneseDateWithWeekday(date: string): string {
  return `${japaneseDate(date)}（${WEEKDAYS[civilParts(date).utc.getUTCDay()] ?? ''}）`;
}

function civilParts(date: string): { year: number; month: number; day: number; utc: Date } {
  const utc = new Date(`${date}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(date) ||
    Number.isNaN(utc.getTime()) ||
    utc.toISOString().slice(0, 10) !== date
  ) {
    throw new Error(`${date} is not a civil date.`);
  }
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate(), utc };
}
