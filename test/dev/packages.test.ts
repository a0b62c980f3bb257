import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packagesAreCurrent, wantedStamp } from '../../bin/setup/packages.mjs';
import { isSupportedNode } from '../../bin/setup/runtime.mjs';

const entry = (version: string, more = {}) => ({ version, integrity: `sha512-${version}`, ...more });

function clone(lock: object, installed?: object): string {
  const root = mkdtempSync(join(tmpdir(), 'hasso-clone-'));
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': { name: 'x' }, ...lock } }),
  );
  if (installed) {
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  }
  return root;
}

const lock = {
  'node_modules/a': entry('1.0.0'),
  'node_modules/other-platform': entry('2.0.0', { optional: true }),
};

test('a fresh clone needs its packages', () => {
  expect(packagesAreCurrent(clone(lock))).toBe(false);
});

test('packages that somebody installed by hand from this lock file are not installed again', () => {
  const root = clone(lock, { 'node_modules/a': entry('1.0.0') });
  expect(packagesAreCurrent(root)).toBe(true);
  expect(packagesAreCurrent(root)).toBe(true);
});

test.each([
  ['another version', { 'node_modules/a': entry('1.0.1') }],
  ['a package less', {}],
  ['a package more', { 'node_modules/a': entry('1.0.0'), 'node_modules/b': entry('1.0.0') }],
])('packages are installed again when they differ from the lock file: %s', (_, installed) => {
  expect(packagesAreCurrent(clone(lock, installed))).toBe(false);
});

test('packages are installed again when the lock file has changed since', () => {
  const root = clone(lock, { 'node_modules/a': entry('1.0.0') });
  const before = wantedStamp(root);
  expect(packagesAreCurrent(root)).toBe(true);
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { 'node_modules/a': entry('1.1.0') } }),
  );
  expect(wantedStamp(root)).not.toBe(before);
  expect(packagesAreCurrent(root)).toBe(false);
});

test.each([
  ['v20.20.2', false],
  ['v22.11.0', false],
  ['v22.12.0', true],
  ['v24.21.0', true],
])('Node %s runs the project: %s', (version, supported) => {
  expect(isSupportedNode(version)).toBe(supported);
});
