import { BUSINESS_DAY_MINUTES, businessMinutes } from '../domain/calendar/business-hours.ts';
import {
  type CivilDate,
  DAY_MS,
  formatDateJa,
  formatInstantJa,
  formatNearInstantJa,
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

/** '11月22日（日） 18:55' in Japanese time, of a time not far from now. */
export function nearInstantText(instant: Date): string {
  return formatNearInstantJa(instant.getTime());
}

/**
 * Business time left until something is due, or past it, in words: 残り3時間, 超過2営業日. A Friday evening is minutes before Monday
 * morning.
 */
export function dueText(dueAt: Date, now: Date): { text: string; overdue: boolean; soon: boolean } {
  const [due, at] = [dueAt.getTime(), now.getTime()];
  const overdue = due < at;
  const minutes = businessMinutes(Math.min(due, at), Math.max(due, at));
  const soon = !overdue && minutes !== null && minutes < BUSINESS_DAY_MINUTES;
  if (minutes === 0) return { text: overdue ? '期限超過' : '残りの営業時間なし', overdue, soon };
  return { text: `${overdue ? '超過' : '残り'}${lengthText(minutes, Math.abs(due - at))}`, overdue, soon };
}

function lengthText(minutes: number | null, realMs: number): string {
  if (minutes === null) return `${Math.floor(realMs / DAY_MS)}日`;
  if (minutes >= 2 * BUSINESS_DAY_MINUTES) return `${Math.floor(minutes / BUSINESS_DAY_MINUTES)}営業日`;
  return minutes >= 60 ? `${Math.floor(minutes / 60)}時間` : `${minutes}分`;
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
