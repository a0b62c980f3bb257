import { expect, test } from 'vitest';
import { addressKind, album, pictureName, VIEWS } from '../../dev/screens/album.ts';

test.each([
  ['/staff', '/staff'],
  ['/staff/contracts/4f2fabeb-4db0-49b8-afd8-fd7733decd31/what-if', '/staff/contracts/*/what-if'],
  ['/staff/lists/antisocial/versions/12/rollback', '/staff/lists/antisocial/versions/*/rollback'],
  ['/staff/disclosures?contract=4f2fabeb-4db0-49b8-afd8-fd7733decd31', '/staff/disclosures?contract'],
  ['/staff/outbox/1796068017228-000001-6834e307.eml', '/staff/outbox/*'],
  ['/staff?view=mine', '/staff?view'],
  ['/staff/fee-changes/new', '/staff/fee-changes/new'],
  ['/verify/c3RhbmRzLWZvci1hLXRva2Vu', '/verify/*'],
])('%s is a page of the kind %s', (path, kind) => {
  expect(addressKind(path)).toBe(kind);
});

test('the second page of a kind has a picture of its own', () => {
  expect(pictureName('/staff/contracts/*', 1)).toBe('staff-contracts-x');
  expect(pictureName('/staff/contracts/*', 2)).toBe('staff-contracts-x-2');
});

test('the album shows each page in every view', () => {
  const page = album(['staff', 'verify']);
  for (const view of Object.keys(VIEWS)) {
    expect(page).toContain(`src="staff-${view}.png"`);
    expect(page).toContain(`src="verify-${view}.png"`);
  }
});
