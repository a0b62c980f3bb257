import { expect, test } from 'vitest';
import { dueText, nearInstantText } from '../../web/format.ts';

const at = (text: string) => new Date(`${text}:00+09:00`);

test.each([
  // Friday 17:55; the task is due at the end of Monday.
  ['2026-11-27T17:55', '2026-11-30T23:59', '残り9時間', '11月30日（月） 23:59', false],
  ['2026-11-27T17:55', '2026-12-01T23:59', '残り2営業日', '12月1日（火） 23:59', false],
  ['2026-11-30T17:30', '2026-11-30T23:59', '残り30分', '11月30日（月） 23:59', false],
  ['2026-11-30T20:00', '2026-11-30T23:59', '残りの営業時間なし', '11月30日（月） 23:59', false],
  ['2026-12-01T00:00', '2026-11-30T23:59', '期限超過', '11月30日（月） 23:59', true],
  ['2026-12-01T12:00', '2026-11-30T23:59', '超過3時間', '11月30日（月） 23:59', true],
  ['2026-12-07T09:00', '2026-11-27T23:59', '超過5営業日', '11月27日（金） 23:59', true],
  ['2026-11-01T00:00', '2026-12-20T00:00', '残り49日', '12月20日（日） 0:00', false],
])('4: on %s what is due on %s is told as %s, %s', (now, due, text, day, overdue) => {
  expect(dueText(at(due), at(now))).toMatchObject({ text, overdue });
  expect(nearInstantText(at(due))).toBe(day);
});
