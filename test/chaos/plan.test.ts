import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannersOf } from './manners.ts';
import { faultInWords, planOf } from './plan.ts';

const seeds = fc.integer({ min: 0, max: 999_999 });

describe('the faults of a seed', () => {
  test('are the same ones each time, in their order, and leave the stack time between them', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 2_000 }),
        (seed, faults, commands) => {
          const plan = planOf(seed, { faults, commands });
          expect(planOf(seed, { faults, commands })).toEqual(plan);
          expect(plan).toHaveLength(faults);
          const afters = plan.map(({ after }) => after);
          expect(afters.slice(1).every((after, at) => after - (afters[at] ?? 0) >= 5)).toBe(true);
        },
      ),
    );
  });

  test('are of every kind', () => {
    const many = Array.from({ length: 80 }, (_, seed) => planOf(seed, { faults: 10, commands: 200 })).flat();
    const kinds = new Set(many.map(({ part, fault }) => `${part} ${fault}`));
    expect(kinds.size).toBe(5 * 4 + 2 + 4 + 2);
    expect(many[0] === undefined ? '' : faultInWords(many[0])).toMatch(/^after \d+ commands: /);
  });
});

test('people give a command once, twice, or again before the first answer, always the same ones; whatever they do they come to an answer', async () => {
  const counted = async (seed: number) => {
    const counts: number[] = [];
    for (let command = 0; command < 40; command += 1) {
      let times = 0;
      await mannersOf(seed)(`L0001/${command}`, async () => {
        times += 1;
      });
      counts.push(times);
    }
    return counts;
  };
  const counts = await counted(5);
  expect(new Set(counts)).toEqual(new Set([1, 2]));
  expect(await counted(5)).toEqual(counts);
  await expect(
    mannersOf(5)('L0001/1', async () => {
      throw new Error('the office is away');
    }),
  ).rejects.toThrow('away');
});
