import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { watchCase } from '../../../domain/watch/run.ts';
import { referenceFindings } from '../../support/watch-reference.ts';

const file = fileURLToPath(new URL('../../data/watch-public.jsonl', import.meta.url));
const cases = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

describe('the worked cases', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(96);
  });

  it.each(cases)('$id: $why', ({ expected, ...input }) => {
    expect(watchCase(input)).toEqual(expected.findings);
  });

  it.each(cases)(
    '$id by the plain reading of the rules, too',
    ({ expected, policy, contracts, ...lines }) => {
      const events = lines.events ?? lines.batches.flat();
      expect(referenceFindings({ policy, contracts, events })).toEqual(expected.findings);
    },
  );

  it.each(cases)('$id: backwards, every line twice', ({ expected, events, batches, ...head }) => {
    const lines = [...(events ?? batches.flat())].reverse().flatMap((line: unknown) => [line, line]);
    expect(watchCase({ ...head, events: lines })).toEqual(expected.findings);
  });
});
