import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CaseReader } from '../../../domain/cases/case-reader.ts';
import { readContract } from '../../../domain/watch/contracts.ts';
import { readEvent } from '../../../domain/watch/events.ts';
import type { Fact } from '../../../domain/watch/facts.ts';
import { factOf, isLate } from '../../../domain/watch/intake.ts';
import { Parties } from '../../../domain/watch/numbers.ts';
import { watchPoliciesWith } from '../../../domain/watch/policies.ts';
import { WatchRun, watchCase } from '../../../domain/watch/run.ts';
import { Watcher } from '../../../domain/watch/watcher.ts';
import { world } from '../../support/watch-arbitraries.ts';
import { referenceFindings, type WatchInput } from '../../support/watch-reference.ts';

const RUNS = { numRuns: 200 };
const hash = (text: string) => createHash('sha256').update(`key ${text}`).digest('hex');
const find = (input: WatchInput) => watchCase({ kind: 'watch', ...input });
const whole = world({ closings: true });
const contradicting = world({ closings: true, agreed: false });

describe('findings are a function of the set of events', { timeout: 60_000 }, () => {
  it('the watcher finds what the plain reading of the rules finds', () => {
    fc.assert(
      fc.property(whole, (input) => {
        expect(find(input)).toEqual(referenceFindings(input));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['lines that agree', whole],
    ['lines that contradict each other about number, direction, even contract', contradicting],
  ])('whatever order, repeats and batches they come in: %s', (_, worlds) => {
    const anyOrder = worlds.chain((input) => {
      const { events } = input;
      const order = fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length });
      return fc.tuple(fc.constant(input), order, fc.array(fc.nat(2 * events.length)));
    });
    fc.assert(
      fc.property(anyOrder, ([input, order, cuts]) => {
        const bounds = [0, ...cuts.toSorted((a, b) => a - b), order.length];
        const batches = bounds.slice(1).map((to, index) => order.slice(bounds[index], to));
        const { policy, contracts } = input;
        expect(watchCase({ kind: 'watch', policy, contracts, batches })).toEqual(find(input));
        const run = new WatchRun(new CaseReader(input), (number) => number);
        for (const batch of batches) {
          for (const event of batch) run.take(event);
          // What is asked in between changes nothing.
          run.findings();
        }
        expect(run.findings()).toEqual(find(input));
      }),
      RUNS,
    );
  });

  it('at every moment: after each event the findings are those of the events so far', () => {
    fc.assert(
      fc.property(whole, (input) => {
        const { policy, contracts, events } = input;
        const run = new WatchRun(new CaseReader(input), (number) => number);
        for (const [index, event] of events.entries()) {
          run.take(event);
          expect(run.findings()).toEqual(
            referenceFindings({ policy, contracts, events: events.slice(0, index + 1) }),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('every line is used, a repeat, late or of an unknown account', () => {
    fc.assert(
      fc.property(whole, (input) => {
        const run = new WatchRun(new CaseReader({ ...input, contracts: [{ id: 'K1' }] }), (number) => number);
        for (const event of input.events) run.take(event);
        const { used, duplicates, late, unknown } = run.figures();
        expect(used + duplicates + late + unknown).toBe(input.events.length);
        const own = input.events.filter(({ contract }) => contract === 'K1');
        expect(unknown).toBe(input.events.length - own.length);
        const policies = watchPoliciesWith(input.policy);
        const inTime = own.filter((event) => !isLate(readEvent(new CaseReader(event)), policies));
        expect(late).toBe(own.length - inTime.length);
        const facts = inTime.map(({ type, sid, status }, index) =>
          type === 'case' ? index : `${type} ${sid} ${status}`,
        );
        expect(used).toBe(new Set(facts).size);
      }),
      RUNS,
    );
  });
});

describe('a watcher made anew from what is kept', () => {
  it('finds the same, with hashes for numbers and no number in what is kept', () => {
    fc.assert(
      fc.property(whole, (input) => {
        const policies = watchPoliciesWith(input.policy);
        const contracts = new CaseReader(input).list('contracts', readContract);
        const parties = new Parties(hash);
        const kept = input.events
          .map((event) => readEvent(new CaseReader(event)))
          .filter((event) => !isLate(event, policies))
          .map((event) => JSON.stringify(factOf(event, policies, parties)));
        for (const row of kept) expect(row).not.toMatch(/\+81(90|50)0000\d{4}|alice/);
        const watcher = new Watcher(contracts, input.policy, hash);
        for (const row of kept.toReversed()) watcher.take(JSON.parse(row) as Fact);
        const found = watcher.findings();
        expect(found.map(({ finding }) => finding)).toEqual(find(input));
        // Contract, rule and the beginning of the case name a finding.
        const names = found.map(({ finding, span }) => `${finding.contract} ${finding.rule} ${span.after}`);
        expect(new Set(names).size).toBe(found.length);
        for (const { finding, span } of found) {
          expect(Date.parse(finding.from)).toBeGreaterThan(span.after);
          expect(Date.parse(finding.to)).toBeLessThanOrEqual(span.until);
        }
        const apart = contracts.flatMap(({ id }) => watcher.findings(id));
        expect(apart).toHaveLength(found.length);
      }),
      RUNS,
    );
  });
});

describe('exceptions', () => {
  it('never make it stricter: no match that would be none without them', () => {
    fc.assert(
      fc.property(world({ closings: false }), (input) => {
        const strict = find({
          ...input,
          contracts: input.contracts.map((each) => ({ ...each, exceptions: [] })),
        });
        for (const { contract, rule, matches, count } of find(input)) {
          const without = strict.find((each) => each.contract === contract && each.rule === rule);
          expect(without?.matches ?? 0).toBeGreaterThanOrEqual(matches);
          expect(without?.count ?? 0).toBeGreaterThanOrEqual(count);
        }
      }),
      RUNS,
    );
  });
});

describe('closings', () => {
  it('with no match before them, or none since the last effective one, do nothing', () => {
    fc.assert(
      fc.property(whole, (input) => {
        const findings = find(input);
        const idle = input.events.flatMap((event) => {
          if (event.type !== 'case') return [];
          const at = Date.parse(event.at);
          // Again at the same instant, and long before anything was matched.
          return [event, { ...event, at: new Date(at - 400 * 86_400_000).toISOString() }];
        });
        expect(find({ ...input, events: [...input.events, ...idle] })).toEqual(findings);
      }),
      RUNS,
    );
  });

  it('part what is found and lose no match of the rules that see the whole state', () => {
    fc.assert(
      fc.property(whole, (input) => {
        const open = find({ ...input, events: input.events.filter(({ type }) => type !== 'case') });
        const parted = find(input);
        for (const rule of ['simultaneousCalls', 'severalContracts', 'numbersOverLimit']) {
          for (const contract of ['K1', 'K2', 'K3']) {
            const matches = (all: typeof parted) =>
              all
                .filter((each) => each.rule === rule && each.contract === contract)
                .reduce((sum, each) => sum + each.matches, 0);
            expect(matches(parted)).toBe(matches(open));
          }
        }
      }),
      RUNS,
    );
  });
});
