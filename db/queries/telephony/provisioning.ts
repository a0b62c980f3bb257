import { eq } from 'drizzle-orm';
import { normalisePhone } from '../../../domain/application/numbers.ts';
import { canMove } from '../../../domain/desk/moves.ts';
import { BACKGROUND_QUEUE } from '../../../domain/desk/queues.ts';
import { reconciledWorkflowId } from '../../../domain/desk/reconciled.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { provisioningProcess } from '../../../domain/processes/provisioning.ts';
import {
  type NumberType,
  numbersWanted,
  type ProvisioningCause,
  type ProvisioningStatus,
  type ProvisioningWait,
  provisioningWorkflowId,
} from '../../../domain/telephony/provisioning.ts';
import type { Executor, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { type CommandStart, contracts, provisionings, type TelephonyState } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordCommand } from '../command/record.ts';
import { loadPolicies } from '../policy/load.ts';
import { closeTask } from '../task/close.ts';
import { openWatchedTask } from '../task/open.ts';
import { findTelephonyAccount } from './account.ts';
import { setPhoneNumbers } from './numbers.ts';

export type ProvisioningRow = typeof provisionings.$inferSelect;

/** The provision of a contract's numbers, or null where none has begun. */
export async function findProvisioning(db: Executor, contractId: string): Promise<ProvisioningRow | null> {
  const [row] = await db.select().from(provisionings).where(eq(provisionings.contractId, contractId));
  return row ?? null;
}

/** What begins the workflow of a provision. */
export const provisioningStart = ({
  contractId,
  sandbox,
}: {
  contractId: string;
  sandbox: boolean;
}): CommandStart => ({
  workflowType: 'provisioning',
  taskQueue: BACKGROUND_QUEUE,
  args: [{ contractId, sandbox, carried: null }],
});

/** Begins the provision of a new contract's numbers, with the command to begin its workflow (第11条2項). */
export async function beginProvisioning(
  tx: Transaction,
  contract: { contractId: string; sandbox: boolean; businessAt: Date },
): Promise<void> {
  const { contractId, sandbox, businessAt } = contract;
  await tx.insert(provisionings).values({ contractId, sandbox }).onConflictDoNothing();
  await recordAudit(tx, {
    ...{ actor: 'system', action: 'provisioning.begun', subjectType: 'contract', subjectId: contractId },
    businessAt,
  });
  const workflowId = provisioningWorkflowId(contractId);
  await recordCommand(tx, {
    ...{ commandId: `begin/${workflowId}`, actor: { kind: 'system' }, workflowId, update: null, carries: {} },
    starts: provisioningStart({ contractId, sandbox }),
  });
}

/**
 * What staff ask for: a kind of numbers, which also stands for all that are missing now. Another kind needs other papers. Makes the row
 * where there is none; gives what begins its workflow.
 */
export async function askForNumbers(
  tx: Transaction,
  asked: { contractId: string; numberType: NumberType; staffId: string; commandId: string },
): Promise<{ contractId: string; sandbox: boolean }> {
  const { contractId, numberType, staffId, commandId } = asked;
  const [contract] = await tx
    .select({ sandbox: contracts.sandbox })
    .from(contracts)
    .where(eq(contracts.id, contractId));
  if (contract === undefined) throw new Error(`contract ${contractId} does not exist`);
  const before = await lockProvisioning(tx, contractId);
  const papers =
    before?.numberType === numberType ? {} : { bundleSid: null, bundleStatus: null, submitAsked: false };
  const values = { numberType, fulfilled: 0, ...papers, updatedAt: new Date() };
  await tx
    .insert(provisionings)
    .values({ contractId, sandbox: contract.sandbox, ...values })
    .onConflictDoUpdate({ target: provisionings.contractId, set: values });
  await recordAudit(tx, {
    ...{ actor: staffId, action: 'provisioning.asked', subjectType: 'contract', subjectId: contractId },
    ...{ after: { numberType }, commandId },
  });
  return { contractId, sandbox: contract.sandbox };
}

/** Staff say that the papers are complete, and ask for the provider's review. */
export async function askForReview(
  tx: Transaction,
  { contractId, staffId, commandId }: { contractId: string; staffId: string; commandId: string },
): Promise<void> {
  await tx
    .update(provisionings)
    .set({ submitAsked: true, updatedAt: new Date() })
    .where(eq(provisionings.contractId, contractId));
  await recordAudit(tx, {
    ...{ actor: staffId, action: 'provisioning.submitAsked', subjectType: 'contract', subjectId: contractId },
    commandId,
  });
}

/** Holds a provision for one look: two looks never buy at the same time, however often a worker dies. */
export async function lockProvisioning(tx: Transaction, contractId: string): Promise<ProvisioningRow | null> {
  const [row] = await tx
    .select()
    .from(provisionings)
    .where(eq(provisionings.contractId, contractId))
    .for('update');
  return row ?? null;
}

/** What our rows say of a contract whose numbers are provided. */
export async function provisioningRecords(
  db: Executor,
  contractId: string,
): Promise<{
  live: boolean;
  wanted: number;
  phoneNumbers: readonly string[];
  account: { sid: string; state: TelephonyState } | null;
}> {
  const [contract] = await db.select().from(contracts).where(eq(contracts.id, contractId));
  if (contract === undefined) throw new Error(`contract ${contractId} does not exist`);
  const account = await findTelephonyAccount(db, contractId);
  const policies = await loadPolicies(db);
  const policy = {
    included: policies['telephony.includedNumbers'],
    optionCodes: policies['telephony.numberOptions'],
  };
  return {
    live: isLive(contract.status),
    wanted: numbersWanted(contract.options, policy),
    phoneNumbers: contract.phoneNumbers,
    account: account === null ? null : { sid: account.subaccountSid, state: account.state },
  };
}

/** The numbers of the provider as the contract's row has them. */
export const contractNumbersOf = (listed: readonly { phoneNumber: string }[]): string[] =>
  listed.map(({ phoneNumber }) => normalisePhone(phoneNumber)).toSorted();

/** Keeps the listed numbers as the contract's, with the command that has it state them on a new certificate (第23条1項). */
export async function recordNumbers(
  tx: Transaction,
  { contractId, numbers, now }: { contractId: string; numbers: readonly string[]; now: Date },
): Promise<void> {
  const commandId = `numbers/${contractId}/${now.getTime()}`;
  await setPhoneNumbers(tx, { contractId, numbers, staffId: 'system', commandId });
  await recordCommand(tx, {
    ...{ commandId, actor: { kind: 'system' }, workflowId: reconciledWorkflowId('contract', contractId) },
    ...{ update: 'numbersRead', carries: {}, starts: null },
  });
}

/** What a look found and did. */
export interface SeenProvisioning {
  status: ProvisioningStatus;
  waits: ProvisioningWait | null;
  reasonCode: number | null;
  /** What else of the row is other than before. */
  changes: Partial<
    Pick<
      ProvisioningRow,
      'bundleSid' | 'bundleStatus' | 'submitAsked' | 'reviewedSince' | 'fulfilled' | 'awaySince'
    >
  >;
}

/** Writes what a look found, with an audit entry where the status is another one, and the one task that it asks for. */
export async function recordLook(
  tx: Transaction,
  row: ProvisioningRow,
  { status, waits, reasonCode, changes }: SeenProvisioning,
  now: Date,
): Promise<void> {
  const { contractId } = row;
  const subject = { subjectType: 'contract', subjectId: contractId } as const;
  if (status !== row.status) {
    const table = provisioningProcess.statuses.provisioning;
    if (!canMove(table, row.status, status)) {
      throw new Error(`a provision may not go from ${row.status} to ${status}`);
    }
    if (status === 'wanted') throw new Error('a provision never goes back to its beginning');
    await recordAudit(tx, {
      ...{ actor: 'system', action: table[status].audit, ...subject, businessAt: now },
      ...{ before: { status: row.status }, after: { status } },
    });
  }
  const taskId = waits === row.waits ? row.taskId : await changeTask(tx, row, waits, now);
  await tx
    .update(provisionings)
    .set({ ...changes, status, waits, reasonCode, taskId, lookedAt: now, updatedAt: new Date() })
    .where(eq(provisionings.contractId, contractId));
}

/** Closes the task of before, and opens the one of now where people have to act. */
async function changeTask(
  tx: Transaction,
  { contractId, sandbox, taskId: before }: ProvisioningRow,
  waits: ProvisioningWait | null,
  now: Date,
): Promise<string | null> {
  if (before !== null) await closeTask(tx, before, 'done');
  if (waits === null || !isCause(waits)) return null;
  const taskId = nameUuid(`provisioning-task/${contractId}/${waits}/${now.getTime()}`);
  await openWatchedTask(tx, {
    ...{ taskId, kind: 'provisioning', cause: waits, subjectType: 'contract', subjectId: contractId },
    ...{ involved: [], sandbox, openedAt: now },
  });
  return taskId;
}

const isCause = (waits: ProvisioningWait): waits is ProvisioningCause =>
  Object.hasOwn(provisioningProcess.tasks.provisioning.causes, waits);
