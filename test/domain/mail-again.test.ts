import { expect, test } from 'vitest';
import { sentAgainProblem } from '../../domain/desk/mail-again.ts';

const taken = { kind: 'certificateIssued', status: 'accepted', kept: true } as const;

test('21: a mail that was taken is sent once more, and no other: each says why not', () => {
  expect(sentAgainProblem(taken)).toBeNull();
  expect(sentAgainProblem({ ...taken, kept: false })).toContain('記録がない');
  for (const status of ['refused', 'bounced'] as const) {
    expect(sentAgainProblem({ ...taken, status })).toContain('メール不達の対応');
  }
  for (const status of ['queued', 'sending', 'deferred'] as const) {
    expect(sentAgainProblem({ ...taken, status })).toContain('送信の途中');
  }
  for (const kind of ['staffReminder', 'staffInvitation'] as const) {
    expect(sentAgainProblem({ ...taken, kind })).toContain('担当者あて');
  }
});
