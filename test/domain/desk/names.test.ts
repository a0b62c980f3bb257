import { expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import { BACKGROUND_QUEUE, INTERACTIVE_QUEUE } from '../../../domain/desk/queues.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { taskWatchId } from '../../../domain/desk/task-watch.ts';
import { SUBJECT_PATHS } from '../../../domain/processes/index.ts';

test('the two queues are apart, and called what running workflows call them', () => {
  expect([INTERACTIVE_QUEUE, BACKGROUND_QUEUE]).toEqual(['hasso-interactive', 'hasso-background']);
});

test('work on a subject is done on its own page', () => {
  expect(subjectPath({ subjectType: 'contract', subjectId: 'c-1' })).toBe('/staff/contracts/c-1');
  const paths = keysOf(SUBJECT_PATHS).map((subjectType) => subjectPath({ subjectType, subjectId: 'x' }));
  expect(new Set(paths).size).toBe(paths.length);
});

test('a deletion finds all watches of a customer’s tasks by the subject that stands first', () => {
  expect(taskWatchId({ subjectId: 'c-1', taskId: 't-2' })).toBe('task/c-1/t-2');
});

test('a task without a cause has no sentence, though its kind has several', () => {
  expect(causeText({ kind: 'incomingMail', cause: null })).toBeNull();
  expect(causeText({ kind: 'incomingMail', cause: 'mail' })).toContain('第10条1項');
});
