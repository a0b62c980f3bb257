import { POLICIES } from '../../domain/policy/policies.ts';
import { atHour, draftOf, jst } from '../simulation/draft.ts';
import { type Command, type CompanyLine, policies, type World } from '../simulation/lines.ts';
import { corporateCheckDigit } from '../simulation/oracle/numbers.ts';
import { worldOf } from '../simulation/world.ts';

/** The settings of every release: what no release has to be told. */
const DEFAULTS = policies.parse(
  Object.fromEntries(Object.entries(POLICIES).map(([key, { default: value }]) => [key, value])),
);

/** Lives that stand at different places when the release changes, half-way through their two and a half years. */
export function upgradedLives(fromMs: number): {
  world: World;
  commands: Command[];
  /** Those that the release before is given, and the instant to which it moves the clocks of contracts. */
  before: Command[];
  untilMs: number;
} {
  const later = new Set<string>();
  const world: World = {
    ...worldOf({ seed: 1, contracts: LIVES.length, months: 30, fromMs }),
    ...{ policies: DEFAULTS, laterEditions: [], feeChanges: [], discontinuations: [] },
  };
  const month = (months: number, day: string, hour = 10) => {
    const date = new Date(`${world.from.slice(0, 7)}-01T00:00:00Z`);
    date.setUTCMonth(date.getUTCMonth() + months);
    return atHour(`${date.toISOString().slice(0, 8)}${day}`, hour);
  };
  const commands = LIVES.flatMap(({ kind, approvedLater = false, asks }, at) => {
    const draft = draftOf(`L${String(at + 1).padStart(4, '0')}`);
    draft.add(fromMs, 'applicant', {
      ...{ kind: 'apply', channel: 'web', receivedAt: jst(fromMs), company: companyOf(at + 1), gaps: [] },
      contents: { kind, plan: 'standard', options: {}, licences: 5 },
      ...{ payment: 'prepaid', partner: '', secondContractReason: '' },
    });
    draft.add(fromMs + 60_000, 'reviewer-1', { kind: 'review', verdict: 'recommendAccept' });
    const approved = draft.add(fromMs + 120_000, 'approver-1', { kind: 'approve', verdict: 'accept' });
    if (approvedLater) later.add(approved);
    asks(draft.add, month);
    return draft.commands;
  });
  const untilMs = month(14, '02');
  const before = commands.filter(({ id, at }) => Date.parse(at) < untilMs && !later.has(id));
  return { world: { ...world, endsUncertifiedUntil: jst(untilMs) }, commands, before, untilMs };
}

type Add = ReturnType<typeof draftOf>['add'];
type Month = (months: number, day: string, hour?: number) => number;

const by = 'operations-1';
const cancel = (add: Add, atMs: number, arrivedMs = atMs) =>
  add(atMs, by, { kind: 'cancel', arrivedAt: jst(arrivedMs), channel: 'email', wish: null });
const licences = (add: Add, atMs: number, count: number) =>
  add(atMs, by, { kind: 'change', arrivedAt: jst(atMs), channel: 'email', alters: { licences: count } });

const LIVES: readonly {
  kind: 'annual' | 'monthly';
  approvedLater?: boolean;
  asks: (add: Add, month: Month) => void;
}[] = [
  // Renewed before, changed, cancelled and deleted after.
  {
    kind: 'annual',
    asks: (add, month) => {
      licences(add, month(15, '04'), 9);
      cancel(add, month(18, '12'));
    },
  },
  // A change that is accepted before takes effect after; another follows.
  {
    kind: 'annual',
    asks: (add, month) => {
      licences(add, month(13, '20'), 7);
      licences(add, month(16, '20'), 8);
    },
  },
  // A cancellation that was accepted before ends after.
  { kind: 'monthly', asks: (add, month) => void cancel(add, month(13, '25')) },
  // One that was withdrawn after.
  {
    kind: 'annual',
    asks: (add, month) => {
      cancel(add, month(13, '25'));
      const atMs = month(14, '10');
      add(atMs, by, { kind: 'withdrawCancellation', arrivedAt: jst(atMs), channel: 'email' });
    },
  },
  // One that waits for a second person when the release changes.
  {
    kind: 'monthly',
    asks: (add, month) => {
      const request = cancel(add, month(13, '27'), month(13, '19'));
      add(month(14, '04'), 'approver-1', { kind: 'confirm', request, verdict: 'confirm' });
    },
  },
  // Over before, deleted after.
  { kind: 'monthly', asks: (add, month) => void cancel(add, month(11, '15')) },
  // Waits for its approval.
  { kind: 'monthly', approvedLater: true, asks: () => undefined },
];

function companyOf(number: number): CompanyLine {
  const twelve = `0${String(number).padStart(11, '0')}`;
  return {
    name: `株式会社更新${number}号`,
    kana: 'コウシン',
    corporateNumber: `${corporateCheckDigit(twelve)}${twelve}`,
    postalCode: '100-0001',
    address: `東京都千代田区丸の内${number}丁目100${number}番`,
    contactEmail: `upgrade-${number}@example.jp`,
  };
}
