import { expect, test } from 'vitest';
import { createReadiness, PARTS, type Part } from '../../gateway/readiness.ts';

const fine = async () => undefined;
const away = async () => {
  throw new Error('postgres://user:secret@host: refused');
};
const looks = (broken: readonly Part[] = []): Record<Part, () => Promise<void>> => ({
  ...{ postgres: fine, temporal: fine, storage: fine, mail: fine },
  ...Object.fromEntries(broken.map((part) => [part, away])),
});

test('ready is who reaches database, workflows and documents', async () => {
  expect(await createReadiness(looks())()).toEqual({
    ready: true,
    parts: { postgres: 'ok', temporal: 'ok', storage: 'ok', mail: 'ok' },
  });
});

test.each(PARTS)(
  'a lack of %s is said by its name alone, and stops all but those who only wait for mail',
  async (part) => {
    const found = await createReadiness(looks([part]))();
    expect(found.parts[part]).toBe('away');
    expect(found.ready).toBe(part === 'mail');
    expect(JSON.stringify(found)).not.toContain('secret');
  },
);

test('a part that never answers counts as away', async () => {
  const hangs = { ...looks(), temporal: () => new Promise<void>(() => undefined) };
  expect((await createReadiness(hangs)()).parts.temporal).toBe('away');
});

test('whoever asks often does not load the parts, and hears of a change soon', async () => {
  let asked = 0;
  let clock = 0;
  const postgres = async () => {
    asked += 1;
    if (asked > 1) throw new Error('away');
  };
  const ready = createReadiness({ ...looks(), postgres }, () => clock);
  for (let n = 0; n < 20; n += 1) expect((await ready()).ready).toBe(true);
  expect(asked).toBe(1);
  clock = 2_000;
  expect((await ready()).ready).toBe(false);
});
