import type { CampaignLine, CommandOf } from '../lines.ts';
import { certify } from './certificates.ts';
import { fieldsOf, kindOf } from './contents.ts';
import { type Day, day, iso, jstMidnight } from './dates.ts';
import { record } from './dues.ts';
import { type Contract, type Life, mail, task, today } from './life.ts';
import { firstDayAfter } from './rules.ts';
import { close } from './tasks.ts';

const CORRECTION_DAYS = 14;
const REMINDER_DAYS_BEFORE = 3;

/** An application as far as it has come (第4条). */
export interface Application {
  apply: CommandOf<'apply'>;
  /** 18-1 ㉘: a second contract of the corporation, and no reason is stated. */
  unexplained: boolean;
  status: string;
  round: number;
  recommendation: 'accept' | 'refuse' | null;
  reviewedBy: string | null;
  dueOn: Day | null;
  reminded: boolean;
  /** The campaign that somebody has yet to decide on, and the last one that was agreed to. */
  waitingCampaign: CommandOf<'campaign'> | null;
  campaign: CampaignLine | null;
}

type Applying = Life & { application: Application };

function move(life: Applying, status: string): void {
  const { application } = life;
  application.status = status;
  life.out.application.statuses.push({ status, on: iso(today(life)) });
}

/** 4-2: an application arrives; gaps go back to the applicant, everything else goes to a person. */
export function apply(life: Applying): void {
  move(life, 'received');
  mail(life, 'receipt', 'applicationReceived');
  check(life, life.application.apply.gaps);
}

function check(life: Applying, gaps: readonly string[]): void {
  Object.assign(life.application, { recommendation: null, reviewedBy: null });
  if (gaps.length > 0) {
    askCorrection(life);
    return;
  }
  move(life, 'review');
  task(life, 'review', '');
}

/** 4-4 ①: a last day, a reminder, then the application lapses. */
function askCorrection(life: Applying): void {
  const { application } = life;
  application.dueOn = today(life) + CORRECTION_DAYS;
  application.reminded = false;
  move(life, 'correction');
  mail(life, `correctionRequested/${application.round}`, 'correctionRequested');
}

export function correct(life: Applying, { gaps }: CommandOf<'correct'>): void {
  const { application } = life;
  if (application.status !== 'correction') return;
  application.round += 1;
  move(life, 'received');
  check(life, gaps);
}

/** Until acceptance. */
export function withdrawApplication(life: Applying): void {
  if (!['correction', 'review', 'approval'].includes(life.application.status)) return;
  closeTask(life, 'cancelled');
  move(life, 'withdrawn');
  mail(life, 'withdrawal', 'applicationWithdrawn');
}

/** The first person; nobody reviews what they entered. */
export function review(life: Applying, { by, verdict }: CommandOf<'review'>): void {
  const { application } = life;
  if (application.status !== 'review' || by === application.apply.by) return;
  // Nobody has judged the finding yet.
  if (application.unexplained && verdict === 'recommendAccept') return;
  closeTask(life, 'done');
  if (verdict === 'return') {
    askCorrection(life);
    return;
  }
  application.reviewedBy = by;
  application.recommendation = verdict === 'recommendAccept' ? 'accept' : 'refuse';
  move(life, 'approval');
  task(life, 'approval', '');
}

/** The second person agrees or sends back; nobody approves what they entered or reviewed. */
export function approve(life: Applying, { by, verdict }: CommandOf<'approve'>): void {
  const { application } = life;
  const { recommendation, reviewedBy } = application;
  if (application.status !== 'approval' || by === application.apply.by || by === reviewedBy) return;
  if (verdict !== 'sendBack' && verdict !== recommendation) return;
  closeTask(life, 'done');
  switch (verdict) {
    case 'sendBack':
      move(life, 'review');
      task(life, 'review', '');
      break;
    case 'refuse':
      move(life, 'refused');
      mail(life, 'refusal', 'applicationRefused');
      break;
    case 'accept':
      conclude(life);
      break;
  }
}

function closeTask(life: Life, status: 'done' | 'cancelled'): void {
  for (const open of life.tasks) close(open, status, life.nowMs);
}

/** 4-2, 5: the acceptance arrives, the contract is made, its first period is on record and its certificate goes out. */
function conclude(life: Applying): void {
  const { application } = life;
  move(life, 'accepted');
  mail(life, 'acceptance', 'applicationAccepted');
  move(life, 'concluded');
  const concludedOn = today(life);
  life.out.application.concludedOn = iso(concludedOn);
  const { apply: asked, campaign: terms } = application;
  const named = terms?.firstDay == null ? null : day(terms.firstDay);
  const firstDay = named !== null && named > concludedOn ? named : firstDayAfter(concludedOn);
  const conclusion = fieldsOf(asked.contents);
  const contract: Contract = {
    concludedOn,
    conclusion,
    bases: [{ kind: kindOf(conclusion), firstDay, before: 0 }],
    status: 'active',
    ownEndsOn: null,
    ...{ discontinuation: null, noticedOn: null, reachable: true },
    recorded: 0,
    reminded: 0,
    campaign: terms,
    campaignUntil: terms !== null && day(terms.until) >= concludedOn ? day(terms.until) : null,
    requests: [],
    arrived: [],
    balanceYen: 0,
    editions: [],
    prices: [],
    happened: new Set(),
    agreedEdition: life.world.edition.number,
    certifiedEdition: life.world.edition.number,
    caused: [],
  };
  life.contract = contract;
  life.out.contract = {
    ...{ kind: kindOf(conclusion), plan: asked.contents.plan, options: [], licences: 0 },
    ...{ firstDay: iso(firstDay), status: 'active', endsOn: null, statuses: [] },
  };
  record(life, 1);
  certify(life, 'initial', concludedOn);
}

/** What passes by itself while an applicant is asked for a correction. */
export function nextApplicationDue(life: Applying): { atMs: number; perform: () => void } | null {
  const { application } = life;
  const { status, dueOn, reminded, round } = application;
  if (status !== 'correction' || dueOn === null) return null;
  if (!reminded) {
    const perform = () => {
      application.reminded = true;
      mail(life, `correctionReminder/${round}`, 'correctionReminder');
    };
    return { atMs: jstMidnight(dueOn - REMINDER_DAYS_BEFORE), perform };
  }
  const perform = () => {
    move(life, 'lapsed');
    mail(life, 'lapse', 'applicationLapsed');
  };
  return { atMs: jstMidnight(dueOn + 1), perform };
}

export type { Applying };
