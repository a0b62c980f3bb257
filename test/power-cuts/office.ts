import { randomUUID } from 'node:crypto';
import { recordDecision } from '../../db/queries/decision/record.ts';
import { submitApplication } from '../../db/queries/intake/submit-application.ts';
import { createRequest } from '../../db/queries/request/create.ts';
import { createSuspension } from '../../db/queries/suspension/create.ts';
import type { Answer } from '../../domain/base/answers.ts';
import type { Subject } from '../../domain/desk/subjects.ts';
import type { DecisionStage, TaskKind } from '../../domain/processes/index.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { contractGateway } from '../../gateway/contract.ts';
import { offBoardingGateway } from '../../gateway/off-boarding.ts';
import type { Outbox, Write } from '../../gateway/outbox.ts';
import { suspensionGateway } from '../../gateway/suspension.ts';
import { cleanApplication } from '../support/application.ts';
import { staff } from '../support/people.ts';
import { endingAttempts } from './endings.ts';

const DAY_MS = 86_400_000;

const REQUESTED = [
  'cancellation',
  'cancellation',
  'cancellationWithdrawal',
  'change',
  'termination',
] as const;

/** Something that a person is about to do. */
export interface Attempt {
  make(): Promise<Answer>;
}

/** One out of several, by chance; undefined of none. */
const one = <T>(random: () => number, of: readonly T[]): T | undefined =>
  of[Math.floor(random() * of.length)];

/** What people do in the console and in the public form, handed over as the console does it. */
export function officeOf(outbox: Outbox) {
  const { db } = outbox;
  const applications = applicationGateway(outbox);
  const contracts = contractGateway(outbox);
  const suspensions = suspensionGateway(outbox);
  const offBoardings = offBoardingGateway(outbox);

  const openTask = async (random: () => number, kind: TaskKind) =>
    one(
      random,
      await db.query.tasks.findMany({
        where: (t, { and, eq }) => and(eq(t.kind, kind), eq(t.status, 'open')),
        limit: 20,
      }),
    );
  const someContract = async (random: () => number) =>
    one(random, await db.query.contracts.findMany({ columns: { id: true }, limit: 30 }));

  /** A decision with its words, by somebody who had nothing to do with the case before. */
  const decision = (
    subject: Subject,
    commandId: string,
    taskId: string,
    stage: Exclude<DecisionStage, 'delivery'>,
    verdict: string,
  ) => {
    const [staffId, decisionId] = [randomUUID(), randomUUID()];
    const words = { reasonCode: 'noProblem', reason: '確認しました。', clause: '第4条' };
    const write: Write = (tx) =>
      recordDecision(tx, {
        ...subject,
        ...words,
        id: decisionId,
        commandId,
        taskId,
        stage,
        verdict,
        staffId,
      });
    return { command: { commandId, actor: staff(staffId), decisionId, taskId }, write };
  };

  const attempts: Record<string, (random: () => number, commandId: string) => Promise<Attempt | null>> = {
    apply: async (random, commandId) => {
      const planCode = one(random, ['lite', 'standard', 'premium']) ?? 'lite';
      const input = cleanApplication({ contractKind: random() < 0.5 ? 'monthly' : 'annual', planCode });
      const edition = await db.query.termsEditions.findFirst();
      if (edition === undefined) return null;
      const submitted = {
        ...{ submissionKey: commandId, channel: 'web' as const, receivedAt: new Date(), enteredBy: null },
        ...{ sandbox: true, catalogueVersion: 1, input },
        ...{ agreement: { termsEditionId: edition.id, how: 'form' as const }, documents: [] },
      };
      return {
        make: async () => {
          await applications.submit((tx) => submitApplication(tx, submitted));
          return { ok: true };
        },
      };
    },

    review: async (random, commandId) => {
      const task = await openTask(random, 'review');
      if (task === undefined) return null;
      const verdict = random() < 0.9 ? 'recommendAccept' : 'recommendRefuse';
      const subject = { subjectType: 'application' as const, subjectId: task.subjectId };
      const { command, write } = decision(subject, commandId, task.id, 'review', verdict);
      return { make: () => applications.decideReview(task.subjectId, { ...command, verdict }, write) };
    },

    approval: async (random, commandId) => {
      const task = await openTask(random, 'approval');
      if (task === undefined) return null;
      const verdict = random() < 0.9 ? 'accept' : 'sendBack';
      const subject = { subjectType: 'application' as const, subjectId: task.subjectId };
      const { command, write } = decision(subject, commandId, task.id, 'approval', verdict);
      return { make: () => applications.decideApproval(task.subjectId, { ...command, verdict }, write) };
    },

    request: async (random, commandId) => {
      const contract = await someContract(random);
      if (contract === undefined) return null;
      const kind = one(random, REQUESTED);
      if (kind === undefined) return null;
      const [requestId, enteredBy, now] = [randomUUID(), randomUUID(), Date.now()];
      // One in four was on somebody's desk for days: it waits for a second person.
      const arrivedAt = new Date(random() < 0.25 ? now - 2 * DAY_MS : now);
      const request = {
        ...{
          id: requestId,
          commandId,
          contractId: contract.id,
          kind,
          channel: 'email',
          arrivedAt,
          enteredBy,
        },
        ...{ arrivedAtPartner: null, enteredAt: new Date(now), storageKey: null, note: '', wishedOn: null },
        requested: kind === 'change' ? { licences: 1 + Math.floor(random() * 500) } : null,
        ground: kind === 'termination' ? '1' : '',
      };
      const command = { commandId, actor: staff(enteredBy), requestId };
      return {
        make: () =>
          contracts.request(contract.id, kind, command, async (tx) => {
            await createRequest(tx, request);
          }),
      };
    },

    confirm: async (random, commandId) => {
      const waiting = await db.query.requests.findMany({
        where: (t, { eq }) => eq(t.outcome, 'waiting'),
        limit: 20,
      });
      const request = one(random, waiting);
      if (request === undefined) return null;
      const verdict = random() < 0.8 ? 'confirm' : 'reject';
      const command = { commandId, actor: staff(randomUUID()), requestId: request.id, verdict } as const;
      return { make: () => contracts.confirmRequest(request.contractId, command) };
    },

    completeStep: async (random, commandId) => {
      const task = await openTask(random, 'offBoardingWork');
      if (task === undefined) return null;
      const contractId = task.subjectId;
      const subject = { subjectType: 'contract' as const, subjectId: contractId };
      const { command, write } = decision(subject, commandId, task.id, 'offBoarding', 'complete');
      return { make: () => offBoardings.decideStep(contractId, { ...command, verdict: 'complete' }, write) };
    },

    suspend: async (random, commandId) => {
      const contract = await someContract(random);
      if (contract === undefined) return null;
      const suspension = {
        ...{ commandId, status: 'approval' as const, scope: 'contract' as const, planCode: null },
        ...{ contractId: contract.id, sandbox: true, ground: '15-3', planned: false, regular: false },
        ...{ reason: '試験', enteredBy: randomUUID(), startsAt: new Date(), endsAt: null },
      };
      return {
        make: async () => {
          await suspensions.create((tx) => createSuspension(tx, suspension));
          return { ok: true };
        },
      };
    },

    decideSuspension: async (random, commandId) => {
      const task = await openTask(random, 'suspensionDecision');
      if (task === undefined) return null;
      const verdict = random() < 0.8 ? 'agree' : 'reject';
      const subject = { subjectType: 'suspension' as const, subjectId: task.subjectId };
      const { command, write } = decision(subject, commandId, task.id, 'suspension', verdict);
      return { make: () => suspensions.decide(task.subjectId, { ...command, verdict }, write) };
    },

    lift: async (random, commandId) => {
      const active = await db.query.suspensions.findMany({
        where: (t, { eq }) => eq(t.status, 'active'),
        limit: 20,
      });
      const suspension = one(random, active);
      if (suspension === undefined) return null;
      return { make: () => suspensions.lift(suspension.id, { commandId, actor: staff(randomUUID()) }) };
    },
  };

  const all = { ...attempts, ...endingAttempts({ outbox, one }) };
  return {
    /** Something that can be done now, by chance; null where nobody waits for it. */
    async someAttempt(random: () => number, commandId: string): Promise<Attempt | null> {
      const prepare = one(random, Object.values(all));
      return prepare === undefined ? null : prepare(random, commandId);
    },
  };
}
