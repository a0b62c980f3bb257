import { afterEach, expect, test, vi } from 'vitest';
import { elapsedText, startProgress } from '../../bin/setup/progress.mjs';

function recordedProgress(isTTY: boolean) {
  const written: string[] = [];
  vi.useFakeTimers();
  const progress = startProgress('Working', { out: { isTTY, write: (text) => written.push(text) } });
  return { progress, written };
}

afterEach(() => vi.useRealTimers());

test('what is over within two seconds prints nothing', () => {
  const { progress, written } = recordedProgress(false);
  vi.advanceTimersByTime(1_900);
  progress.end();
  expect(written).toEqual([]);
});

test('what takes longer says so after two seconds, again every half minute, and how long it took', () => {
  const { progress, written } = recordedProgress(false);
  vi.advanceTimersByTime(65_000);
  progress.end();
  expect(written).toEqual([
    'Working …\n',
    'Working … 30 s\n',
    'Working … 1 min 0 s\n',
    'Working: done (1 min 5 s)\n',
  ]);
});

test('on a terminal one line counts', () => {
  const { progress, written } = recordedProgress(true);
  vi.advanceTimersByTime(4_000);
  progress.end('failed');
  expect(written.every((text) => text.startsWith('\r'))).toBe(true);
  expect(written.at(-1)).toContain('Working: failed (4 s)');
});

test.each([
  [400, '0 s'],
  [59_000, '59 s'],
  [245_000, '4 min 5 s'],
])('%d ms read as %s', (ms, text) => {
  expect(elapsedText(ms)).toBe(text);
});
