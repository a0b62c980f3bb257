import {
  type CivilDate,
  formatDateJa,
  formatInstantJa,
  yearMonthDay,
} from '../domain/calendar/civil-date.ts';

const REIWA_FIRST = '2019-05-01';

/** '2026年11月22日（令和8年）'; dates before Reiwa by the western year alone. */
export function dateWithEra(date: CivilDate): string {
  if (date < REIWA_FIRST) return formatDateJa(date);
  const year = yearMonthDay(date).year - 2018;
  return `${formatDateJa(date)}（令和${year === 1 ? '元' : year}年）`;
}

/** '2026年11月22日' of a date column. */
export function dateText(date: CivilDate): string {
  return formatDateJa(date);
}

/** '2026年11月22日 18:55' in Japanese time. */
export function instantText(instant: Date): string {
  return formatInstantJa(instant.getTime());
}

/** '09:05' in Japanese time, as a time field takes it. */
export function timeFieldText(instant: Date): string {
  return formatInstantJa(instant.getTime()).split(' ').at(-1)?.padStart(5, '0') ?? '';
}

/** Time left until something is due, or past it, in words: 残り3時間, 超過2日. */
export function dueText(dueAt: Date, now: Date): { text: string; overdue: boolean; soon: boolean } {
  const minutes = Math.floor((dueAt.getTime() - now.getTime()) / 60_000);
  const overdue = minutes < 0;
  const size = Math.abs(minutes);
  const length =
    size >= 48 * 60
      ? `${Math.floor(size / 1440)}日`
      : size >= 60
        ? `${Math.floor(size / 60)}時間`
        : `${size}分`;
  return { text: overdue ? `超過${length}` : `残り${length}`, overdue, soon: !overdue && minutes < 8 * 60 };
}

/** All but the last four characters hidden (第12条2項). */
export function masked(text: string): string {
  return '•'.repeat(Math.max(0, text.length - 4)) + text.slice(-4);
}

/** '1.2 MB' */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** The name of whoever applies, or why there is none. */
export function applicantText(of: { companyName: string; deletedOn: CivilDate | null }): string {
  if (of.companyName !== '') return of.companyName;
  return of.deletedOn === null ? '（会社名の記入なし）' : '（削除済みの申込者）';
}
