import { expect, test } from 'vitest';
import { accessLine } from '../../observe/access-log.ts';

const answer = { method: 'GET', route: '/staff/contracts/:id', status: 200, seconds: 0.0123 };

test('an answer is told by the pattern of its route', () => {
  expect(accessLine(answer)).toEqual({ method: 'GET', route: '/staff/contracts/:id', status: 200, ms: 12 });
});

test('health is told only when it is bad', () => {
  expect(accessLine({ ...answer, route: '/readyz' })).toBeNull();
  expect(accessLine({ ...answer, route: '/readyz', status: 503 })).toMatchObject({ status: 503 });
});
