import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { ownerOf } from '../../db/personal/owner.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { recordDecision } from '../../db/queries/decision/record.ts';
import { readOffBoarding } from '../../db/queries/off-boarding/steps.ts';
import { registerTelephonyAccount } from '../../db/queries/telephony/account.ts';
import { contracts } from '../../db/schema/index.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import type { OffBoardingStep } from '../../domain/data/off-boarding.ts';
import { skipTo } from '../../gateway/clock.ts';
import { offBoardingGateway } from '../../gateway/off-boarding.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { offBoardingId } from '../../workflows/off-boarding/messages.ts';
import { contractDriver } from './contract-life.ts';
import { applicants, eventually, staff } from './people.ts';

const DAY_MS = 86_400_000;

/** Contracts that end, and what staff and time do to their off-boarding. */
export function offBoardingDriver(db: Database, client: Client) {
  const gateway = offBoardingGateway(createOutbox(db, client));

  const stepOf = async (contractId: string, step: OffBoardingStep) =>
    (await readOffBoarding(db, contractId)).find((row) => row.step === step);

  const driver = {
    gateway,
    stepOf,

    /** A concluded contract with a balance, numbers and, where given, a registered subaccount. */
    async contract(
      options: { subaccountSid?: string; numbers?: string[]; balanceYen?: number } = {},
      changes: Partial<ApplicationInput> = {},
    ): Promise<string> {
      const contractId = await applicants(db, client).conclude({ contractKind: 'monthly', ...changes });
      const { subaccountSid, numbers = [], balanceYen = 0 } = options;
      const ownerId = await ownerOf(db, { subjectType: 'contract', subjectId: contractId });
      await db
        .update(contracts)
        .set(sealRow(contracts, ownerId, { phoneNumbers: numbers, prepaidBalanceYen: balanceYen }))
        .where(eq(contracts.id, contractId));
      if (subaccountSid !== undefined) {
        const by = { staffId: randomUUID(), commandId: randomUUID() };
        await registerTelephonyAccount(db, { contractId, subaccountSid, state: 'active', ...by });
      }
      return contractId;
    },

    /** Immediate termination (第10条2項): over as soon as the notice has arrived. */
    async terminate(contractId: string): Promise<void> {
      const life = contractDriver(db, client, contractId);
      const arrived = new Date().toISOString();
      const { requestId } = await life.ask({ kind: 'termination', arrived, ground: '4' });
      await life.confirm(requestId, randomUUID(), 'confirm');
      await life.over();
    },

    /** Lets time pass for the off-boarding. */
    async pass(contractId: string, days: number): Promise<void> {
      const nowMs = (await gateway.snapshot(contractId))?.nowMs ?? Date.now();
      const workflowId = offBoardingId(contractId);
      const moved = await skipTo(client, { workflowId, targetMs: nowMs + days * DAY_MS, id: randomUUID() });
      if (!moved.ok) throw new Error(moved.message);
    },

    /** Waits until a step is in a state. */
    reached: (contractId: string, step: OffBoardingStep, state: string) =>
      eventually(`${step} is ${state}`, async () => {
        const row = await stepOf(contractId, step);
        return row?.state === state ? row : null;
      }),

    /** The open task of a step. */
    taskOf: (contractId: string, step: OffBoardingStep) =>
      eventually(`${step} has a task`, async () => {
        const row = await stepOf(contractId, step);
        const open = await db.query.tasks.findFirst({
          where: (t, { and, eq: is }) => and(is(t.id, row?.taskId ?? randomUUID()), is(t.status, 'open')),
        });
        return open ?? null;
      }),

    /** As the console does it: the decision's row first, then the command. */
    async decide(
      contractId: string,
      step: OffBoardingStep,
      verdict: 'retry' | 'complete',
      commandId: string = randomUUID(),
      staffId: string = randomUUID(),
    ) {
      const task = await driver.taskOf(contractId, step);
      const decisionId = randomUUID();
      await recordDecision(db, {
        id: decisionId,
        commandId,
        subjectType: 'contract',
        subjectId: contractId,
        clause: '第10条3項',
        taskId: task.id,
        stage: 'offBoarding',
        verdict,
        reasonCode: '',
        reason: '電話サービスの管理画面で処理しました。',
        staffId,
      });
      const command = {
        commandId,
        actor: staff(staffId),
        taskId: task.id,
        decisionId,
        verdict,
      };
      return { command, answer: await gateway.decideStep(contractId, command) };
    },

    over: (contractId: string) => client.workflow.getHandle(offBoardingId(contractId)).result(),

    /** Step, state and amount, in order. */
    steps: async (contractId: string) =>
      (await readOffBoarding(db, contractId)).map(({ step, state, amount }) =>
        amount === null ? [step, state] : [step, state, amount],
      ),
  };
  return driver;
}

export type OffBoardingDriver = ReturnType<typeof offBoardingDriver>;
