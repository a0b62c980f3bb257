import type { DiscontinuationLine } from '../lines.ts';
import { revise } from './certificates.ts';
import { planOf } from './contents.ts';
import { type Day, day, iso, jstMidnight } from './dates.ts';
import type { Due } from './dues.ts';
import { feePaidBy } from './fees.ts';
import { type Contract, contractOf, endOf, entry, type Life, today } from './life.ts';
import { periodOn } from './periods.ts';
import { future, presentContents } from './projection.ts';
import { notifyBy, refundFor, renewalCutoff } from './rules.ts';
import { settle, tell } from './settle.ts';
import { moveTo } from './status.ts';

const SEVEN_MS = 7 * 3_600_000;

/** 16: what two people, and the days that they named, do to a contract. `end`: ends it. */
export function discontinuationDues(life: Life, contract: Contract, end: (life: Life) => void): Due[] {
  return life.world.discontinuations.flatMap((line) => {
    const { number, announcedOn, calledOffOn, lastDay } = line;
    const last =
      calledOffOn === null
        ? { name: `end/${number}`, on: day(lastDay) + 1, perform: () => endWith(life, line, end) }
        : { name: `calledOff/${number}`, on: day(calledOffOn), perform: () => callOff(life, line) };
    return [
      { name: `announce/${number}`, on: day(announcedOn), perform: () => announce(life, line) },
      last,
    ].flatMap(({ name, on, perform }) =>
      contract.happened.has(name)
        ? []
        : [
            {
              atMs: jstMidnight(on) + SEVEN_MS,
              perform: () => {
                contract.happened.add(name);
                perform();
              },
            },
          ],
    );
  });
}

const concerns = (life: Life, { plan }: DiscontinuationLine): boolean =>
  plan === null || planOf(presentContents(life)) === plan;

/** The figures that two people approve; then the contract has another last day, and its customer is told. */
function announce(life: Life, line: DiscontinuationLine): void {
  if (line.plan !== null) life.endingPlans.push(line.plan);
  if (!concerns(life, line)) return;
  const contract = contractOf(life);
  const noticeOn = life.policies['notice.counts'] === 'mail' && !contract.reachable ? null : today(life);
  const { fate } = figures(life, line, 'approved', noticeOn);
  reach(life, line, fate === 'ends');
  if (fate !== 'ends') return;
  const back = line.bounced.includes(life.id);
  contract.reachable = !back;
  // 17-3: a posting counts whatever becomes of the mail, unless only mail does.
  contract.noticedOn = back && life.policies['notice.counts'] === 'mail' ? null : today(life);
}

/** The contract ends with the service, unless it ends before by itself. */
function reach(life: Life, { number, plan, lastDay }: DiscontinuationLine, told: boolean): void {
  const contract = contractOf(life);
  // Of the notice of an earlier one it knows nothing for this one.
  contract.noticedOn = null;
  moveLastDay(life, `${number}/announce`, () => {
    contract.discontinuation = { id: String(number), lastDay: day(lastDay), plan, told };
    moveTo(life, 'ending', '第16条');
  });
}

/** It is called off: the contract has its own last day again, or none, and plans may be chosen again. */
function callOff(life: Life, { number, plan }: DiscontinuationLine): void {
  life.endingPlans = life.endingPlans.filter((each) => each !== plan);
  const contract = contractOf(life);
  if (contract.discontinuation === null) return;
  if (contract.discontinuation.told) contract.reachable = true;
  moveLastDay(life, `${number}/withdraw`, () => {
    contract.discontinuation = null;
    moveTo(life, contract.ownEndsOn === null ? 'active' : 'ending', '第16条');
  });
  contract.noticedOn = null;
}

/** Sequences: what is pending is judged anew, and who loses or gets back a change is told. */
function moveLastDay(life: Life, name: string, move: () => void): void {
  const contract = contractOf(life);
  const before = endOf(contract);
  move();
  if (endOf(contract) !== before) revise(life, `end/discontinuation/${name}`);
  tell(life, `discontinuation/${name}`, settle(life));
}

/** The last day is over: what comes back is computed with the day on which the notice arrived, then the contract ends. */
function endWith(life: Life, line: DiscontinuationLine, end: (life: Life) => void): void {
  const contract = contractOf(life);
  const lastDay = day(line.lastDay);
  // Whoever came to the plan since the announcement hears of it only now.
  if (contract.discontinuation === null && concerns(life, line)) reach(life, line, false);
  if (contract.discontinuation === null || endOf(contract) !== lastDay) return;
  const { balanceYen } = figures(life, line, 'final', contract.noticedOn);
  if (balanceYen > 0) {
    entry(life, 'opening', balanceYen, today(life));
    entry(life, 'refund', -balanceYen, today(life));
    contract.balanceYen = 0;
  }
  end(life);
}

/** What becomes of the contract, and what it gets back when the notice arrives on a day, or never. */
function figures(life: Life, line: DiscontinuationLine, version: 'approved' | 'final', noticeOn: Day | null) {
  const contract = contractOf(life);
  const [lastDay, announcedOn] = [day(line.lastDay), day(line.announcedOn)];
  const { ownEndsOn, balanceYen } = contract;
  const { bases, contentsOn } = future(life);
  const period = periodOn(bases, lastDay);
  const leaves = line.plan !== null && planOf(contentsOn(lastDay + 1)) !== line.plan;
  const fate = ownEndsOn !== null && ownEndsOn <= lastDay ? 'endsBefore' : leaves ? 'movesAway' : 'ends';
  // 5-3: a period that became certain before the announcement is billed whole, and so is the first.
  const certain = renewalCutoff(period.from - 1, life.policies).certainFrom <= announcedOn;
  const paid = fate === 'ends' && (period.index === 1 || certain);
  const feeYen = feePaidBy(life, period, Math.max(lastDay, period.from));
  const late = fate === 'ends' && (noticeOn === null || noticeOn > notifyBy(lastDay));
  const usableTo = ownEndsOn === null ? period.to : Math.min(ownEndsOn, period.to);
  const unusableDays = paid ? Math.max(0, usableTo - Math.max(lastDay + 1, period.from) + 1) : 0;
  const whole = { ...period, feeYen, lastDay, balanceYen, noticeOn, forceMajeure: line.forceMajeure };
  const back = fate === 'ends' ? refundFor({ ...whole, unusableDays }) : NOTHING;
  life.out.discontinuations.push({
    ...{ discontinuation: line.number, version, fate, noticeOn: noticeOn === null ? null : iso(noticeOn) },
    ...{ late, from: iso(period.from), to: iso(period.to), paid, periodFeeYen: feeYen, unusableDays },
    periodDays: period.to - period.from + 1,
    ...{ feeYen: back.fee, taxYen: back.tax, balanceYen: back.balance, totalYen: back.total },
    given: version === 'final' && back.total > 0 && line.accounts.includes(life.id),
  });
  return { fate, balanceYen: back.balance };
}

const NOTHING = { fee: 0, tax: 0, balance: 0, total: 0 };
