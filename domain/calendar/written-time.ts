import { toHalfWidth } from '../application/text.ts';

const TIME =
  /^(午前|午後|am|pm)? ?(\d{1,2})(?::(\d{2})(?::(\d{2}))?|時(?: ?(\d{1,2})分?| ?(半))?) ?(am|pm)?$/u;

/** Milliseconds since midnight of a time as typed (09:05, 9時5分, 午後3時半); null when it is none. */
export function readTimeOfDay(typed: string): number | null {
  const match = TIME.exec(toHalfWidth(typed).toLowerCase());
  if (match === null) return null;
  const half = match[1] ?? match[7];
  const [hour, minute, second] = [
    Number(match[2]),
    match[6] === undefined ? Number(match[3] ?? match[5] ?? '0') : 30,
    Number(match[4] ?? '0'),
  ];
  if (hour > (half === undefined ? 23 : 12) || minute > 59 || second > 59) return null;
  const afternoon = half === '午後' || half === 'pm';
  const hours = half === undefined ? hour : (hour % 12) + (afternoon ? 12 : 0);
  return ((hours * 60 + minute) * 60 + second) * 1000;
}
