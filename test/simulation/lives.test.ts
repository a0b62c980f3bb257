import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { command as commandLine, world as worldLine } from './lines.ts';
import { commandsOf } from './lives.ts';
import { expectedOutcomes } from './oracle/index.ts';
import { outcomeLine } from './outcome-lines.ts';
import { worldOf } from './world.ts';

const fromMs = Date.parse('2026-11-30T09:00:00+09:00');
const drawn = (seed: number) => {
  const world = worldOf({ seed, contracts: 6, months: 60, fromMs });
  return { world, commands: commandsOf(world) };
};
const seeds = fc.integer({ min: 0, max: 999_999 });

describe('lives that are drawn from a seed', () => {
  test('are the same ones each time, and others from another seed', () => {
    expect(drawn(3)).toEqual(drawn(3));
    expect(drawn(3).commands).not.toEqual(drawn(4).commands);
  });

  test('do not depend on how many others there are', () => {
    const { world, commands } = drawn(3);
    const fewer = commandsOf({ ...world, contracts: 2 });
    expect(fewer).toEqual(commands.filter(({ life }) => life === 'L0001' || life === 'L0002'));
  });

  test('stand in lines that can be read again', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { world, commands } = drawn(seed);
        expect(worldLine.parse(JSON.parse(JSON.stringify(world)))).toEqual(world);
        for (const each of commands)
          expect(commandLine.parse(JSON.parse(JSON.stringify(each)))).toEqual(each);
      }),
      { numRuns: 20 },
    );
  });

  test('are judged to their end, whatever is asked in whatever order', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { world, commands } = drawn(seed);
        for (const line of expectedOutcomes(world, commands)) {
          expect(outcomeLine.parse(line)).toEqual(line);
          expect(line.certificates.map(({ revision }) => revision)).toEqual(
            line.certificates.map((_, at) => at + 1),
          );
          expect(line.certificates.filter(({ status }) => status === 'current').length).toBe(
            line.contract === null ? 0 : 1,
          );
          for (const { on } of line.requests) {
            if (on !== null) expect(on >= (line.application.concludedOn ?? '')).toBe(true);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('contain every kind of command', () => {
    const kinds = new Set([1, 2, 3, 4, 5, 6].flatMap((seed) => drawn(seed).commands.map(({ kind }) => kind)));
    const all = commandLine.options.map(({ shape }) => shape.kind.value);
    // Work after an end is given when the end is known.
    const afterEnd = ['completeStep', 'hold', 'liftHold', 'decideHold'];
    expect([...kinds, ...afterEnd].toSorted()).toEqual(all.toSorted());
  });
});
