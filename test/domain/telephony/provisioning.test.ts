import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canMove } from '../../../domain/desk/moves.ts';
import { provisioningProcess } from '../../../domain/processes/provisioning.ts';
import { pauseMs, waitWhileAway } from '../../../domain/telephony/pauses.ts';
import {
  BUNDLE_STATUSES,
  NUMBER_TYPES,
  nextStep,
  numbersWanted,
  type ProvisioningFacts,
  type ProvisioningWait,
  reasonText,
} from '../../../domain/telephony/provisioning.ts';

const HOUR_MS = 3_600_000;
const statuses = provisioningProcess.statuses.provisioning;
const NOW_MS = Date.UTC(2026, 11, 1);

/** A contract whose papers are approved and whose two numbers are all there. */
const READY: ProvisioningFacts = {
  ...{ status: 'ready', live: true, account: 'active', numberType: 'national', bundle: 'twilio-approved' },
  ...{ submitAsked: false, reviewedSinceMs: null, wanted: 2, held: 2, fulfilled: 2, silent: 0 },
  ...{ recorded: true, nowMs: NOW_MS },
};
const step = (facts: Partial<ProvisioningFacts>) => nextStep({ ...READY, ...facts });
const NEW = {
  status: 'wanted',
  account: null,
  numberType: null,
  bundle: null,
  held: 0,
  fulfilled: 0,
} as const;

describe('the next step', () => {
  test.each<[string, Partial<ProvisioningFacts>, object]>([
    ['nothing is made before staff have said what they want', NEW, { waits: 'input', status: 'wanted' }],
    ['then the subaccount', { ...NEW, numberType: 'local' }, { does: 'createAccount', status: 'wanted' }],
    [
      'then the draft of the papers',
      { ...NEW, account: 'active', numberType: 'local' },
      { does: 'createBundle', status: 'bundle' },
    ],
    ['which staff complete', { bundle: 'draft', held: 0 }, { waits: 'papers', status: 'bundle' }],
    [
      'and have handed in',
      { bundle: 'draft', held: 0, submitAsked: true },
      { does: 'submitBundle', status: 'bundle' },
    ],
    ['the provider reviews', { bundle: 'pending-review' }, { waits: 'review', status: 'review' }],
    [
      'ten days to the instant are no long review',
      { bundle: 'in-review', reviewedSinceMs: NOW_MS - 240 * HOUR_MS },
      { waits: 'review', status: 'review' },
    ],
    [
      'one instant more is',
      { bundle: 'in-review', reviewedSinceMs: NOW_MS - 240 * HOUR_MS - 1 },
      { waits: 'reviewLong', status: 'review' },
    ],
    [
      'papers that were sent back wait for staff',
      { bundle: 'twilio-rejected' },
      { waits: 'rejected', status: 'rejected' },
    ],
    [
      'who hand them in again',
      { bundle: 'twilio-rejected', submitAsked: true },
      { does: 'submitBundle', status: 'rejected' },
    ],
    ['approved: numbers are bought', { held: 0, fulfilled: 0 }, { does: 'buyNumber', status: 'numbers' }],
    ['up to those of the contract', { held: 1, fulfilled: 0 }, { does: 'buyNumber', status: 'numbers' }],
    ['an option more: one more', { wanted: 3 }, { does: 'buyNumber', status: 'numbers' }],
    ['calls of every number are told', { silent: 1 }, { does: 'setCallbacks', status: 'numbers' }],
    [
      'the contract and its certificate state them',
      { recorded: false },
      { does: 'recordNumbers', status: 'numbers' },
    ],
    ['all is well', {}, { waits: null, status: 'ready' }],
    [
      'a number that was lost is not bought again by itself',
      { held: 1 },
      { waits: 'numbersMissing', status: 'numbers' },
    ],
    ['an option less: staff give a number back', { wanted: 1 }, { waits: 'numbersBeyond', status: 'ready' }],
    [
      'what is gone after an option less is no loss',
      { wanted: 1, held: 1 },
      { waits: null, status: 'ready' },
    ],
    [
      'a suspended service buys nothing',
      { account: 'suspended', held: 0 },
      { waits: 'suspended', status: 'ready' },
    ],
    [
      'one that the provider stopped needs people',
      { account: 'suspendedByProvider' },
      { waits: 'accountStopped', status: 'ready' },
    ],
    ['so does a closed one', { account: 'closed' }, { waits: 'accountClosed', status: 'ready' }],
    [
      'what was provided by hand needs no papers',
      { ...NEW, account: 'active', held: 2 },
      { waits: null, status: 'ready' },
    ],
    [
      'after the end the numbers go back with the other steps',
      { live: false },
      { waits: 'offBoarding', status: 'releasing' },
    ],
    [
      'until the subaccount is closed',
      { live: false, account: 'closed' },
      { over: true, status: 'released' },
    ],
    ['or never was', { ...NEW, live: false }, { over: true, status: 'released' }],
  ])('%s', (_, facts, expected) => {
    expect(step(facts)).toEqual(expected);
  });

  const facts = fc.record<ProvisioningFacts>({
    status: fc.constantFrom('wanted', 'bundle', 'review', 'rejected', 'numbers', 'ready'),
    live: fc.boolean(),
    account: fc.constantFrom('active', 'suspended', 'suspendedByProvider', 'closed', null),
    numberType: fc.constantFrom(...NUMBER_TYPES, null),
    bundle: fc.constantFrom(...BUNDLE_STATUSES, null),
    submitAsked: fc.boolean(),
    reviewedSinceMs: fc.constantFrom(null, NOW_MS - HOUR_MS, NOW_MS - 1_000 * HOUR_MS),
    wanted: fc.nat(4),
    held: fc.nat(4),
    fulfilled: fc.nat(4),
    silent: fc.nat(2),
    recorded: fc.boolean(),
    nowMs: fc.constant(NOW_MS),
  });

  test('always leads to a status that the table allows', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const { status } = nextStep(each);
        expect(status === each.status || canMove(statuses, each.status, status)).toBe(true);
      }),
    );
  });

  test('never buys without approved papers, for a contract that is over or suspended, or beyond the contract', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const next = nextStep(each);
        if (!('does' in next && next.does === 'buyNumber')) return;
        expect([each.live, each.account, each.held < each.wanted]).toEqual([true, 'active', true]);
        expect(['twilio-approved', 'provisionally-approved']).toContain(each.bundle);
      }),
    );
  });

  test('what is done brings the provision on: with what it changes, the same is not asked for again', () => {
    const after: Record<string, (f: ProvisioningFacts) => Partial<ProvisioningFacts>> = {
      createAccount: () => ({ account: 'active' }),
      createBundle: () => ({ bundle: 'draft' }),
      submitBundle: () => ({ bundle: 'pending-review', submitAsked: false }),
      buyNumber: ({ held }) => ({ held: held + 1, recorded: false }),
      setCallbacks: () => ({ silent: 0 }),
      recordNumbers: () => ({ recorded: true }),
    };
    fc.assert(
      fc.property(facts, (each) => {
        let current = each;
        let steps = 0;
        for (;;) {
          const next = nextStep(current);
          if (!('does' in next)) break;
          current = { ...current, status: next.status, ...after[next.does]?.(current) };
          steps += 1;
          expect(steps).toBeLessThan(12);
        }
      }),
    );
  });
});

test('a contract has the numbers of every plan and those of its options', () => {
  const policy = { included: 1, optionCodes: ['number'] };
  expect(numbersWanted([], policy)).toBe(1);
  const options = [
    { code: 'number', quantity: 3 },
    { code: 'recording', quantity: 2 },
  ];
  expect(numbersWanted(options, policy)).toBe(4);
  expect(numbersWanted(options, { included: 0, optionCodes: [] })).toBe(0);
});

test('pauses grow from ten minutes to six hours while the provider works, and to a day where people have to', () => {
  const pauses = (waits: ProvisioningWait | null, count: number) => {
    const found: number[] = [];
    for (let i = 0; i < count; i += 1) found.push(pauseMs(waits, found.at(-1) ?? null));
    return found.map((ms) => ms / HOUR_MS);
  };
  expect(pauses('review', 8)).toEqual([1 / 6, 1 / 3, 2 / 3, 4 / 3, 8 / 3, 16 / 3, 6, 6]);
  expect(pauses('papers', 10).at(-1)).toBe(24);
  expect(pauses(null, 2)).toEqual([24, 24]);
});

test('a provider that is away is a task after twelve hours', () => {
  expect(waitWhileAway(NOW_MS - 12 * HOUR_MS, NOW_MS)).toBe('away');
  expect(waitWhileAway(NOW_MS - 12 * HOUR_MS - 1, NOW_MS)).toBe('unavailable');
});

test('a refusal is told in words, one that is not in the table by its number', () => {
  expect(reasonText(21_649)).toContain('審査書類');
  expect(reasonText(99_999)).toContain('99999');
});
