import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { createRequest } from '../../db/queries/request/create.ts';
import { customers } from '../../db/schema/index.ts';
import type { RequestedChange } from '../../db/schema/requests.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  jstDate,
  monthOf,
  parseInstant,
} from '../../domain/calendar/civil-date.ts';
import { certificateKey } from '../../domain/period/certificate-cause.ts';
import type { RequestKind } from '../../domain/period/contract.ts';
import { advanceClock, virtualNow } from '../../gateway/clock.ts';
import { contractGateway } from '../../gateway/contract.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { whenReady } from '../../gateway/when-ready.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import { eventually, staff } from './people.ts';

export interface Ask {
  kind: RequestKind;
  /** JST instant, `2028-04-03T10:00:00+09:00`. */
  arrived: string;
  wish?: string;
  change?: RequestedChange;
  ground?: string;
  commandId?: string;
  /** When it is entered; the contract's clock unless given. */
  enteredAtMs?: number;
}

const PATIENT = { patienceMs: 300_000, pauseMs: 1_000 };

/** Drives one sandbox contract as staff do: requests by the gateway, time by the test clock. */
export function contractDriver(db: Database, client: Client, contractId: string) {
  const gateway = contractGateway(createOutbox(db, client));
  const enteredBy = randomUUID();
  const workflowId = contractWorkflowId(contractId);

  return {
    enteredBy,
    gateway,
    snapshot: () => gateway.snapshot(contractId),

    /** Moves the clock to a JST instant and fails when it does not get there. */
    async to(instant: string): Promise<void> {
      const targetMs = parseInstant(instant);
      const moved = await advanceClock(createOutbox(db, client), {
        contractId,
        targetMs,
        actorId: enteredBy,
      });
      if (!moved.ok) throw new Error(moved.message);
    },

    async ask(ask: Ask) {
      const commandId = ask.commandId ?? randomUUID();
      const now = ask.enteredAtMs ?? (await virtualNow(client, workflowId));
      const request = await createRequest(db, {
        id: randomUUID(),
        commandId,
        contractId,
        kind: ask.kind,
        channel: 'email',
        arrivedAt: new Date(parseInstant(ask.arrived)),
        arrivedAtPartner: null,
        enteredBy,
        enteredAt: new Date(now),
        storageKey: null,
        note: '',
        wishedOn: ask.wish === undefined ? null : civilDate(ask.wish),
        requested: ask.change ?? null,
        ground: ask.ground ?? '',
      });
      const command = { commandId, actor: staff(enteredBy), requestId: request.id };
      // Somebody whose server does not answer tries again: after many deaths a workflow hears nothing for a while.
      const answer = await whenReady(() => gateway.request(contractId, ask.kind, command), PATIENT);
      return { requestId: request.id, answer };
    },

    confirm: (requestId: string, staffId: string, verdict: 'confirm' | 'reject') =>
      gateway.confirmRequest(contractId, {
        commandId: randomUUID(),
        actor: staff(staffId),
        requestId,
        verdict,
      }),

    request: async (requestId: string) =>
      db.query.requests.findFirst({ where: (t, { eq }) => eq(t.id, requestId) }),

    contract: async () => db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) }),

    tasks: () => db.query.tasks.findMany({ where: (t, { eq }) => eq(t.subjectId, contractId) }),

    periods: () =>
      db.query.contractPeriods.findMany({
        where: (t, { eq }) => eq(t.contractId, contractId),
        orderBy: (t, { asc }) => asc(t.index),
      }),

    /** The revisions, oldest first, each with the business key of its cause. */
    certificates: async () => {
      const rows = await db.query.certificates.findMany({
        where: (t, { eq }) => eq(t.contractId, contractId),
        orderBy: (t, { asc }) => asc(t.revision),
      });
      return rows.map((row) => ({
        ...row,
        cause: certificateKey({ kind: row.causeKind, ref: row.causeRef }),
      }));
    },

    mails: () =>
      db.query.mails.findMany({
        where: (t, { eq }) => eq(t.subjectId, contractId),
        orderBy: (t, { asc }) => [asc(t.businessAt), asc(t.kind)],
      }),

    /** Puts a name on record that no certificate can print. */
    async spoilName(name: string): Promise<void> {
      const contract = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
      const id = contract?.customerId ?? '';
      await db
        .update(customers)
        .set(sealRow(customers, id, { name }))
        .where(eq(customers.id, id));
    },

    /** Waits until the contract's workflow is over. */
    over: () => client.workflow.getHandle(workflowId).result(),

    /** Waits until a mail of a kind was accepted so many times. */
    mailed: (kind: string, times = 1) =>
      eventually(`${times} × ${kind} accepted`, async () => {
        const rows = await db.query.mails.findMany({ where: (t, { eq }) => eq(t.subjectId, contractId) });
        return rows.filter((row) => row.kind === kind && row.status === 'accepted').length >= times
          ? true
          : null;
      }),
  };
}

export type ContractDriver = ReturnType<typeof contractDriver>;

/** What is left of a contract's life when it is over, without ids: two lives of the same kind are equal. */
export async function transcript(driver: ContractDriver) {
  const contract = await driver.contract();
  return {
    status: contract?.status,
    endsOn: contract?.endsOn,
    planCode: contract?.planCode,
    periods: (await driver.periods()).map(({ index, from, to }) => [index, from, to]),
    certificates: (await driver.certificates()).map(
      ({ revision, cause, issuedOn, periodFrom, periodTo, status }) => [
        revision,
        cause.replace(/[0-9a-f-]{36}/, '<request>'),
        issuedOn,
        `${periodFrom}..${periodTo}`,
        status,
      ],
    ),
    mails: (await driver.mails()).map(({ kind, status, businessAt }) => [
      kind,
      status,
      monthOf(jstDate(businessAt.getTime())),
    ]),
  };
}

/** Dates of a contract's life, counted in months from its first day: `day(16, 5)` is the 5th of the 17th month. */
export function lifeCalendar(firstDay: CivilDate) {
  const day = (months: number, dayOfMonth: number) => addDays(addMonths(firstDay, months), dayOfMonth - 1);
  return {
    day,
    /** Last day before the 1st after so many months. */
    lastBefore: (months: number) => addDays(addMonths(firstDay, months), -1),
    month: (months: number) => monthOf(addMonths(firstDay, months)),
  };
}

/** The life that the acceptance test of contracts asks for, from the first period to the end, on the test clock. */
export async function liveThrough(
  driver: ContractDriver,
  between: (moment: string) => Promise<void> = async () => undefined,
): Promise<unknown[]> {
  const contract = await driver.contract();
  const { day } = lifeCalendar(civilDate(contract?.firstDay ?? ''));
  const answers: unknown[] = [];
  const ask = async (input: Ask) => {
    const { answer } = await driver.ask(input);
    answers.push(
      answer.ok
        ? { ok: true, effectiveOn: answer.effectiveOn }
        : { ok: false, code: answer.code, clause: answer.clause },
    );
  };
  await between('first period');
  await driver.to(`${day(12, 2)}T10:00:00+09:00`);
  await between('after the first renewal');
  await driver.to(`${day(16, 5)}T23:59:30+09:00`);
  await ask({ kind: 'change', arrived: `${day(16, 5)}T23:59:00+09:00`, change: { planCode: 'premium' } });
  await driver.to(`${day(18, 6)}T00:00:30+09:00`);
  await ask({ kind: 'change', arrived: `${day(18, 6)}T00:00:00+09:00`, change: { planCode: 'lite' } });
  await between('after the refused downgrade');
  await driver.to(`${day(34, 20)}T23:59:30+09:00`);
  await ask({ kind: 'cancellation', arrived: `${day(34, 20)}T23:59:00+09:00` });
  await ask({ kind: 'cancellationWithdrawal', arrived: `${day(34, 20)}T23:59:20+09:00` });
  await between('after the withdrawal');
  await driver.to(`${day(34, 21)}T00:00:30+09:00`);
  await ask({ kind: 'cancellation', arrived: `${day(34, 21)}T00:00:00+09:00` });
  await driver.to(`${day(37, 2)}T00:00:00+09:00`);
  await driver.over();
  return answers;
}
