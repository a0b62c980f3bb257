import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { canMove, isFinal } from '../../../domain/desk/moves.ts';
import {
  campaignDurationMs,
  letterDayProblem,
  NOTICE_STATUSES,
  noticeActions,
  noticeReachedOn,
} from '../../../domain/notice/notice.ts';
import {
  fillTemplate,
  placeholdersOf,
  RECIPIENT_PLACEHOLDERS,
  templateProblems,
} from '../../../domain/notice/notice-template.ts';

const ALLOWED = ['会社名', '契約番号'];

describe('placeholders', () => {
  test('a template is filled with the values of its recipient, spaces inside the braces do not matter', () => {
    const filled = fillTemplate('{{会社名}}（{{ 契約番号 }}）\n{{会社名}}', {
      会社名: '株式会社$&髙',
      契約番号: 'HS-1',
    });
    expect(filled).toBe('株式会社$&髙（HS-1）\n株式会社$&髙');
  });

  test('every placeholder of a recipient is accepted', () => {
    const all = RECIPIENT_PLACEHOLDERS.map((name) => `{{${name}}}`).join('、');
    expect(templateProblems(all, RECIPIENT_PLACEHOLDERS)).toEqual([]);
  });

  test('an unknown placeholder is named to its author, each once', () => {
    expect(templateProblems('{{会社名}} {{会社}} {{会社}}', ALLOWED)).toEqual([
      '「{{会社}}」という差込項目はありません。',
    ]);
    expect(templateProblems('{{}}', ALLOWED)).toEqual(['名前のない差込項目「{{}}」があります。']);
  });

  test.each(['{{会社名}', '{{会社名', '会社名}}', '{{会社名}}}}'])(
    '%s is told to be unclosed',
    (template) => {
      expect(templateProblems(template, ALLOWED)).toEqual([expect.stringContaining('括弧が閉じていません')]);
    },
  );

  test('a text without placeholders has no problem', () => {
    expect(templateProblems('{ 会社名 } は使いません', ALLOWED)).toEqual([]);
    expect(placeholdersOf('なし')).toEqual([]);
  });

  test('half a sentence never goes out: a placeholder without a value throws', () => {
    expect(() => fillTemplate('{{会社名}}', {})).toThrow('会社名');
    expect(() => fillTemplate('{{toString}}', {})).toThrow('toString');
  });
});

describe('the day on which a notice counts as having reached a customer (第16条, 第17条3項)', () => {
  const mailOn = civilDate('2026-06-30');
  const webOn = civilDate('2026-06-28');
  const letterOn = civilDate('2026-06-29');
  const none = { mailOn: null, webOn: null, letterOn: null };

  test.each([
    ['either', { mailOn, webOn }, { on: webOn, by: 'web' }],
    ['mail', { mailOn, webOn }, { on: mailOn, by: 'mail' }],
    ['web', { mailOn, webOn }, { on: webOn, by: 'web' }],
    ['mail', { webOn }, null],
    ['web', { mailOn }, null],
    ['either', {}, null],
    ['mail', { mailOn, letterOn }, { on: letterOn, by: 'letter' }],
    ['web', { letterOn }, { on: letterOn, by: 'letter' }],
    ['either', { mailOn, webOn, letterOn }, { on: webOn, by: 'web' }],
  ] as const)('policy %s, told %j', (counts, told, expected) => {
    expect(noticeReachedOn(counts, { ...none, ...told })).toEqual(expected);
  });
});

describe('states of a notice', () => {
  const statuses = keysOf(NOTICE_STATUSES);
  test('nothing is sent before it was approved, nothing follows a final state', () => {
    expect(statuses.filter((from) => canMove(NOTICE_STATUSES, from, 'approved'))).toEqual([
      'waitingApproval',
    ]);
    expect(statuses.filter((status) => isFinal(NOTICE_STATUSES, status))).toEqual([
      'done',
      'stopped',
      'refused',
    ]);
    expect(canMove(NOTICE_STATUSES, 'following', 'sending')).toBe(true);
  });

  test('only what is under way can be paused, stopped or sent again', () => {
    expect(noticeActions('draft')).toEqual([]);
    expect(noticeActions('sending')).toContain('pause');
    expect(noticeActions('paused')).toContain('resume');
    expect(noticeActions('following')).toContain('retry');
    expect(noticeActions('stopped')).toEqual([]);
  });
});

test('a campaign to 100,000 recipients at 600 mails a minute takes 2 hours 46 minutes 40 seconds', () => {
  expect(campaignDurationMs(100_000, 600)).toBe(10_000_000);
  expect(campaignDurationMs(0, 600)).toBe(0);
});

describe('the day of a letter', () => {
  const days = { toldOn: civilDate('2026-11-10'), today: civilDate('2026-11-30') };

  test.each([
    ['2026-11-10', null],
    ['2026-11-30', null],
    ['2026-11-09', /2026年11月10日.*以後/],
    ['2026-12-01', /未来/],
  ])('lies between the notice and today, both included: %s', (sentOn, problem) => {
    const told = letterDayProblem(civilDate(sentOn), days);
    if (problem === null) expect(told).toBeNull();
    else expect(told).toMatch(problem);
  });
});
