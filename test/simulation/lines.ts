import { z } from 'zod';

/**
 * The lines of `commands.jsonl`: what was asked of the back office, when it arrived, and by whom. The first line is the
 * world, the others are commands in the order of their instants. docs/simulation.md tells what each field means.
 */

const date = z.iso.date();
/** With a zone. */
const at = z.iso.datetime({ offset: true });
const yen = z.int();
const kind = z.enum(['annual', 'monthly']);

const unitPrice = {
  code: z.string(),
  name: z.string(),
  annualFeeYen: yen,
  monthlyFeeYen: yen,
};

export const priceList = z.object({
  version: z.int(),
  plans: z.array(
    z.object({
      ...unitPrice,
      rank: z.int(),
      includedLicences: z.int(),
      extraLicenceAnnualYen: yen,
      extraLicenceMonthlyYen: yen,
    }),
  ),
  options: z.array(z.object(unitPrice)),
});

export const policies = z.object({
  'conclusion.basis': z.enum(['arrival', 'approval']),
  'cutoff.holiday': z.enum(['none', 'nextBusinessDay']),
  'renewal.reminderDays': z.int(),
  'renewal.reminderKinds': z.array(kind),
  'notice.counts': z.enum(['mail', 'web', 'either']),
  'deletion.graceDays': z.int(),
  'offBoarding.lateUsageDays': z.int(),
  'retention.fiscalYearEndMonth': z.int(),
  'retention.filingDeadlineMonths': z.int(),
  'retention.years': z.int(),
  'retention.deadlineHoliday': z.enum(['nextBusinessDay', 'none']),
  'retention.screeningDays': z.int(),
});

/** Later editions of the terms; everybody is told at 7:00 of a day, and they take effect at 7:00 of another. */
const laterEdition = z.object({ number: z.int(), announcedOn: date, effectiveOn: date });

/** A later price list, told to everybody at 7:00 of a day (第6条4項). */
const feeChange = z.object({ prices: priceList, announcedOn: date, effectiveOn: date });

const life = z.string();

/**
 * The operator ends a plan for everyone, or the service (第16条): two people agree at 7:00 of a day, the contracts end at 7:00 of
 * the day after the last one.
 */
const discontinuation = z.object({
  number: z.int(),
  /** Null: the whole service. */
  plan: z.string().nullable(),
  announcedOn: date,
  lastDay: date,
  forceMajeure: z.boolean(),
  /** Called off at 7:00 of a day before the last one is over. */
  calledOffOn: date.nullable(),
  /** Lives whose mail comes back at once. */
  bounced: z.array(life),
  /** Lives of which billing knows an account for refunds when the contracts end. */
  accounts: z.array(life),
});

export const world = z.object({
  kind: z.literal('world'),
  seed: z.int(),
  contracts: z.int(),
  /** The day on which the first application arrives. */
  from: date,
  /** The last day to which every clock is moved. */
  through: date,
  policies,
  prices: priceList,
  edition: z.object({ number: z.int(), effectiveOn: date }),
  /** In the order of their days. */
  laterEditions: z.array(laterEdition),
  /** In the order of their days and versions. */
  feeChanges: z.array(feeChange).default([]),
  /** Until then a release ran that made no certificate when the last day moved (before 0.3). */
  endsUncertifiedUntil: at.nullable().default(null),
  /** In the order of their days; one that is not called off is over before the next is announced. */
  discontinuations: z.array(discontinuation).default([]),
});

/** What is contracted; of options each by its code. */
const contents = z.object({
  kind,
  plan: z.string(),
  options: z.record(z.string(), z.int()),
  licences: z.int(),
});

/** What a change alters, and nothing else; quantity 0 takes an option away. */
const alteration = contents.partial();

const common = {
  id: z.string(),
  /** On the clock of whatever it is given to. */
  at,
  /** A label: `applicant`, `operations-1`. Two labels are two people. */
  by: z.string(),
};

/** A command about one life: an application and whatever comes of it. */
const ofLife = { ...common, life: z.string() };

const company = z.object({
  name: z.string(),
  kana: z.string(),
  corporateNumber: z.string(),
  postalCode: z.string(),
  address: z.string(),
  contactEmail: z.string(),
});

const campaign = z.object({
  until: date,
  firstDay: date.nullable(),
  price: z.object({ plan: z.string(), kind, feeYen: yen }).nullable(),
  earliestEndsOn: date.nullable(),
});

const agreement = z.enum(['confirm', 'reject']);

const request = { ...ofLife, arrivedAt: at, channel: z.enum(['web', 'email', 'fax', 'post']) };

export const command = z.discriminatedUnion('kind', [
  z.object({
    ...ofLife,
    kind: z.literal('apply'),
    channel: z.enum(['web', 'email', 'fax', 'post', 'other']),
    receivedAt: at,
    company,
    contents,
    payment: z.enum(['prepaid', 'postpaid']),
    partner: z.string(),
    secondContractReason: z.string(),
    /** Fields that were left empty. */
    gaps: z.array(z.string()),
  }),
  /** The applicant sends a corrected application, by the link of the last mail. */
  z.object({ ...ofLife, kind: z.literal('correct'), gaps: z.array(z.string()) }),
  z.object({ ...ofLife, kind: z.literal('withdrawApplication') }),
  z.object({
    ...ofLife,
    kind: z.literal('review'),
    verdict: z.enum(['recommendAccept', 'recommendRefuse', 'return']),
  }),
  z.object({ ...ofLife, kind: z.literal('approve'), verdict: z.enum(['accept', 'refuse', 'sendBack']) }),
  /** A campaign for an application or its contract (第5条4項). */
  z.object({ ...ofLife, kind: z.literal('campaign'), terms: campaign }),
  z.object({
    ...ofLife,
    kind: z.literal('decideCampaign'),
    campaign: z.string(),
    verdict: z.enum(['approve', 'reject']),
  }),
  /** Prepaid balance that the contract has from then on. */
  z.object({ ...ofLife, kind: z.literal('charge'), yen }),
  z.object({ ...request, kind: z.literal('change'), alters: alteration }),
  z.object({ ...request, kind: z.literal('cancel'), wish: date.nullable() }),
  z.object({ ...request, kind: z.literal('withdrawCancellation') }),
  z.object({ ...request, kind: z.literal('terminate'), ground: z.string(), part: alteration.nullable() }),
  /** The second person about a request that waits for one. */
  z.object({
    ...ofLife,
    kind: z.literal('confirm'),
    request: z.string(),
    verdict: agreement,
  }),
  /** What is registered of the customer, typed in with evidence (第5条1項), and the second person about it. */
  z.object({
    ...ofLife,
    kind: z.literal('changeCustomer'),
    values: z.object({ name: z.string(), address: z.string() }).partial(),
  }),
  z.object({ ...ofLife, kind: z.literal('decideCustomer'), change: z.string(), verdict: agreement }),
  /** The address to which mails go (第12条2項), and the second person about it. */
  z.object({ ...ofLife, kind: z.literal('changeContact'), email: z.string() }),
  z.object({ ...ofLife, kind: z.literal('decideContact'), change: z.string(), verdict: agreement }),
  /** The service is stopped for what the customer did (第18条2項), the second person about it, and the return of it. */
  z.object({ ...ofLife, kind: z.literal('suspend'), ground: z.string() }),
  z.object({
    ...ofLife,
    kind: z.literal('decideSuspension'),
    suspension: z.string(),
    verdict: z.enum(['agree', 'reject']),
  }),
  z.object({ ...ofLife, kind: z.literal('lift'), suspension: z.string() }),
  /** A mail to the customer comes back after the server took it: the last of its kind (第12条2項). */
  z.object({ ...ofLife, kind: z.literal('bounce'), of: z.enum(['certificate', 'acceptance']) }),
  /** A letter was posted instead of the mail that came back last (第17条3項). */
  z.object({ ...ofLife, kind: z.literal('settleBounce') }),
  /** What stops the deletion, its lifting, and the second person about either (第22条6項). */
  z.object({ ...ofLife, kind: z.literal('hold') }),
  z.object({ ...ofLife, kind: z.literal('liftHold'), hold: z.string() }),
  z.object({ ...ofLife, kind: z.literal('decideHold'), hold: z.string(), verdict: agreement }),
  /** Work by hand after the end is done (第10条3項). */
  z.object({ ...ofLife, kind: z.literal('completeStep'), step: z.string() }),
]);

export type FeeChangeLine = z.infer<typeof feeChange>;
export type DiscontinuationLine = z.infer<typeof discontinuation>;
export type EditionLine = z.infer<typeof laterEdition>;
export type World = z.infer<typeof world>;
export type Policies = z.infer<typeof policies>;
export type PriceList = z.infer<typeof priceList>;
export type Command = z.infer<typeof command>;
export type CommandOf<K extends Command['kind']> = Extract<Command, { kind: K }>;
export type ContentsLine = z.infer<typeof contents>;
export type AlterationLine = z.infer<typeof alteration>;
export type CampaignLine = z.infer<typeof campaign>;
export type CompanyLine = z.infer<typeof company>;
