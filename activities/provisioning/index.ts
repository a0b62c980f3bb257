import { type Telephony, TelephonyError } from '../../clients/telephony/port.ts';
import type { TelephonyNumber } from '../../clients/telephony/provision.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { recordAudit } from '../../db/queries/audit/record.ts';
import { registerTelephonyAccount } from '../../db/queries/telephony/account.ts';
import {
  contractNumbersOf,
  lockProvisioning,
  type ProvisioningRow,
  provisioningRecords,
  recordLook,
  recordNumbers,
  type SeenProvisioning,
} from '../../db/queries/telephony/provisioning.ts';
import { createGate } from '../../domain/base/gate.ts';
import type { AuditAction } from '../../domain/processes/index.ts';
import { waitWhileAway } from '../../domain/telephony/pauses.ts';
import {
  type BundleStatus,
  nextStep,
  type ProvisioningFacts,
  type ProvisioningStatus,
  type ProvisioningStep,
  type ProvisioningWait,
} from '../../domain/telephony/provisioning.ts';

/** Looks of a process that are under way at a time: each holds a connection to Postgres while the provider answers. */
const LOOKS_AT_ONCE = 3;

export interface ProvisioningLook {
  status: ProvisioningStatus;
  waits: ProvisioningWait | null;
  /** Something was done, and there is more to see at once. */
  acted: boolean;
}

interface ProvisioningPorts {
  db: Database;
  telephony: Telephony | null;
  /** Where the provider tells of calls. */
  callsUrl: string;
  /** Where the provider writes to about papers. */
  email: string;
}

/** All that one look knows. */
interface Look {
  ports: ProvisioningPorts & { telephony: Telephony };
  tx: Transaction;
  row: ProvisioningRow;
  facts: ProvisioningFacts;
  sid: string;
  bundle: { sid: string; status: BundleStatus } | null;
  numbers: readonly TelephonyNumber[];
  now: Date;
}

type Records = Awaited<ReturnType<typeof provisioningRecords>>;
type Changes = SeenProvisioning['changes'];
/** What an act brought: changes of the row, or what it has to wait for. */
type Acted = Changes | { waits: ProvisioningWait };

/**
 * Looks at the provision of a contract's numbers (第11条2項, 第23条1項), and takes one step. The row is held meanwhile, so that no two
 * looks buy side by side, and each step looks at the provider first: a repeat makes nothing twice.
 */
export function createProvisioningActivities(ports: ProvisioningPorts) {
  const enter = createGate(LOOKS_AT_ONCE);
  return {
    lookAtProvisioning({
      contractId,
      nowMs,
    }: {
      contractId: string;
      nowMs: number;
    }): Promise<ProvisioningLook> {
      return enter(() =>
        ports.db.transaction(async (tx) => {
          const row = await lockProvisioning(tx, contractId);
          // The contract's data are deleted.
          if (row === null) return { status: 'released', waits: null, acted: false };
          const now = new Date(nowMs);
          const { acted, ...seen } = await look(ports, tx, row, now);
          await recordLook(tx, row, seen, now);
          return { status: seen.status, waits: seen.waits, acted };
        }),
      );
    },
  };
}

export type ProvisioningActivities = ReturnType<typeof createProvisioningActivities>;

type Seen = SeenProvisioning & { acted: boolean };

async function look(
  ports: ProvisioningPorts,
  tx: Transaction,
  row: ProvisioningRow,
  now: Date,
): Promise<Seen> {
  const { status } = row;
  const records = await provisioningRecords(tx, row.contractId);
  const { telephony } = ports;
  if (telephony === null) {
    if (!records.live) return seenWithout(row, records, now);
    return { status, waits: 'off', reasonCode: null, changes: {}, acted: false };
  }
  return lookAtProvider({ ...ports, telephony }, tx, row, records, now).catch((error: unknown) => ({
    ...failed(error, row, now),
    ...{ status, acted: false },
  }));
}

/** What is waited for where the provider did not do what was asked; what is no failure of the provider's is thrown. */
function failed(
  error: unknown,
  row: ProvisioningRow,
  now: Date,
): Pick<SeenProvisioning, 'waits' | 'reasonCode' | 'changes'> {
  if (!(error instanceof TelephonyError)) throw error;
  if (error.problem !== 'unavailable') return { waits: 'refused', reasonCode: error.code, changes: {} };
  const awaySince = row.awaySince ?? now;
  const waits = waitWhileAway(awaySince.getTime(), now.getTime());
  return { waits, reasonCode: null, changes: { awaySince } };
}

/** Where nothing is to be asked of the provider. */
function seenWithout(row: ProvisioningRow, records: Records, now: Date): Seen {
  const step = nextStep(factsOf(row, records, { bundle: null, numbers: [] }, now));
  if ('does' in step) throw new Error(`${step.does} needs the provider`);
  const waits = 'waits' in step ? step.waits : null;
  return { status: step.status, waits, reasonCode: null, changes: {}, acted: false };
}

async function lookAtProvider(
  ports: Look['ports'],
  tx: Transaction,
  row: ProvisioningRow,
  records: Records,
  now: Date,
): Promise<Seen> {
  const { telephony } = ports;
  const { live, account } = records;
  const sid = account?.sid ?? '';
  const asked = live && account?.state === 'active';
  const bundle = asked && row.bundleSid !== null ? await telephony.findBundle(sid, row.bundleSid) : null;
  const numbers = asked ? await telephony.listNumbers(sid) : [];
  const facts = factsOf(row, records, { bundle: bundle?.status ?? null, numbers }, now);
  const step = nextStep(facts);
  const { status } = step;
  const found: Changes = {
    ...{ awaySince: null },
    ...(asked ? { bundleStatus: bundle?.status ?? null } : {}),
    ...(status === 'review' ? { reviewedSince: row.reviewedSince ?? now } : { reviewedSince: null }),
    ...(status === 'ready' ? { fulfilled: numbers.length } : {}),
  };
  const seen = { status, reasonCode: null };
  if (!('does' in step)) {
    return { ...seen, waits: 'waits' in step ? step.waits : null, changes: found, acted: false };
  }
  try {
    const acted = await act({ ports, tx, row, facts, sid, bundle, numbers, now }, step.does);
    if ('waits' in acted) return { ...seen, waits: acted.waits, changes: found, acted: false };
    return { ...seen, waits: null, changes: { ...found, ...acted }, acted: true };
  } catch (error) {
    const { waits, reasonCode, changes } = failed(error, row, now);
    return { status, waits, reasonCode, changes: { ...found, ...changes }, acted: false };
  }
}

function factsOf(
  row: ProvisioningRow,
  { live, wanted, phoneNumbers, account }: Records,
  { bundle, numbers }: { bundle: BundleStatus | null; numbers: readonly TelephonyNumber[] },
  now: Date,
): ProvisioningFacts {
  const { status, numberType, submitAsked, reviewedSince, fulfilled } = row;
  const listed = contractNumbersOf(numbers);
  return {
    ...{ status, live, account: account?.state ?? null, numberType, bundle, submitAsked },
    ...{ reviewedSinceMs: reviewedSince?.getTime() ?? null, nowMs: now.getTime() },
    ...{ wanted, held: numbers.length, fulfilled },
    silent: numbers.filter(({ statusCallback }) => statusCallback === '').length,
    recorded: JSON.stringify(listed) === JSON.stringify([...phoneNumbers].sort()),
  };
}

type Does = Extract<ProvisioningStep, { does: unknown }>['does'];

function act(seen: Look, does: Does): Promise<Acted> {
  switch (does) {
    case 'createAccount':
      return createAccount(seen);
    case 'createBundle':
      return createBundle(seen);
    case 'submitBundle':
      return submitBundle(seen);
    case 'buyNumber':
      return buyNumber(seen);
    case 'setCallbacks':
      return setCallbacks(seen);
    case 'recordNumbers':
      return keepNumbers(seen);
  }
}

async function createAccount({ ports, tx, row: { contractId } }: Look): Promise<Acted> {
  const { sid: subaccountSid, state, authToken } = await ports.telephony.createSubaccount(keyOf(contractId));
  const by = { staffId: 'system', commandId: `account/${contractId}` };
  const kept = await registerTelephonyAccount(tx, { contractId, subaccountSid, state, authToken, ...by });
  return kept === 'taken' ? { waits: 'refused' } : {};
}

async function createBundle(seen: Look): Promise<Acted> {
  const { ports, sid, row } = seen;
  const { contractId, numberType } = row;
  if (numberType === null) throw new Error('nobody has asked for a kind of numbers');
  const key = `${keyOf(contractId)}/${numberType}`;
  const made = await ports.telephony.createBundle(sid, { key, email: ports.email, numberType });
  await note(seen, 'provisioning.bundleMade', { numberType });
  return { bundleSid: made.sid, bundleStatus: made.status };
}

async function submitBundle(seen: Look): Promise<Acted> {
  const { ports, sid, bundle, now } = seen;
  if (bundle === null) throw new Error('there are no papers to hand in');
  const { status: bundleStatus } = await ports.telephony.submitBundle(sid, bundle.sid);
  await note(seen, 'provisioning.submitted', {});
  return { submitAsked: false, bundleStatus, reviewedSince: now };
}

async function buyNumber(seen: Look): Promise<Acted> {
  const { ports, row, sid, bundle, facts, numbers } = seen;
  const { numberType, contractId } = row;
  if (bundle === null || numberType === null) throw new Error('numbers need papers');
  const from = await ports.telephony.findAvailable(sid, numberType);
  const names = new Set(numbers.map(({ name }) => name));
  const keys = Array.from({ length: facts.wanted }, (_, index) => `${keyOf(contractId)}/${index + 1}`);
  const key = keys.find((each) => !names.has(each));
  if (key === undefined) throw new Error('every number of the contract is there');
  const order = { key, from, bundleSid: bundle.sid, statusCallback: ports.callsUrl };
  if ((await ports.telephony.buyNumber(sid, order)) === null) return { waits: 'noNumbers' };
  await note(seen, 'provisioning.bought', { numbers: numbers.length + 1, wanted: facts.wanted });
  return {};
}

async function setCallbacks(seen: Look): Promise<Acted> {
  const { ports, sid, numbers } = seen;
  const silent = numbers.filter(({ statusCallback }) => statusCallback === '');
  for (const number of silent) await ports.telephony.setCallback(sid, number.sid, ports.callsUrl);
  await note(seen, 'provisioning.callbacksSet', { numbers: silent.length });
  return {};
}

async function keepNumbers({ tx, row: { contractId }, numbers, now }: Look): Promise<Acted> {
  await recordNumbers(tx, { contractId, numbers: contractNumbersOf(numbers), now });
  return {};
}

/** Under which the provider finds again what was made for a contract. */
const keyOf = (contractId: string): string => `contract/${contractId}`;

function note(
  { tx, row, now }: Look,
  action: Extract<AuditAction, `provisioning.${string}`>,
  after: Record<string, unknown>,
): Promise<void> {
  const subject = { subjectType: 'contract', subjectId: row.contractId } as const;
  return recordAudit(tx, { actor: 'system', action, ...subject, after, businessAt: now });
}
