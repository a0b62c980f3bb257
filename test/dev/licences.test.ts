import { expect, test } from 'vitest';
import { licencesOf } from '../../dev/licences.ts';

const part = (name: string, id?: string) => ({
  ...{ name, version: '1.0.0' },
  licenses: id === undefined ? [] : [{ license: { id } }],
});

test('parts come by name with their licence; one read by hand counts', () => {
  const { parts, unknown } = licencesOf({
    components: [part('zod', 'MIT'), part('htmx.org', 'BSD-0-Clause')],
  });
  expect(parts.map(({ name, licence }) => [name, licence])).toEqual([
    ['htmx.org', '0BSD'],
    ['zod', 'MIT'],
  ]);
  expect(unknown).toEqual([]);
});

test('a part without a licence, or with one that nobody has agreed to, is told', () => {
  const { unknown } = licencesOf({
    components: [part('nothing'), part('left', 'AGPL-3.0'), part('fine', 'ISC')],
  });
  expect(unknown.map(({ name }) => name)).toEqual(['left', 'nothing']);
});
