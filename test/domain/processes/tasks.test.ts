import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import { parseInstant } from '../../../domain/calendar/civil-date.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import { isAcknowledged, isDoneInRows, taskDeadlines } from '../../../domain/desk/tasks.ts';
import { TASKS } from '../../../domain/processes/index.ts';

describe('who does what', () => {
  const roleOf = Object.fromEntries(keysOf(TASKS).map((kind) => [kind, TASKS[kind].role]));

  test('the second person of two is an approver (第4条, 第10条, 第16条, 第17条3項)', () => {
    const second = [
      'approval',
      'secondPerson',
      'campaignApproval',
      'contactChange',
      'customerChange',
    ] as const;
    for (const kind of [...second, 'discontinuationApproval', 'refundApproval', 'termsApproval'] as const)
      expect(roleOf[kind], kind).toBe('approver');
    expect(roleOf.feeChangeApproval).toBe('approver');
    expect(roleOf.holdDecision).toBe('approver');
  });

  test('the first of two is never an approver, so that nobody stands for both', () => {
    expect(roleOf.review).toBe('reviewer');
    expect(roleOf.discontinuationReview).toBe('legal');
    expect(roleOf.refundReview).toBe('billing');
  });

  test('hits on lists and suspensions are judged by legal (第10条2項③, 第15条)', () => {
    expect(roleOf.rescreeningHit).toBe('legal');
    expect(roleOf.suspensionDecision).toBe('legal');
  });
});

describe('how a task ends', () => {
  test('saying that somebody looked ends these, and no others', () => {
    expect(keysOf(TASKS).filter(isAcknowledged)).toEqual([
      'renewsAlthoughCancelled',
      'endToConfirm',
      'bankFileRefused',
      'dunningOverdue',
      'dunningProposal',
      'usageDifference',
      'topUpAfterEnd',
      'editionVoid',
    ]);
  });

  test('a mail that was mended and papers that were handed in end their task in the row, as saying does', () => {
    expect(keysOf(TASKS).filter(isDoneInRows)).toEqual([
      'mailProblem',
      'renewsAlthoughCancelled',
      'endToConfirm',
      'paymentsToSettle',
      'bankFileRefused',
      'dunningOverdue',
      'dunningProposal',
      'usageDifference',
      'prepaidUncovered',
      'topUpAfterEnd',
      'partnerPapers',
      'editionVoid',
      'proposalDecision',
      'accountDecision',
      'provisioning',
      'usageCase',
      'reconciliation',
    ]);
  });
});

test('a task falls due at the end of the second business day and escalates at that of the fourth', () => {
  // A Thursday evening before a weekend; Monday 2026-11-23 is a holiday.
  expect(taskDeadlines(parseInstant('2026-11-19T18:00:00+09:00'))).toEqual({
    dueMs: parseInstant('2026-11-24T23:59:59.999+09:00'),
    escalateMs: parseInstant('2026-11-26T23:59:59.999+09:00'),
  });
});

test('the cause of a task is a sentence where its kind has several, else nothing', () => {
  expect(causeText({ kind: 'mailProblem', cause: 'bounced' })).toMatch(/返送されました。$/);
  expect(causeText({ kind: 'mailProblem', cause: null })).toBeNull();
  expect(causeText({ kind: 'mailProblem', cause: 'forgotten' })).toBeNull();
  expect(causeText({ kind: 'review', cause: 'bounced' })).toBeNull();
});
