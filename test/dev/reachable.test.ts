import { chmodSync, chownSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findChromium } from '../../dev/chromium.ts';
import { isReachable } from '../../dev/postgres.ts';

test('a folder closed to others is reachable for its owner and its group alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hasso-reach-'));
  const { uid, gid } = statSync(folder);
  const stranger = { uid: uid + 1, gid: gid + 1 };
  expect(isReachable(folder, { uid, gid })).toBe(true);
  expect(isReachable(folder, stranger)).toBe(false);
  chmodSync(folder, 0o750);
  chownSync(folder, uid, gid);
  expect(isReachable(folder, { ...stranger, gid })).toBe(true);
  expect(isReachable(folder, stranger)).toBe(false);
  chmodSync(folder, 0o755);
  expect(isReachable(folder, stranger)).toBe(true);
});

test('CHROMIUM_PATH decides which browser is used, and a wrong one is named', () => {
  expect(findChromium({ CHROMIUM_PATH: process.execPath })).toBe(process.execPath);
  expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' })).toThrow(
    'CHROMIUM_PATH is /nowhere/chromium',
  );
});
