import { readFileSync } from 'node:fs';
import { lifeOf } from './applications.ts';
import { jstDate } from './draft.ts';
import { type PriceList, priceList, type World } from './lines.ts';
import { type Random, randomOf } from './random.ts';

/** The first price list, as sample data brings it. */
const catalogue = new URL('../../samples/catalogue.json', import.meta.url);

/** The world of a seed: its policies differ from seed to seed, its days hang on the day on which it begins. */
export function worldOf(size: { seed: number; contracts: number; months: number; fromMs: number }): World {
  const { seed, contracts, months, fromMs } = size;
  const random = randomOf(seed).child('world');
  const from = jstDate(fromMs);
  const prices = priceList.parse(JSON.parse(readFileSync(catalogue, 'utf8')));
  const through = new Date(`${from}T00:00:00Z`);
  through.setUTCMonth(through.getUTCMonth() + months, 15);
  return {
    kind: 'world',
    seed,
    contracts,
    from,
    through: through.toISOString().slice(0, 10),
    policies: {
      'conclusion.basis': random.pick(['arrival', 'approval']),
      'cutoff.holiday': random.pick(['none', 'none', 'nextBusinessDay']),
      'renewal.reminderDays': random.pick([30, 30, 14, 60]),
      'renewal.reminderKinds': ['annual'],
      'notice.counts': random.pick(['either', 'mail', 'web']),
      'deletion.graceDays': random.pick([30, 30, 0, 90]),
      'offBoarding.lateUsageDays': random.pick([5, 0, 10]),
      'retention.fiscalYearEndMonth': random.pick([3, 3, 12]),
      'retention.filingDeadlineMonths': 2,
      'retention.years': random.pick([10, 7]),
      'retention.deadlineHoliday': random.pick(['nextBusinessDay', 'none']),
      'retention.screeningDays': 365,
    },
    prices,
    edition: { number: 11, effectiveOn: '2023-09-28' },
    laterEditions: editionsOf(random, from, months),
    feeChanges: feeChangesOf(prices, random.child('fees'), from, months),
    endsUncertifiedUntil: null,
    discontinuations: discontinuationsOf(size, random.child('discontinuations'), prices, from),
  };
}

/** One every year or two; on the 10th, when nothing renews. All who applied have their answer before the first. */
function editionsOf(random: Random, from: string, months: number): World['laterEditions'] {
  const editions: World['laterEditions'] = [];
  let month = random.int(5, 12);
  for (let number = 12; month + 3 < months; number += 1) {
    const inMonths = random.int(1, 3);
    const announcedOn = `${monthAfter(from, month)}-${random.pick(['03', '12', '25'])}`;
    editions.push({ number, announcedOn, effectiveOn: `${monthAfter(from, month + inMonths)}-10` });
    month += inMonths + random.int(8, 20);
  }
  return editions;
}

/** A dearer list every year or two, told one to six months before the 1st on which it takes effect (第6条4項). */
function feeChangesOf(first: PriceList, random: Random, from: string, months: number): World['feeChanges'] {
  const changes: World['feeChanges'] = [];
  let prices = first;
  for (let month = random.int(5, 14); month + 8 < months; month += random.int(10, 24)) {
    prices = dearer(prices, random.int(3, 20));
    const effectiveOn = `${monthAfter(from, month + random.int(1, 6))}-01`;
    changes.push({ prices, announcedOn: `${monthAfter(from, month)}-18`, effectiveOn });
  }
  return changes;
}

/** The next version, so many percent dearer; plans, options and ranks stay. */
function dearer({ version, plans, options }: PriceList, percent: number): PriceList {
  const raise = (yen: number) => Math.round((yen * (100 + percent)) / 100);
  const item = <T extends { annualFeeYen: number; monthlyFeeYen: number }>(each: T): T => ({
    ...each,
    annualFeeYen: raise(each.annualFeeYen),
    monthlyFeeYen: raise(each.monthlyFeeYen),
  });
  return { version: version + 1, plans: plans.map(item), options: options.map(item) };
}

/** How many months lie between an announcement and the last day: half a year is in time (第16条). */
const NOTICE_MONTHS = [1, 2, 4, 5, 6, 7, 9];

/**
 * Plans one after the other, and the service at the very end; some are called off. None on a day on which an edition or a fee
 * change happens.
 */
function discontinuationsOf(
  { contracts, months }: { contracts: number; months: number },
  random: Random,
  { plans }: PriceList,
  from: string,
): World['discontinuations'] {
  const found: World['discontinuations'] = [];
  const left = plans.map(({ code }) => code);
  const lives = Array.from({ length: contracts }, (_, at) => lifeOf(at + 1));
  let month = random.int(4, 9);
  while (left.length > 1) {
    const ahead = random.pick(NOTICE_MONTHS);
    const last = month + ahead;
    if (last + 2 > months) break;
    const whole = last + 6 > months && random.chance(0.6);
    const plan = random.pick(left);
    const calledOff = ahead > 2 && random.chance(0.3);
    found.push({
      number: found.length + 1,
      plan: whole ? null : plan,
      announcedOn: `${monthAfter(from, month)}-16`,
      lastDay: random.chance(0.7) ? monthEnd(from, last) : `${monthAfter(from, last)}-14`,
      forceMajeure: random.chance(0.1),
      calledOffOn: calledOff ? `${monthAfter(from, month + random.int(1, ahead - 1))}-08` : null,
      bounced: lives.filter(() => random.chance(0.15)),
      accounts: lives.filter(() => random.chance(0.7)),
    });
    if (whole && !calledOff) break;
    if (!calledOff) left.splice(left.indexOf(plan), 1);
    month = last + random.int(2, 9);
  }
  return found;
}

function monthEnd(date: string, months: number): string {
  const first = new Date(`${monthAfter(date, months + 1)}-01T00:00:00Z`);
  return new Date(first.getTime() - 86_400_000).toISOString().slice(0, 10);
}

function monthAfter(date: string, months: number): string {
  const month = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  month.setUTCMonth(month.getUTCMonth() + months);
  return month.toISOString().slice(0, 7);
}
