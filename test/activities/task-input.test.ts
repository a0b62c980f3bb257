import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { taskInput } from '../../activities/records/task-input.ts';
import { openDatabase } from '../../db/client.ts';
import { stackEnv } from '../support/stacks.ts';

const { DATABASE_URL = '' } = stackEnv();
const { db, close } = openDatabase({ DATABASE_URL });
afterAll(close);

const asked = {
  taskId: randomUUID(),
  subjectType: 'contract' as const,
  subjectId: randomUUID(),
  excludedStaff: ['sato'],
  sandbox: true,
  openedMs: 0,
  dueMs: Date.UTC(2026, 10, 24),
};

describe('a run of an earlier release that put the reason of a task in one text opens the same task', () => {
  test.each([
    [{ kind: 'review', note: '' }, {}],
    [{ kind: 'secondPerson', note: 'a-request' }, { about: 'a-request' }],
    [{ kind: 'offBoardingProblem', note: 'usageRead' }, { about: 'usageRead' }],
    [
      { kind: 'deletionProblem', note: 'stuck:rows' },
      { cause: 'stuck', about: 'rows' },
    ],
    [
      { kind: 'deletionProblem', note: 'telephonyOpen' },
      { cause: 'telephonyOpen', about: '' },
    ],
    [
      { kind: 'mailProblem', note: 'contractEnded:SandboxMailBlocked', mailKey: 'ended/1' },
      { cause: 'sandboxBlocked', about: 'ended/1', awaited: false },
    ],
    [
      { kind: 'mailProblem', note: 'certificateIssued:MailRefused' },
      { cause: 'refused', about: '', awaited: true },
    ],
  ] as const)('%o', async (task, reason) => {
    const opened = await taskInput(db, { ...asked, ...task });
    const { openedMs: _opened, dueMs, excludedStaff: _excluded, ...rest } = asked;
    const involved = [{ staffId: 'sato', as: 'entered' }];
    expect(opened).toEqual({ ...rest, involved, kind: task.kind, ...reason, dueAt: new Date(dueMs) });
  });
});
