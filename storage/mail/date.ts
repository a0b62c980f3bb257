import { dayOfWeek, isCivilDate, jstInstant } from '../../domain/calendar/civil-date.ts';

/** An instant that a mail states. `zone`: whether the mail says it, or Asia/Tokyo was assumed. */
export interface MailTime {
  at: Date;
  zone: 'stated' | 'assumed';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const JAPANESE_WEEKDAYS = '日月火水木金土';
const ERAS: Record<string, number> = { 平成: 1988, 令和: 2018 };
/** Hours from UTC of the names that mean one zone only (CST and IST mean several). */
const ZONE_HOURS: Record<string, number> = {
  jst: 9,
  z: 0,
  gmt: 0,
  ut: 0,
  utc: 0,
  est: -5,
  edt: -4,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?(?:\s*(?<half>[ap]m)\b)?`;
const ZONE = String.raw`(?:\s*(?<zone>(?:gmt|utc)?\s*[+-]\d{1,2}:?\d{2}|(?:gmt|utc)[+-]\d{1,2}|[a-z]{1,5}))?`;
const WEEKDAY = String.raw`(?:(?<weekday>${WEEKDAYS.join('|')})[a-z]*\.?,?\s*)?`;
const MONTH = String.raw`(?<monthName>${MONTHS.join('|')})[a-z]*\.?,?`;

const FORMS: readonly RegExp[] = [
  new RegExp(
    String.raw`^${WEEKDAY}(?<day>\d{1,2})[\s-]+${MONTH}[\s-]+(?<year>\d{2,4}),?\s+${CLOCK}${ZONE}$`,
    'i',
  ),
  new RegExp(String.raw`^${WEEKDAY}${MONTH}\s+(?<day>\d{1,2}),?\s+${CLOCK}${ZONE}\s+(?<year>\d{4})$`, 'i'),
  new RegExp(String.raw`^${WEEKDAY}${MONTH}\s+(?<day>\d{1,2}),?\s+(?<year>\d{4}),?\s+${CLOCK}${ZONE}$`, 'i'),
  new RegExp(
    String.raw`^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:\s+|t)${CLOCK}${ZONE}$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?<era>平成|令和)?(?<year>\d{1,4}|元)年(?<month>\d{1,2})月(?<day>\d{1,2})日,?\s*(?:(?<weekday>[${JAPANESE_WEEKDAYS}])曜日?)?\s*(?<half>午前|午後)?\s*` +
      String.raw`(?<hour>\d{1,2})(?::|時)(?<minute>\d{1,2})分?(?::?(?<second>\d{2})秒?)?${ZONE}$`,
    'i',
  ),
];

/**
 * The instant of a Date field, or of what stands behind the last semicolon of a Received field: RFC 5322 with its obsolete
 * forms, ISO 8601, dates as Japanese programs write them. Null unless day, time and zone are certain: no such day, a
 * weekday that is another, a zone nobody knows. Where no zone is given it is Asia/Tokyo, and the answer says so.
 */
export function readMailDate(raw: string): MailTime | null {
  const text = raw.normalize('NFKC').replace(/\s+/g, ' ').trim();
  const comment = /\(([a-z]{3,4})\)/i.exec(text)?.[1];
  const weekday = new RegExp(String.raw`(?:\(|^)([${JAPANESE_WEEKDAYS}])(?:曜日?)?[),]`, 'u').exec(text)?.[1];
  const plain = withoutComments(text)
    .replace(new RegExp(`^[${JAPANESE_WEEKDAYS}](?:曜日?)?, ?`, 'u'), '')
    .replace(
      /^(\d{1,2})[ -](\d{1,2})月[ -](?=\d{4})/u,
      (_, day, month) => `${day} ${MONTHS[Number(month) - 1] ?? '?'} `,
    )
    .replace(/ ?"?(asia\/tokyo|tokyo standard time|日本標準時|東京 ?[(]?標準時[)]?)"?$/iu, ' JST')
    .replace(/([+-]\d{2}:?\d{2}) [a-z]{3,4}$/i, '$1')
    .replace(/\s+/g, ' ')
    .replace(/日 (?=\d|午)/u, '日')
    .trim();
  for (const form of FORMS) {
    const parts = form.exec(plain)?.groups;
    if (parts !== undefined) {
      return timeOf({ ...parts, zone: parts.zone ?? comment, weekday: parts.weekday ?? weekday });
    }
  }
  return null;
}

/** Comments may stand inside comments. */
function withoutComments(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\([^()]*\)/g, ' ');
  }
  return rest.replace(/\s+/g, ' ').trim();
}

function timeOf(parts: Record<string, string | undefined>): MailTime | null {
  const year = yearOf(parts);
  const month =
    parts.month === undefined
      ? MONTHS.indexOf(parts.monthName?.toLowerCase() ?? '') + 1
      : Number(parts.month);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${year}-${two(month)}-${two(Number(parts.day))}`;
  const hour = hourOf(Number(parts.hour), parts.half?.toLowerCase());
  const [minute, second] = [Number(parts.minute), Number(parts.second ?? 0)];
  if (year < 1990 || year > 2100 || !isCivilDate(date)) return null;
  if (hour === null || minute > 59 || second > 60) return null;
  if (parts.weekday !== undefined && weekdayOf(parts.weekday) !== dayOfWeek(date)) return null;
  const zoneMinutes =
    parts.zone === undefined ? TOKYO_MINUTES : minutesOf(parts.zone.toLowerCase().replace(/\s/g, ''));
  if (zoneMinutes === null) return null;
  const local = jstInstant(date) + ((hour * 60 + minute) * 60 + second) * 1_000;
  const at = new Date(local + (TOKYO_MINUTES - zoneMinutes) * 60_000);
  return { at, zone: parts.zone === undefined ? 'assumed' : 'stated' };
}

const TOKYO_MINUTES = 9 * 60;

function yearOf({ era, year = '' }: Record<string, string | undefined>): number {
  const written = year === '元' ? 1 : Number(year);
  if (era !== undefined) return (ERAS[era] ?? 0) + written;
  // RFC 5322 4.3: two digits below 50 are of this century, three count from 1900.
  if (year.length === 2) return written + (written < 50 ? 2000 : 1900);
  return year.length === 3 ? written + 1900 : written;
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour > 12) return null;
  return (hour % 12) + (half === 'pm' || half === '午後' ? 12 : 0);
}

function weekdayOf(name: string): number {
  const japanese = JAPANESE_WEEKDAYS.indexOf(name);
  return japanese >= 0 ? japanese : WEEKDAYS.indexOf(name.slice(0, 3).toLowerCase());
}

/** Minutes from UTC; null for a zone that is not known for certain. */
function minutesOf(zone: string): number | null {
  const hours = ZONE_HOURS[zone];
  if (hours !== undefined) return hours * 60;
  const [, sign, hour, minute = '0'] = /^(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
  if (hour === undefined || Number(hour) > 14 || Number(minute) > 59) return null;
  return (Number(hour) * 60 + Number(minute)) * (sign === '-' ? -1 : 1);
}
