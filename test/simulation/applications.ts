import { atHour, type Draft, jst, jstDate } from './draft.ts';
import type { CampaignLine, CompanyLine, ContentsLine, World } from './lines.ts';
import { corporateCheckDigit } from './oracle/numbers.ts';
import { type Random, randomOf } from './random.ts';

const DAY_MS = 86_400_000;

export const lifeOf = (number: number): string => `L${String(number).padStart(4, '0')}`;

const CHANNELS = ['web', 'web', 'web', 'email', 'fax', 'post', 'other'] as const;
/** Fields that applicants forget on paper. */
const GAPS = ['representativeKana', 'phone', 'usePlace', 'companyKana'] as const;
/** With characters that fonts and searches find difficult. */
const COMPANIES = [
  ['株式会社青葉', 'アオバ'],
  ['髙橋商事株式会社', 'タカハシショウジ'],
  ['有限会社みなと', 'ミナト'],
  ['合同会社渡邉', 'ワタナベ'],
  ['一般社団法人北斗', 'ホクト'],
] as const;

/** Whether a life is a second contract of the corporation of the life before it (第18条1項㉘). */
const isSecond = (number: number): boolean => number % 5 === 0;

/** What is registered of a corporation with two contracts is one record: nothing of one life alone. */
export const sharesCorporation = (number: number): boolean => isSecond(number) || isSecond(number + 1);

/** The company of a life: its own, that of the life before it, or one of the same name and address under another number. */
function companyOf(world: World, number: number): CompanyLine {
  const own = ownCompany(world, number);
  if (number === 1) return own;
  if (isSecond(number)) return { ...companyOf(world, number - 1), contactEmail: own.contactEmail };
  const namesake = number % 6 === 3;
  if (!namesake) return own;
  const { name, kana, address } = companyOf(world, number - 1);
  return { ...own, name, kana, address };
}

function ownCompany(world: World, number: number): CompanyLine {
  const life = lifeOf(number);
  const random = randomOf(world.seed).child(`company/${life}`);
  const [name, kana] = random.pick(COMPANIES);
  const twelve = `0${random.int(10_000, 99_999)}${String(number).padStart(6, '0')}`;
  return {
    name: `${name}${life}`,
    kana,
    corporateNumber: `${corporateCheckDigit(twelve)}${twelve}`,
    postalCode: '100-0001',
    address: `東京都千代田区千代田${10_000 + number}番地`,
    contactEmail: `contact-${number}@example.jp`,
  };
}

function contentsOf(random: Random, { prices: { plans, options } }: World): ContentsLine {
  const chosen = options.filter(() => random.chance(0.35));
  return {
    kind: random.pick(['annual', 'annual', 'monthly']),
    plan: random.pick(plans.slice(0, 2)).code,
    options: Object.fromEntries(chosen.map(({ code }) => [code, random.int(1, 3)])),
    licences: random.int(1, 20),
  };
}

export const reviewers = ['reviewer-1', 'reviewer-2'] as const;
export const approvers = ['approver-1', 'approver-2'] as const;

/**
 * The way of an application (第4条): gaps and corrections, two people, sometimes once more, sometimes to no contract. Gives the
 * instant of the last step, and whether it should have led to a contract. Steps wait no longer than the tasks' last timer.
 */
export function drawApplication(draft: Draft, random: Random, world: World, number: number) {
  const channel = random.pick(CHANNELS);
  const enteredBy = channel === 'web' ? 'applicant' : random.pick(['operations-1', 'reviewer-1']);
  let nowMs = atHour(world.from, 9);
  const later = (days = 3) => {
    nowMs = atHour(jstDate(nowMs, random.int(1, days)), random.int(8, 18), random.int(0, 59));
    return nowMs;
  };
  const gaps = channel !== 'web' && random.chance(0.4) ? [random.pick(GAPS)] : [];
  draft.add(nowMs, enteredBy, {
    kind: 'apply',
    channel,
    receivedAt: jst(nowMs - (channel === 'web' ? 0 : random.int(0, 3) * DAY_MS)),
    company: companyOf(world, number),
    contents: contentsOf(random, world),
    payment: random.pick(['prepaid', 'postpaid']),
    partner: random.chance(0.2) ? '株式会社パートナー' : '',
    secondContractReason: isSecond(number) && random.chance(0.8) ? '部署ごとに契約するため' : '',
    gaps,
  });
  const campaign = random.chance(0.3) ? drawCampaign(draft, random, world, later(1)) : null;
  if (gaps.length > 0 && !corrected(draft, random, later)) return { untilMs: nowMs, concludes: false };
  for (let round = 0; random.chance(0.2) && round < 2; round += 1) {
    draft.add(later(), random.pick(reviewers), { kind: 'review', verdict: 'return' });
    if (!corrected(draft, random, later)) return { untilMs: nowMs, concludes: false };
  }
  if (random.chance(0.05)) {
    draft.add(later(), 'applicant', { kind: 'withdrawApplication' });
    return { untilMs: nowMs, concludes: false };
  }
  if (campaign !== null) decideCampaign(draft, random, later(1), campaign);
  const concludes = drawDecisions(draft, random, later);
  return { untilMs: nowMs, concludes };
}

/** Whether the applicant answers in time; one who does not lets the application lapse. */
function corrected(draft: Draft, random: Random, later: (days?: number) => number): boolean {
  if (random.chance(0.1)) return false;
  draft.add(later(13), 'applicant', { kind: 'correct', gaps: [] });
  return true;
}

/** Two people, who send back, mistake themselves for each other, and agree in the end. */
function drawDecisions(draft: Draft, random: Random, later: (days?: number) => number): boolean {
  const refuses = random.chance(0.08);
  for (let times = random.chance(0.25) ? 2 : 1; times > 0; times -= 1) {
    const verdict = refuses ? 'recommendRefuse' : 'recommendAccept';
    // One of the two may have entered it: then the other reviews.
    for (const by of reviewers.toReversed()) draft.add(later(1), by, { kind: 'review', verdict });
    if (random.chance(0.2)) {
      draft.add(later(1), random.pick(reviewers), {
        kind: 'approve',
        verdict: refuses ? 'refuse' : 'accept',
      });
    }
    const last = times === 1;
    draft.add(later(), random.pick(approvers), {
      kind: 'approve',
      verdict: last ? (refuses ? 'refuse' : 'accept') : 'sendBack',
    });
  }
  return !refuses;
}

/** A campaign before the conclusion may name the first day, also one that months lack (第5条3項・4項). */
function drawCampaign(draft: Draft, random: Random, world: World, atMs: number): string {
  const day = random.pick([1, 15, 28, 29, 30, 31]);
  const firstMonth = new Date(atMs + random.int(40, 160) * DAY_MS);
  const lastOfMonth = new Date(Date.UTC(firstMonth.getUTCFullYear(), firstMonth.getUTCMonth() + 1, 0));
  const first = new Date(
    Date.UTC(
      lastOfMonth.getUTCFullYear(),
      lastOfMonth.getUTCMonth(),
      Math.min(day, lastOfMonth.getUTCDate()),
    ),
  );
  const terms: CampaignLine = {
    ...campaignTerms(random, world, atMs),
    firstDay: random.chance(0.8) ? first.toISOString().slice(0, 10) : null,
  };
  return draft.add(atMs, 'operations-2', { kind: 'campaign', terms });
}

/** Until when a campaign counts and what it overrides. */
export function campaignTerms(random: Random, world: World, atMs: number): CampaignLine {
  const monthEnd = new Date(atMs + random.int(200, 500) * DAY_MS);
  const earliest = new Date(Date.UTC(monthEnd.getUTCFullYear(), monthEnd.getUTCMonth() + 1, 0));
  const price = { plan: random.pick(world.prices.plans).code, kind: 'annual' as const, feeYen: 123_456 };
  return {
    until: jstDate(atMs, random.int(100, 500)),
    firstDay: null,
    price: random.chance(0.5) ? price : null,
    earliestEndsOn: random.chance(0.4) ? earliest.toISOString().slice(0, 10) : null,
  };
}

export function decideCampaign(draft: Draft, random: Random, atMs: number, campaign: string): void {
  const verdict = random.chance(0.85) ? 'approve' : 'reject';
  draft.add(atMs, random.pick(['approver-1', 'operations-2']), { kind: 'decideCampaign', campaign, verdict });
}
