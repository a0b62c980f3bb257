import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { createContract } from '../../db/queries/contract/create.ts';
import { recordPeriod } from '../../db/queries/contract/record-period.ts';
import { submitApplication } from '../../db/queries/intake/submit-application.ts';
import { addTermsEdition } from '../../db/queries/terms-edition/add.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import {
  addMonths,
  type CivilDate,
  civilDate,
  firstOfMonth,
  jstDate,
  jstInstant,
} from '../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../domain/calendar/cutoff.ts';
import { corporateCheckDigit } from '../../domain/corporation/corporate-number.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { type ContractKind, periodAt } from '../../domain/period/periods.ts';
import { DEFAULT_REMINDER_DAYS } from '../../domain/period/renewal.ts';
import type { MailKind } from '../../domain/processes/index.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import type { ContractInput } from '../../workflows/contract/state.ts';
import type { contract } from '../../workflows/contract/workflow.ts';
import { eachOf } from './measure.ts';

/** How many requests to Temporal or Postgres a measurement has open at once while it prepares. */
const PREPARING = 32;

let companies = 0;

/** A clean application of a company of its own. */
export function sampleApplication(contractKind: ContractKind): ApplicationInput {
  companies += 1;
  const base = `7${String(companies).padStart(11, '0')}`;
  const address = '東京都千代田区千代田1番1号';
  return {
    companyName: `株式会社計測用第${companies}商事`,
    companyKana: 'ケイソクヨウショウジ',
    corporateNumber: `${corporateCheckDigit(base)}${base}`,
    postalCode: '100-0001',
    address,
    phone: '03-0000-0000',
    usePlace: address,
    usedInJapanOnly: true,
    representativeName: '計測 太郎',
    representativeKana: 'ケイソク タロウ',
    officersText: '',
    contactName: '計測 花子',
    contactKana: 'ケイソク ハナコ',
    contactEmail: `contact-${companies}@bench.example`,
    contactPhone: '03-0000-0000',
    secondContractReason: '',
    contractKind,
    planCode: 'standard',
    options: [{ code: 'sms', quantity: 1 }],
    licences: 12,
    communicationPayment: 'prepaid',
    partnerName: '',
  };
}

/** Stores an application as the web form does and returns its id. */
export async function storeApplication(db: Database, contractKind: ContractKind): Promise<string> {
  const termsEditionId = await addTermsEdition(db, {
    number: 11,
    title: 'Hasso 利用規約',
    effectiveOn: civilDate('2023-09-28'),
  });
  const { applicationId } = await submitApplication(db, {
    submissionKey: randomUUID(),
    channel: 'web',
    receivedAt: new Date(),
    enteredBy: null,
    sandbox: true,
    catalogueVersion: 1,
    input: sampleApplication(contractKind),
    agreement: { termsEditionId, how: 'form' },
    documents: [],
  });
  return applicationId;
}

/** The first day of the period that is running: one that began this month, or one that ended with the last month. */
export function firstDayFor(kind: ContractKind, begins: 'thisMonth' | 'aYearAgo', nowMs: number): CivilDate {
  const thisMonth = firstOfMonth(jstDate(nowMs));
  return begins === 'thisMonth' ? thisMonth : addMonths(thisMonth, kind === 'annual' ? -12 : -1);
}

/** Contracts whose first period is on record, without workflows. */
export async function storeContracts(
  db: Database,
  count: number,
  terms: { kind: ContractKind; firstDay: CivilDate },
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const businessAt = new Date(jstInstant(terms.firstDay));
  const concludedOn = terms.firstDay;
  await eachOf(ids, 8, async (contractId) => {
    const applicationId = await storeApplication(db, terms.kind);
    const { firstDay } = terms;
    await createContract(db, { applicationId, contractId, concludedOn, firstDay, businessAt });
    const period = periodAt(terms, 1).value;
    await recordPeriod(db, { contractId, period, clause: '第5条3項', businessAt });
  });
  return ids;
}

/**
 * Starts contracts as they are in their first period. With `renewAtMs` their renewal of this month is due at that
 * instant, for all of them at once; otherwise nothing is due before the next reminder.
 */
export async function startContracts(
  client: Client,
  ids: readonly string[],
  terms: { kind: ContractKind; firstDay: CivilDate },
  renewAtMs?: number,
): Promise<void> {
  const renewsOn = addMonths(terms.firstDay, 12);
  const spreadMs = renewAtMs === undefined ? 0 : renewAtMs - jstInstant(renewsOn);
  await eachOf(ids, PREPARING, async (contractId) => {
    const args: [ContractInput] = [
      {
        contractId,
        sandbox: true,
        ...terms,
        spreadMinutes: 0,
        carried: {
          answered: {},
          state: {
            contractId,
            sandbox: true,
            status: 'active',
            basis: { ...terms, indexBase: 0 },
            endsOn: null,
            recordedIndex: 1,
            remindedIndex: renewAtMs === undefined ? 0 : 1,
            pending: [],
            waiting: [],
            clockTargetMs: null,
            noticeArrived: [],
            spreadMs,
            reminders: { days: DEFAULT_REMINDER_DAYS, kinds: ['annual'], cutoff: DEFAULT_CUTOFF_POLICY },
          },
        },
      },
    ];
    const workflowId = contractWorkflowId(contractId);
    await client.workflow.start<typeof contract>('contract', {
      workflowId,
      taskQueue: BACKGROUND_QUEUE,
      args,
    });
  });
}

/** Events of a run that has set its timer: started, task scheduled, started, completed, timer started. */
export const ASLEEP_WITH_TIMER = 5;
/** Events of a run that only a command can wake. */
export const ASLEEP = 4;

/** Whether every workflow has so many events, and sleeps, before `untilMs`. */
export async function asleepBefore(
  client: Client,
  workflowIds: readonly string[],
  untilMs: number,
  events = ASLEEP_WITH_TIMER,
): Promise<boolean> {
  await eachOf(workflowIds, PREPARING, async (workflowId) => {
    const handle = client.workflow.getHandle(workflowId);
    while (Date.now() < untilMs && (await handle.describe()).historyLength < events) await delay(50);
  });
  return Date.now() < untilMs;
}

/** The instants (ms) at which mail servers took the mails of a kind since `sinceMs`, earliest first. */
export async function mailsAccepted(db: Database, kind: MailKind, sinceMs: number): Promise<number[]> {
  const rows = await db.query.mails.findMany({
    columns: { acceptedAt: true },
    where: (mail, { and, eq, gte }) =>
      and(eq(mail.kind, kind), eq(mail.status, 'accepted'), gte(mail.acceptedAt, new Date(sinceMs))),
    orderBy: (mail) => mail.acceptedAt,
  });
  return rows.map(({ acceptedAt }) => acceptedAt?.getTime() ?? 0);
}
