import { z } from 'zod';

/**
 * The lines of `outcome.jsonl`: what became of one life, once as the product's records say and once as the oracle computes
 * it. No ids of the database: things are named by the commands that they come from. docs/simulation.md tells what each
 * field means.
 */

const date = z.iso.date();

const status = z.object({
  status: z.string(),
  on: date,
  /** Last day, where one is known then. */
  endsOn: date.nullable(),
  clause: z.string(),
});

const applicationStatus = z.object({ status: z.string(), on: date });

const contents = z.object({
  kind: z.string(),
  plan: z.string(),
  options: z.array(z.object({ code: z.string(), quantity: z.int() })),
  licences: z.int(),
});

const request = z.object({
  command: z.string(),
  kind: z.string(),
  outcome: z.string(),
  /** The computed day: of effect, or the last one. */
  on: date.nullable(),
  clause: z.string(),
  overtaken: z.array(z.string()),
});

/** What a certificate states (第5条1項), as far as commands decide it. */
const stated = z.object({
  customer: z.string(),
  corporateNumber: z.string(),
  address: z.string(),
  plan: z.string(),
  options: z.array(z.object({ name: z.string(), quantity: z.int() })),
  licences: z.int(),
  phoneNumbers: z.int(),
  contractType: z.string(),
  concludedOn: date,
  from: date,
  to: date,
  autoRenewal: z.boolean(),
  endsOn: date.nullable(),
  cancelBy: date.nullable(),
  payment: z.string(),
  partner: z.string(),
  edition: z.int(),
  campaign: z.boolean(),
});

const certificate = z.object({
  revision: z.int(),
  cause: z.string(),
  issuedOn: date,
  status: z.string(),
  /** The last day on which the law wants it kept. */
  keptThrough: date,
  states: stated,
});

const suspension = z.object({
  command: z.string(),
  ground: z.string(),
  status: z.string(),
  /** The steps of which the customer was told, in their order. */
  told: z.array(z.string()),
});

const mail = z.object({
  key: z.string(),
  kind: z.string(),
  on: date,
  status: z.string(),
  /** Of a mail that tells of other requests: which, what became of each, and its day. */
  affected: z.array(z.string()),
});

/** What a discontinuation does to the contract, as two people approved it or as it came in the end; amounts in yen. */
const discontinuation = z.object({
  discontinuation: z.int(),
  version: z.enum(['approved', 'final']),
  fate: z.string(),
  noticeOn: date.nullable(),
  late: z.boolean(),
  /** The period of the last day. */
  from: date,
  to: date,
  /** Whether its fee was billed beyond the last day. */
  paid: z.boolean(),
  periodFeeYen: z.int(),
  unusableDays: z.int(),
  periodDays: z.int(),
  feeYen: z.int(),
  taxYen: z.int(),
  balanceYen: z.int(),
  totalYen: z.int(),
  /** Whether it is on a list for the bank that a second person gave free. */
  given: z.boolean(),
});

const ledgerEntry = z.object({ kind: z.string(), amountYen: z.int(), on: date });

const task = z.object({
  kind: z.string(),
  /** The command, the certificate or the mail that it is about. */
  about: z.string(),
  status: z.string(),
  dueOn: date,
  /** Whether it was still open when its time came. */
  reminded: z.boolean(),
  escalated: z.boolean(),
});

export const outcomeLine = z.object({
  life: z.string(),
  application: z.object({
    statuses: z.array(applicationStatus),
    concludedOn: date.nullable(),
  }),
  contract: z
    .object({
      ...contents.shape,
      firstDay: date,
      status: z.string(),
      endsOn: date.nullable(),
      statuses: z.array(status),
    })
    .nullable(),
  periods: z.array(z.object({ index: z.int(), from: date, to: date })),
  requests: z.array(request),
  certificates: z.array(certificate),
  suspensions: z.array(suspension),
  mails: z.array(mail),
  ledger: z.array(ledgerEntry),
  tasks: z.array(task),
  /** Versions of the price list after the first by which the contract pays, each from a day on. */
  fees: z.array(z.object({ version: z.int(), from: date })).default([]),
  discontinuations: z.array(discontinuation).default([]),
  afterEnd: z
    .object({
      steps: z.array(z.object({ step: z.string(), state: z.string() })),
      deletion: z.object({ status: z.string(), dueOn: date, deletedOn: date.nullable() }).nullable(),
      /** The last day of secrecy, and of keeping the evidence of the screening, once they are noted. */
      /** What stopped the deletion, in the order of the proposals. */
      holds: z.array(z.object({ command: z.string(), status: z.string() })).default([]),
      secrecyThrough: date.nullable(),
      screeningThrough: date.nullable(),
    })
    .nullable(),
});

export type OutcomeLine = z.infer<typeof outcomeLine>;
export type Stated = z.infer<typeof stated>;
