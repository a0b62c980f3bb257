import { describe, expect, test } from 'vitest';
import { canWithdraw } from '../../../domain/application/application.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { canMove, isFinal } from '../../../domain/desk/moves.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import type { StatusTerm } from '../../../domain/processes/types.ts';

type Table = Readonly<Record<string, StatusTerm>>;

/** What may follow what, whole: a move that is added or lost by mistake stands here as a difference. */
const MOVES: Partial<Record<keyof typeof STATUS, Readonly<Record<string, readonly string[]>>>> = {
  // 第4条: mistakes go back and lapse; the applicant withdraws until acceptance; an approver may send back to the review.
  application: {
    received: ['correction', 'review', 'withdrawn'],
    correction: ['received', 'lapsed', 'withdrawn'],
    review: ['approval', 'correction', 'withdrawn'],
    approval: ['accepted', 'refused', 'review', 'correction', 'received', 'withdrawn'],
    accepted: ['concluded'],
    concluded: [],
    refused: [],
    lapsed: [],
    withdrawn: [],
  },
  // 第6条2項: nothing is issued before two people have said so; what was issued stays, what was discarded may begin anew.
  billingRun: {
    drafting: ['review', 'issued'],
    review: ['approval', 'discarded'],
    approval: ['issuing', 'review', 'discarded'],
    issuing: ['issued'],
    issued: [],
    discarded: ['drafting'],
  },
  // 第10条, 第16条: a known end may move or be withdrawn until it comes; what is over stays over.
  contract: {
    active: ['ending', 'terminated'],
    ending: ['active', 'ending', 'ended', 'terminated'],
    ended: [],
    terminated: [],
  },
  // 第10条2項④: what was paid may be overdue again, where the payment is taken back; what was given up stays so.
  dunning: { running: ['paid', 'writtenOff', 'replaced'], paid: ['running'], writtenOff: [], replaced: [] },
  // 第22条6項: a hold stops it before it begins; begun, there is no way back; done only after the search.
  deletion: {
    waiting: ['held', 'deleting'],
    held: ['deleting'],
    deleting: ['problem', 'done'],
    problem: ['deleting'],
    done: [],
  },
  // 第15条: what began is lifted, never undone.
  suspension: {
    approval: ['planned', 'active', 'rejected', 'cancelled'],
    planned: ['active', 'cancelled'],
    active: ['lifted'],
    lifted: [],
    rejected: [],
    cancelled: [],
  },
  // 第16条: two people before it is announced, two before money goes back.
  discontinuation: {
    review: ['approval', 'rejected'],
    approval: ['announced', 'rejected'],
    announced: ['ending', 'cancelled'],
    ending: ['refundReview', 'done'],
    refundReview: ['refundApproval'],
    refundApproval: ['refundReview', 'done'],
    done: [],
    rejected: [],
    cancelled: [],
  },
  // 第17条3項: nothing is sent before it is approved; what is stopped stays stopped.
  notice: {
    draft: ['waitingApproval'],
    waitingApproval: ['approved', 'draft', 'refused'],
    approved: ['sending', 'stopped'],
    sending: ['paused', 'following', 'stopped'],
    paused: ['sending', 'stopped'],
    following: ['sending', 'done'],
    done: [],
    stopped: [],
    refused: [],
  },
  // 第11条2項: the provider may say anything of papers and numbers at any look; what is wanted comes first, and a return has no way back.
  provisioning: {
    wanted: ['bundle', 'review', 'rejected', 'numbers', 'ready', 'releasing', 'released'],
    bundle: ['review', 'rejected', 'numbers', 'ready', 'releasing', 'released'],
    review: ['bundle', 'rejected', 'numbers', 'ready', 'releasing', 'released'],
    rejected: ['bundle', 'review', 'numbers', 'ready', 'releasing', 'released'],
    numbers: ['bundle', 'review', 'rejected', 'ready', 'releasing', 'released'],
    ready: ['bundle', 'review', 'rejected', 'numbers', 'releasing', 'released'],
    releasing: ['released'],
    released: [],
  },
  // 第17条1項, 第6条4項: only what was approved takes effect, or is void where its notice came too late.
  publication: {
    draft: ['approved', 'rejected', 'lapsed'],
    approved: ['effective', 'void', 'rejected'],
    effective: [],
    rejected: [],
    lapsed: [],
    void: [],
  },
};

const tables = Object.entries<Table>(STATUS).filter(([, statuses]) =>
  Object.values(statuses).some(({ to }) => to !== undefined),
);

test('every state table is compared here', () => {
  expect(tables.map(([kind]) => kind).toSorted()).toEqual(Object.keys(MOVES).toSorted());
});

describe.each(tables)('%s', (kind, statuses) => {
  const expected = new Map(Object.entries(MOVES)).get(kind) ?? {};

  test('allows these moves and no others', () => {
    const allowed = Object.entries(statuses).map(([status, { to }]) => [status, to]);
    expect(Object.fromEntries(allowed)).toEqual(expected);
  });

  test('leads from every status to one where nothing follows', () => {
    const reaches = (from: string, seen: ReadonlySet<string> = new Set()): boolean => {
      const following = expected[from] ?? [];
      if (following.length === 0) return true;
      const next = new Set([...seen, from]);
      return following.some((to) => !next.has(to) && reaches(to, next));
    };
    expect(Object.keys(statuses).filter((status) => !reaches(status))).toEqual([]);
  });
});

test('a move is allowed only where the table has it, and nothing follows a final status', () => {
  const { contract } = STATUS;
  expect(canMove(contract, 'ending', 'ended')).toBe(true);
  expect(canMove(contract, 'ended', 'active')).toBe(false);
  expect(canMove(contract, 'active', 'ended')).toBe(false);
  expect(keysOf(contract).filter((status) => isFinal(contract, status))).toEqual(['ended', 'terminated']);
});

test('an applicant withdraws until acceptance, not after (第4条2項)', () => {
  const open = keysOf(STATUS.application).filter(canWithdraw);
  expect(open).toEqual(['received', 'correction', 'review', 'approval']);
});
