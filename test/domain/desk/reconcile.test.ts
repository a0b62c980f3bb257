import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALLS_GO_ON, NOT_YET } from '../../../domain/base/failures.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  afterLook,
  type Comparison,
  compareViews,
  type Difference,
  FAILS_AFTER_ATTEMPTS,
  failingActivity,
  HEALS_WITHIN_MS,
  LOOK_AGAIN_AFTER_MS,
  type RowView,
  type WorkflowView,
} from '../../../domain/desk/reconcile.ts';
import { NOT_COMPARED, RECONCILED, type Reconciled, termOf } from '../../../domain/desk/reconciled.ts';
import { EXECUTIONS, STATUS } from '../../../domain/processes/index.ts';
import type { StatusTerm } from '../../../domain/processes/types.ts';

const NOW = 1_800_000_000_000;

const contract = (changes: Partial<RowView> = {}): RowView => ({
  kind: 'contract',
  status: 'ending',
  fields: { endsOn: '2027-03-31' },
  openTasks: [{ id: 't1', kind: 'secondPerson' }],
  requests: [
    { id: 'r1', waiting: true },
    { id: 'r2', waiting: false },
  ],
  unansweredSinceMs: null,
  ...changes,
});

type Snapshot = NonNullable<Extract<WorkflowView, { state: 'running' }>['snapshot']>;
const running = (changes: Partial<Snapshot> = {}): WorkflowView => ({
  state: 'running',
  snapshot: {
    status: 'ending',
    fields: { endsOn: '2027-03-31' },
    tasks: ['t1'],
    requests: ['r1', 'r2'],
    ...changes,
  },
});
const differs = (
  ...differences: [field: string, row: string | null, workflow: string | null][]
): Comparison => ({
  verdict: 'differs',
  differences: differences.map(([field, row, workflow]) => ({ field, row, workflow })),
});
const AGREE: Comparison = { verdict: 'agree' };
const over = (how: string): WorkflowView => ({ state: 'over', how });
const change = (changes: Partial<RowView> = {}): RowView =>
  contract({ kind: 'contactChange', status: 'waiting', fields: {}, openTasks: [], requests: [], ...changes });

describe('row and workflow of a case', () => {
  const table: [string, RowView, WorkflowView, Comparison][] = [
    ['the same', contract(), running(), AGREE],
    ['a request that was accepted and has no day to come', contract(), running({ requests: ['r1'] }), AGREE],
    [
      'another status in the row',
      contract({ status: 'active' }),
      running(),
      differs(['status', 'active', 'ending']),
    ],
    [
      'an ended row whose workflow goes on',
      contract({ status: 'ended' }),
      running(),
      differs(['status', 'ended', 'ending']),
    ],
    [
      'another last day',
      contract({ fields: { endsOn: '2027-04-30' } }),
      running(),
      differs(['endsOn', '2027-04-30', '2027-03-31']),
    ],
    [
      'no last day in the row',
      contract({ fields: { endsOn: null } }),
      running(),
      differs(['endsOn', null, '2027-03-31']),
    ],
    ['a task that is gone', contract({ openTasks: [] }), running(), differs(['task', null, 't1'])],
    [
      'a request that the workflow never heard of',
      contract(),
      running({ requests: ['r2'] }),
      differs(['request', 'r1', null]),
    ],
    [
      'a request whose row is gone',
      contract(),
      running({ requests: ['r1', 'r2', 'r3'] }),
      differs(['request', null, 'r3']),
    ],
    [
      'a workflow that is not there',
      contract(),
      { state: 'missing' },
      differs(['workflow', 'ending', 'missing']),
    ],
    [
      'a workflow that was terminated',
      contract(),
      over('terminated'),
      differs(['workflow', 'ending', 'terminated']),
    ],
    ['a workflow that failed', contract(), over('failed'), differs(['workflow', 'ending', 'failed'])],
    [
      'a workflow that ended before its case',
      contract(),
      over('completed'),
      differs(['workflow', 'ending', 'completed']),
    ],
    ['a workflow whose steps fail', contract(), { state: 'stuck' }, differs(['workflow', 'ending', 'stuck'])],
    ['nobody who answers', contract(), { state: 'silent' }, { verdict: 'silent' }],
    ['both over', contract({ status: 'ended' }), over('completed'), AGREE],
    ['over, and its history was removed', contract({ status: 'ended' }), { state: 'missing' }, AGREE],
    [
      'over, and the last mails on their way',
      contract({ status: 'ended' }),
      running({ status: 'ended', tasks: ['gone'] }),
      AGREE,
    ],
    [
      'no snapshot, its task open',
      change({ openTasks: [{ id: 't', kind: 'contactChange' }] }),
      { state: 'running', snapshot: null },
      AGREE,
    ],
    [
      'no snapshot, its task gone',
      change(),
      { state: 'running', snapshot: null },
      differs(['task', null, 'contactChange']),
    ],
    ['no snapshot, over', change({ status: 'effective' }), { state: 'running', snapshot: null }, AGREE],
  ];
  test.each(table)('%s', (_name, row, workflow, expected) => {
    expect(compareViews(row, workflow, NOW)).toEqual(expected);
  });

  const views: WorkflowView[] = [
    running(),
    running({ status: 'active' }),
    { state: 'missing' },
    { state: 'silent' },
  ];
  test.each(views)('a command on its way heals whatever differs: $state', (workflow) => {
    const row = contract({ unansweredSinceMs: NOW - HEALS_WITHIN_MS + 1 });
    expect(compareViews(row, workflow, NOW)).toEqual({ verdict: 'heals' });
  });

  test('one that nobody has answered for an hour is told, with all else that differs', () => {
    const row = contract({ unansweredSinceMs: NOW - HEALS_WITHIN_MS });
    expect(compareViews(row, running(), NOW)).toEqual(differs(['command', 'unanswered', null]));
    expect(compareViews(row, { state: 'missing' }, NOW)).toEqual(
      differs(['command', 'unanswered', null], ['workflow', 'ending', 'missing']),
    );
    expect(compareViews(row, { state: 'silent' }, NOW)).toEqual(differs(['command', 'unanswered', null]));
  });

  test('24: an activity that fails again and again is told beside whatever else differs', () => {
    const fails = { ...running(), failing: 'sendMail' };
    expect(compareViews(contract(), fails, NOW)).toEqual(differs(['activity', null, 'sendMail']));
    const silent: WorkflowView = { state: 'running', snapshot: null, failing: 'sendMail' };
    expect(compareViews(change({ status: 'effective' }), silent, NOW)).toEqual(
      differs(['activity', null, 'sendMail']),
    );
  });

  test('24: what fails for a while, or waits for its time, is no failing activity', () => {
    const activity = { name: 'issueCertificate', attempt: FAILS_AFTER_ATTEMPTS, failure: 'Error' };
    expect(failingActivity([])).toBeUndefined();
    expect(failingActivity([{ ...activity, attempt: FAILS_AFTER_ATTEMPTS - 1 }])).toBeUndefined();
    expect(failingActivity([{ ...activity, failure: NOT_YET }])).toBeUndefined();
    expect(failingActivity([{ ...activity, failure: CALLS_GO_ON }])).toBeUndefined();
    expect(failingActivity([{ ...activity, name: 'other', attempt: 1 }, activity])).toBe('issueCertificate');
  });

  test('whatever both say alike, they agree', () => {
    const kinds = fc.constantFrom(...keysOf(RECONCILED));
    const word = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(
        kinds,
        word,
        fc.dictionary(word, fc.option(word)),
        fc.uniqueArray(word),
        (kind, status, fields, ids) => {
          const openTasks = ids.map((id) => ({ id, kind: 'review' as const }));
          const requests = ids.map((id) => ({ id, waiting: true }));
          const row = { kind, status, fields, openTasks, requests, unansweredSinceMs: null };
          const snapshot = { status, fields, tasks: ids, requests: ids };
          expect(compareViews(row, { state: 'running', snapshot }, NOW)).toEqual(AGREE);
        },
      ),
    );
  });
});

describe('looks', () => {
  const found: Difference[] = [{ field: 'status', row: 'a', workflow: 'b' }];
  const differing: Comparison = { verdict: 'differs', differences: found };
  const seen = (agoMs: number, told = false, differences = found) => ({
    ...{ seenAtMs: NOW - agoMs, told, differences },
  });
  type Earlier = Parameters<typeof afterLook>[0];
  const table: [string, Earlier, Comparison, ReturnType<typeof afterLook>][] = [
    ['a new difference is not told yet', null, differing, 'remember'],
    ['the same at once is not told either', seen(LOOK_AGAIN_AFTER_MS - 1), differing, 'keep'],
    ['the same at the next look is told', seen(LOOK_AGAIN_AFTER_MS), differing, 'tell'],
    [
      'another difference begins anew: the case is in motion',
      seen(LOOK_AGAIN_AFTER_MS, false, []),
      differing,
      'remember',
    ],
    ['one that is told stays told when it changes', seen(0, true, []), differing, 'tell'],
    ['one that is gone is forgotten', seen(LOOK_AGAIN_AFTER_MS, true), AGREE, 'forget'],
    [
      'one that a command heals is forgotten',
      seen(LOOK_AGAIN_AFTER_MS, true),
      { verdict: 'heals' },
      'forget',
    ],
    ['silence says nothing', seen(LOOK_AGAIN_AFTER_MS, true), { verdict: 'silent' }, 'keep'],
  ];
  test.each(table)('%s', (_name, earlier, comparison, expected) => {
    expect(afterLook(earlier, comparison, NOW)).toBe(expected);
  });
});

describe('kinds of cases', () => {
  const kinds: Reconciled[] = keysOf(RECONCILED);
  test.each(kinds)('%s: it is over in statuses that there are, and in every final one', (kind) => {
    const term = termOf(kind);
    const statuses = Object.entries<StatusTerm>(STATUS[term.statuses]);
    const names = statuses.map(([name]) => name);
    expect(term.over.filter((status) => !names.includes(status))).toEqual([]);
    const final = statuses.flatMap(([name, { to }]) => (to?.length === 0 ? [name] : []));
    expect(final.filter((status) => !term.over.includes(status))).toEqual([]);
  });

  test('every workflow is that of a kind, or says why it is not compared', () => {
    const compared = kinds.map((kind) => termOf(kind).workflow);
    const all = new Set<string>([...compared, ...keysOf(NOT_COMPARED)]);
    expect(keysOf(EXECUTIONS).filter((type) => !all.has(type))).toEqual([]);
    expect(keysOf(NOT_COMPARED).filter((type) => compared.some((each) => each === type))).toEqual([]);
  });
});
