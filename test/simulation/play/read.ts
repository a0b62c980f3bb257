import { readContractFuture } from '../../../db/queries/future/read.ts';
import { civilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import { certificateKey } from '../../../domain/period/certificate-cause.ts';
import type { MailKind, TaskKind } from '../../../domain/processes/index.ts';
import type { Command } from '../lines.ts';
import type { OutcomeLine } from '../outcome-lines.ts';
import { statedOf } from './certificate.ts';
import { settled } from './clock.ts';
import { discontinuationNames, readDiscontinuations } from './discontinuations.ts';
import { idOf, type Office } from './office.ts';
import { readSuspensions } from './suspensions.ts';

/** Reads from the records what became of a life; its things are named by the commands that they come from. */
export async function readOutcome(
  office: Office,
  life: string,
  commands: readonly Command[],
  throughOn: string,
): Promise<OutcomeLine> {
  const { applicationId, contractId } = await settled(office, life);
  const others = new Map([
    ...(await discontinuationNames(office)),
    ...(contractId === null ? [] : await requestNames(office, contractId, commands)),
  ]);
  const name = namer(commands, [applicationId, contractId], others);
  const subjects = [applicationId, contractId].filter((id) => id !== null);
  return {
    life,
    application: await readApplication(office, applicationId),
    contract: contractId === null ? null : await readContract(office, contractId),
    periods: contractId === null ? [] : await readPeriods(office, contractId),
    requests: contractId === null ? [] : await readRequests(office, contractId, name),
    certificates: contractId === null ? [] : await readCertificates(office, contractId, name),
    suspensions: contractId === null ? [] : await readSuspensions(office, contractId, name),
    mails: await readMails(office, subjects, name),
    ledger: [],
    tasks: await readTasks(office, subjects, name),
    fees: contractId === null ? [] : await readFees(office, contractId, throughOn),
    discontinuations: contractId === null ? [] : await readDiscontinuations(office, contractId),
    afterEnd: null,
  };
}

type Name = (text: string) => string;

/** Names of requests by the ids of their rows: those that another release stored have ids of their own. */
async function requestNames(
  { db }: Office,
  contractId: string,
  commands: readonly Command[],
): Promise<[string, string][]> {
  const names = new Map(commands.map(({ id }) => [idOf(`command/${id}`), id]));
  const rows = await db.query.requests.findMany({
    columns: { id: true, commandId: true },
    where: (t, { eq }) => eq(t.contractId, contractId),
  });
  return rows.map(({ id, commandId }) => [id, names.get(commandId) ?? id]);
}

/** Puts the commands of a life in the place of the ids in a business key, and other names; the life's own ids go. */
function namer(
  commands: readonly Command[],
  own: readonly (string | null)[],
  others: ReadonlyMap<string, string>,
): Name {
  const names = new Map([
    ...others,
    ...commands.flatMap(({ id }): [string, string][] => [
      [idOf(id), id],
      [idOf(`command/${id}`), id],
    ]),
  ]);
  return (text) =>
    text
      .split('/')
      .filter((part) => !own.includes(part))
      .map((part) => names.get(part) ?? part)
      .join('/');
}

async function transitionsOf({ db }: Office, subjectId: string, prefix: string) {
  const rows = await db.query.auditEntries.findMany({
    where: (t, { and, eq, like }) => and(eq(t.subjectId, subjectId), like(t.action, `${prefix}.%`)),
    orderBy: (t, { asc }) => asc(t.sequence),
  });
  return rows.flatMap(({ action, businessAt, at, after, clause }) => {
    const status = action.slice(prefix.length + 1);
    const first = ['received', 'entered'].includes(status) && after?.status === undefined;
    if (first) return [{ status: 'received', on: jstDate(at.getTime()), endsOn: null, clause }];
    if (after?.status !== status) return [];
    return [{ status, on: jstDate((businessAt ?? at).getTime()), endsOn: after.endsOn ?? null, clause }];
  });
}

async function readApplication(office: Office, applicationId: string): Promise<OutcomeLine['application']> {
  const { db } = office;
  const row = await db.query.applications.findFirst({ where: (t, { eq }) => eq(t.id, applicationId) });
  const statuses = await transitionsOf(office, applicationId, 'application');
  return {
    statuses: statuses.map(({ status, on }) => ({ status, on })),
    concludedOn: row?.concludedOn ?? null,
  };
}

async function readContract(office: Office, contractId: string): Promise<OutcomeLine['contract']> {
  const row = await office.db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  if (row === undefined) throw new Error(`contract ${contractId} does not exist`);
  const { kind, planCode: plan, options, licences, firstDay, status, endsOn } = row;
  const statuses = await transitionsOf(office, contractId, 'contract');
  return {
    ...{ kind, plan, licences, firstDay, status, endsOn },
    options: options.toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    statuses: statuses.map((each) => ({
      ...each,
      endsOn: typeof each.endsOn === 'string' ? each.endsOn : null,
    })),
  };
}

/** By which later price lists the contract has paid by its last day, or the last one known (第6条3項・4項). */
async function readFees({ db }: Office, contractId: string, throughOn: string): Promise<OutcomeLine['fees']> {
  const row = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  const endsOn = row?.endsOn ?? throughOn;
  const today = civilDate(endsOn < throughOn ? endsOn : throughOn);
  const { future } = await readContractFuture(db, { contractId, today });
  return future.feeVersions.flatMap(({ version, from }) =>
    from !== null && from <= today ? [{ version, from }] : [],
  );
}

async function readPeriods({ db }: Office, contractId: string): Promise<OutcomeLine['periods']> {
  const rows = await db.query.contractPeriods.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => asc(t.index),
  });
  return rows.map(({ index, from, to }) => ({ index, from, to }));
}

async function readRequests(
  { db }: Office,
  contractId: string,
  name: Name,
): Promise<OutcomeLine['requests']> {
  const rows = await db.query.requests.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => [asc(t.enteredAt), asc(t.createdAt)],
  });
  return rows.map(({ id, kind, outcome, computedOn: on, clause, overtaken }) => ({
    command: name(id),
    ...{ kind, outcome, on, clause },
    overtaken: overtaken.map((field) => (field === 'planCode' ? 'plan' : field)).toSorted(),
  }));
}

async function readCertificates(
  { db }: Office,
  contractId: string,
  name: Name,
): Promise<OutcomeLine['certificates']> {
  const rows = await db.query.certificates.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => asc(t.revision),
  });
  const archived = await db.query.documents.findMany({ where: (t, { eq }) => eq(t.subjectId, contractId) });
  const keptThrough = new Map(archived.map((each) => [each.storageKey, each.keepThrough]));
  return rows.map(({ revision, causeKind, causeRef, issuedOn, status, payload, storageKey }) => ({
    ...{ revision, issuedOn, status },
    cause: name(certificateKey({ kind: causeKind, ref: causeRef })),
    keptThrough: keptThrough.get(storageKey) ?? '',
    states: statedOf(payload),
  }));
}

/** Mails to staff are told by their tasks, those after the end by its steps. */
const LEFT_OUT: MailKind[] = ['staffReminder', 'notice', 'finalStatement', 'deletionProof'];

async function readMails(
  { db }: Office,
  subjects: readonly string[],
  name: Name,
): Promise<OutcomeLine['mails']> {
  const rows = await db.query.mails.findMany({
    where: (t, { inArray, and, notInArray }) =>
      and(inArray(t.subjectId, [...subjects]), notInArray(t.kind, LEFT_OUT)),
  });
  return rows
    .map(({ key, kind, businessAt, status, input }) => ({
      ...{ key: name(key), kind, status, on: jstDate(businessAt.getTime()) },
      affected: affectedOf(input, name),
    }))
    .toSorted(byDayAndKey);
}

/** In an order that both sides can give: what happens at one instant has none of its own. */
function byDayAndKey(a: { on: string; key: string }, b: { on: string; key: string }): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

function affectedOf(input: Record<string, unknown> | null, name: Name): string[] {
  const affected = input?.affected;
  if (!Array.isArray(affected)) return [];
  return affected
    .map((each: { requestId: string; became: string; on: string }) =>
      [name(each.requestId), each.became, each.on].join(' '),
    )
    .toSorted();
}

export async function readLedger({ db }: Office, contractId: string): Promise<OutcomeLine['ledger']> {
  const rows = await db.query.prepaidLedger.findMany({
    where: (t, { eq }) => eq(t.contractId, contractId),
    orderBy: (t, { asc }) => [asc(t.on), asc(t.key)],
  });
  return rows.map(({ kind, amountYen, on }) => ({ kind, amountYen, on }));
}

/** Kinds whose tasks have a clock of their own, which is not moved with the contract's. */
const OWN_CLOCK: TaskKind[] = [
  'campaignApproval',
  'customerChange',
  'contactChange',
  'offBoardingWork',
  'offBoardingProblem',
  'deletionProblem',
  'provisioning',
];

async function readTasks(
  { db }: Office,
  subjects: readonly string[],
  name: Name,
): Promise<OutcomeLine['tasks']> {
  const rows = await db.query.tasks.findMany({
    where: (t, { inArray, and, notInArray }) =>
      and(inArray(t.subjectId, [...subjects]), notInArray(t.kind, OWN_CLOCK)),
  });
  return rows
    .map(({ kind, about, status, remindedAt, escalatedAt, dueAt }) => ({
      ...{ kind, about: name(about), status },
      dueOn: jstDate(dueAt.getTime()),
      reminded: kind !== 'mailProblem' && remindedAt !== null,
      escalated: kind !== 'mailProblem' && escalatedAt !== null,
    }))
    .toSorted(byDueDayAndKind);
}

function byDueDayAndKind(
  a: { dueOn: string; kind: string; about: string },
  b: { dueOn: string; kind: string; about: string },
): number {
  const key = (task: typeof a) => `${task.dueOn} ${task.kind} ${task.about}`;
  return key(a) < key(b) ? -1 : 1;
}
