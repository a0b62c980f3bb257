import {
  approvers,
  campaignTerms,
  decideCampaign,
  drawApplication,
  lifeOf,
  sharesCorporation,
} from './applications.ts';
import { atHour, type Draft, draftOf, jst, jstDate } from './draft.ts';
import type { AlterationLine, Command, World } from './lines.ts';
import { type Random, randomOf } from './random.ts';

const DAY_MS = 86_400_000;

/**
 * Random lives of contracts from a seed, as commands: what is asked, when it arrives, by whom. Nothing here knows what becomes
 * of it; that is for the product, and for the oracle, to say.
 */
export function commandsOf(world: World): Command[] {
  const random = randomOf(world.seed);
  const lives = Array.from({ length: world.contracts }, (_, at) => at + 1).map((number) => {
    const life = lifeOf(number);
    return drawLife(world, life, number, random.child(life));
  });
  return lives.flat().toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function drawLife(world: World, life: string, number: number, random: Random): Command[] {
  const draft = draftOf(life);
  const { untilMs, concludes } = drawApplication(draft, random, world, number);
  if (!concludes) return draft.commands;
  const endMs = atHour(world.through, 12);
  if (random.chance(0.6))
    draft.add(untilMs + 2 * 3_600_000, 'operations-1', { kind: 'charge', yen: random.int(1, 90_000) });
  let date = jstDate(untilMs, 1);
  while (atHour(date, 20) < endMs) {
    drawEvent(draft, random, world, date, sharesCorporation(number));
    date = jstDate(Date.parse(draft.commands.at(-1)?.at ?? ''), gapDays(random));
  }
  return draft.commands;
}

/** Requests come in heaps: some on one day, some within a month, some after a year. */
function gapDays(random: Random): number {
  const [from, to] = random.pick([
    [1, 1],
    [1, 25],
    [1, 25],
    [20, 90],
    [60, 400],
  ] as const);
  return random.int(from, to);
}

const CHANNELS = ['web', 'email', 'fax', 'post'] as const;

const EVENTS = [
  ...Array<'change'>(10).fill('change'),
  ...Array<'cancel'>(5).fill('cancel'),
  ...Array<'withdraw'>(4).fill('withdraw'),
  'part',
  'campaign',
  'customer',
  'suspend',
  'contact',
  'bounce',
] as const;

function drawEvent(draft: Draft, random: Random, world: World, drawn: string, shared: boolean): void {
  const date = nearCutoff(random, drawn);
  const atMs = atHour(date, random.int(8, 19), random.int(0, 59));
  const request = { arrivedAt: arrivalOf(random, atMs), channel: random.pick(CHANNELS) };
  const by = random.pick(['operations-1', 'operations-2']);
  const events = shared ? EVENTS.filter((each) => each !== 'customer') : EVENTS;
  const event = random.chance(0.006) ? 'whole' : random.pick(events);
  switch (event) {
    case 'change':
      confirmed(
        draft,
        random,
        draft.add(atMs, by, { ...request, kind: 'change', alters: alteration(random, world) }),
      );
      break;
    case 'cancel':
      confirmed(
        draft,
        random,
        draft.add(atMs, by, { ...request, kind: 'cancel', wish: wishOf(random, atMs) }),
      );
      // Most think better of it: lives should be long.
      if (random.chance(0.75)) {
        const later = atHour(jstDate(atMs, random.int(5, 35)), 9);
        draft.add(later, by, { kind: 'withdrawCancellation', arrivedAt: jst(later), channel: 'email' });
      }
      break;
    case 'withdraw':
      draft.add(atMs, by, { ...request, kind: 'withdrawCancellation' });
      break;
    case 'part':
    case 'whole': {
      const part = event === 'part' ? { options: { [random.pick(world.prices.options).code]: 0 } } : null;
      const id = draft.add(atMs, by, {
        ...request,
        kind: 'terminate',
        ground: random.pick(['1', '2', '3', '4']),
        part,
      });
      confirmed(draft, random, id);
      break;
    }
    case 'suspend':
      drawSuspension(draft, random, atMs, by);
      break;
    case 'customer': {
      const values = customerValues(random, draft.life);
      const change = draft.add(atMs, by, { kind: 'changeCustomer', values });
      draft.add(...laterBy(random, atMs), { kind: 'decideCustomer', change, verdict: agreed(random) });
      break;
    }
    case 'bounce': {
      const of = random.pick(['certificate', 'certificate', 'acceptance'] as const);
      draft.add(atMs, 'postmaster', { kind: 'bounce', of });
      const [settledMs] = laterBy(random, atMs);
      if (random.chance(0.6)) draft.add(settledMs, by, { kind: 'settleBounce' });
      break;
    }
    case 'contact': {
      const email = `${random.pick(['a', 'b', 'c'])}.${draft.life.toLowerCase()}@example.jp`;
      const change = draft.add(atMs, by, { kind: 'changeContact', email });
      draft.add(...laterBy(random, atMs), { kind: 'decideContact', change, verdict: agreed(random) });
      break;
    }
    case 'campaign': {
      const terms = campaignTerms(random, world, atMs);
      decideCampaign(draft, random, atMs + DAY_MS, draft.add(atMs, by, { kind: 'campaign', terms }));
      break;
    }
  }
}

/** Agreed to or not by somebody else, and lifted some time later, or never. */
function drawSuspension(draft: Draft, random: Random, atMs: number, by: string): void {
  const suspension = draft.add(atMs, by, {
    kind: 'suspend',
    ground: random.pick(['18-10', '18-12', '18-22']),
  });
  const [decidedMs, decidedBy] = laterBy(random, atMs);
  const verdict = random.chance(0.85) ? ('agree' as const) : ('reject' as const);
  draft.add(decidedMs, decidedBy, { kind: 'decideSuspension', suspension, verdict });
  if (random.chance(0.8)) draft.add(...laterBy(random, decidedMs), { kind: 'lift', suspension });
}

const customerValues = (random: Random, life: string) => ({
  ...(random.chance(0.7) ? { name: `株式会社${random.pick(['髙砂', '渡邉', '青葉'])}${life}` } : {}),
  ...(random.chance(0.5)
    ? { address: `東京都千代田区丸の内${random.int(1, 3)}丁目${life.slice(1)}番地` }
    : {}),
});

/** When somebody decides, and who: some are the one who entered it. */
const laterBy = (random: Random, atMs: number): [number, string] => [
  atHour(jstDate(atMs, random.int(1, 6)), random.int(8, 19), random.int(1, 59)),
  random.pick([...approvers, 'operations-1']),
];

const agreed = (random: Random) => (random.chance(0.85) ? ('confirm' as const) : ('reject' as const));

/** Half of all come around the days on which something is decided: the 5th, the 20th, the month end. */
function nearCutoff(random: Random, date: string): string {
  if (random.chance(0.5)) return date;
  const wanted = random.pick(['05', '06', '20', '21', '28', '01']);
  const moved = `${date.slice(0, 8)}${wanted}`;
  return moved < date ? date : moved;
}

/** On the day itself, at the last or first moment, days before (a second person is needed), or a day that is yet to come. */
function arrivalOf(random: Random, atMs: number): string {
  const midnight = atHour(jstDate(atMs), 0);
  if (random.chance(0.65)) return jst(atMs - random.int(0, 59) * 60_000);
  if (random.chance(0.3)) return jst(midnight);
  if (random.chance(0.5)) return jst(midnight - 1);
  return random.chance(0.95) ? jst(atMs - random.int(1, 20) * DAY_MS) : jst(atMs + DAY_MS);
}

function wishOf(random: Random, atMs: number): string | null {
  if (random.chance(0.4)) return null;
  const date = new Date(atMs + random.int(5, 300) * DAY_MS);
  const monthEnd = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
  return (random.chance(0.6) ? monthEnd : date).toISOString().slice(0, 10);
}

function alteration(random: Random, world: World): AlterationLine {
  const { plans, options } = world.prices;
  const alters: AlterationLine = {
    ...(random.chance(0.35) ? { plan: random.pick(plans).code } : {}),
    ...(random.chance(0.2) ? { kind: random.pick(['annual', 'monthly']) } : {}),
    ...(random.chance(0.3) ? { licences: random.int(1, 40) } : {}),
    ...(random.chance(0.4) ? { options: { [random.pick(options).code]: random.int(0, 3) } } : {}),
  };
  return Object.keys(alters).length > 0 ? alters : { licences: random.int(1, 40) };
}

/** The second person, should one be waited for: some confirm, some do not, some are the first, some come late or never. */
function confirmed(draft: Draft, random: Random, request: string): void {
  if (random.chance(0.1)) return;
  const asked = Date.parse(draft.commands.at(-1)?.at ?? '');
  const by = random.pick([...approvers, ...approvers, 'operations-1']);
  const verdict = random.chance(0.85) ? 'confirm' : 'reject';
  const atMs = atHour(jstDate(asked, random.int(1, 8)), random.int(8, 19));
  draft.add(atMs, by, { kind: 'confirm', request, verdict });
}
