import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  NOTICE_AUDIENCES,
  NOTICE_CLASSES,
  NOTICE_FOLLOW_DAYS,
  NOTICE_STATUSES,
  NOTICE_VERDICTS,
  noticeActions,
  noticeMailKey,
  noticeOfMailKey,
  noticeRetryWaitMs,
  pushBackWaitMs,
  UNREACHED_STATES,
} from '../../../domain/notice/notice.ts';
import { noticeProcess } from '../../../domain/processes/notice.ts';

const HOUR = 3_600_000;

describe('mails that the server puts off', () => {
  test('are asked about again ever later, for 24 hours, then given to staff', () => {
    const waits: number[] = [];
    for (let n = 1; ; n += 1) {
      const wait = noticeRetryWaitMs(n);
      if (wait === null) break;
      waits.push(wait);
    }
    expect(waits[0]).toBe(5 * 60_000);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(24 * HOUR);
    expect(waits.every((wait, at) => wait >= (waits[at - 1] ?? 0))).toBe(true);
    expect(noticeRetryWaitMs(0)).toBeNull();
  });

  test.each([
    [1, 5_000],
    [2, 10_000],
    [3, 20_000],
    [7, 320_000],
    [8, 600_000],
    [500, 600_000],
  ])('a server that takes nothing for the %i. time is left alone for %i ms', (n, ms) => {
    expect(pushBackWaitMs(n)).toBe(ms);
  });

  test('may still come back for five days (RFC 5321)', () => {
    expect(NOTICE_FOLLOW_DAYS).toBe(5);
  });
});

describe('the business key of a recipient’s mail', () => {
  test('names the notice and the contract, and the round from the second on', () => {
    expect(noticeMailKey('n', 'c', 1)).toBe('notice/n/c');
    expect(noticeMailKey('n', 'c', 2)).toBe('notice/n/c/2');
  });

  test.each([1, 2, 10])('is read back in round %i', (round) => {
    expect(noticeOfMailKey(noticeMailKey('n-1', 'c-1', round))).toEqual({
      noticeId: 'n-1',
      contractId: 'c-1',
    });
  });

  test.each(['request/1', 'notice/n', 'notice/n/c/x', 'notice//c', 'a/notice/n/c', 'notice/n/c/2/3', ''])(
    '%j is of another mail',
    (key) => {
      expect(noticeOfMailKey(key)).toBeNull();
    },
  );
});

test('what staff may tell a notice, by its status', () => {
  const actions = keysOf(NOTICE_STATUSES).map((status) => [status, noticeActions(status)]);
  expect(Object.fromEntries(actions)).toEqual({
    draft: [],
    waitingApproval: [],
    approved: [],
    sending: ['pause', 'stop', 'recordLetters'],
    paused: ['resume', 'stop', 'recordLetters'],
    following: ['retry', 'recordLetters'],
    done: [],
    stopped: [],
    refused: [],
  });
});

test('contractual mail and mail that advertises are two classes (第14条); a notice is for all, a plan, or those named', () => {
  expect(NOTICE_CLASSES).toEqual(['contractual', 'advertising']);
  expect(NOTICE_AUDIENCES).toEqual(['all', 'plan', 'contracts']);
  expect(NOTICE_VERDICTS).toEqual(keysOf(noticeProcess.decisions.notice.verdicts));
});

test('whoever no mail reached is told by letter or sent to again', () => {
  expect(UNREACHED_STATES).toEqual(['deferred', 'refused', 'bounced']);
});
