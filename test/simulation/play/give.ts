import { eq } from 'drizzle-orm';
import { ownerOf } from '../../../db/personal/owner.ts';
import { sealRow } from '../../../db/personal/seal-row.ts';
import { enterCampaign } from '../../../db/queries/campaign/enter.ts';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { createRequest } from '../../../db/queries/request/create.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import type { RequestedChange } from '../../../db/schema/requests.ts';
import { contracts } from '../../../db/schema/index.ts';
import { civilDate, jstDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import type { Answer } from '../../../domain/base/answers.ts';
import type { RequestKind } from '../../../domain/period/contract.ts';
import type { Write } from '../../../gateway/outbox.ts';
import type { AlterationLine, Command, CommandOf } from '../lines.ts';
import { correct } from './application.ts';
import { idOf, type Office, personOf } from './office.ts';
import type { Subject } from './subject.ts';

/** Where a command is given, and the instant on the clock of what it is given to. */
export interface Giving {
  office: Office;
  subject: Subject;
  nowMs: number;
  /** How the life applied. */
  applied: CommandOf<'apply'>;
}

/**
 * Gives a command as the console and the public pages do: its rows and its command in one transaction, then to the workflow.
 * What has no form on any page at the time is not given. A repeat does nothing more.
 */
export async function give(giving: Giving, command: Exclude<Command, { kind: 'apply' }>): Promise<void> {
  const { office, subject } = giving;
  switch (command.kind) {
    case 'correct':
      return correct(giving, command);
    case 'withdrawApplication': {
      const actor = personOf(command.by);
      await office.applications.withdraw(subject.applicationId, { commandId: idOf(command.id), actor });
      return;
    }
    case 'review':
    case 'approve':
      return decideApplication(giving, command);
    case 'campaign':
      return enter(giving, command);
    case 'decideCampaign':
      return decideCampaign(giving, command);
    case 'charge':
      return charge(giving, command);
    case 'change':
      return ask(giving, command, 'change', { requested: requestedOf(command.alters) });
    case 'cancel':
      return ask(giving, command, 'cancellation', { wishedOn: command.wish });
    case 'withdrawCancellation':
      return ask(giving, command, 'cancellationWithdrawal', {});
    case 'terminate': {
      const requested = command.part === null ? null : requestedOf(command.part);
      return ask(giving, command, 'termination', { requested, ground: command.ground });
    }
    case 'confirm':
      return confirm(giving, command);
  }
}

interface Asked {
  requested?: RequestedChange | null;
  wishedOn?: string | null;
  ground?: string;
}

async function ask(
  { office, subject, nowMs }: Giving,
  command: CommandOf<'change' | 'cancel' | 'withdrawCancellation' | 'terminate'>,
  kind: RequestKind,
  { requested = null, wishedOn = null, ground = '' }: Asked,
): Promise<void> {
  const { contractId, live } = subject;
  if (contractId === null || !live) return;
  const [id, commandId, enteredBy] = [idOf(command.id), idOf(`command/${command.id}`), idOf(command.by)];
  const request = {
    ...{ id, commandId, contractId, kind, enteredBy, requested, wishedOn, ground },
    channel: command.channel,
    arrivedAt: new Date(parseInstant(command.arrivedAt)),
    arrivedAtPartner: null,
    enteredAt: new Date(nowMs),
    ...{ storageKey: null, note: '' },
  };
  const asked = { commandId, actor: { kind: 'staff' as const, id: enteredBy }, requestId: id };
  await office.contracts.request(contractId, kind, asked, async (tx) => {
    await createRequest(tx, request);
  });
}

/** As the request's row holds it. */
function requestedOf({ kind, plan, options, licences }: AlterationLine): RequestedChange {
  return {
    ...(kind === undefined ? {} : { contractKind: kind }),
    ...(plan === undefined ? {} : { planCode: plan }),
    ...(licences === undefined ? {} : { licences }),
    ...(options === undefined
      ? {}
      : { options: Object.entries(options).map(([code, quantity]) => ({ code, quantity })) }),
  };
}

async function confirm(giving: Giving, command: CommandOf<'confirm'>): Promise<void> {
  const { office, subject } = giving;
  const { contractId, live } = subject;
  if (contractId === null || !live) return;
  const task = await office.db.query.tasks.findFirst({
    where: (t, { and, eq: is }) => and(is(t.note, idOf(command.request)), is(t.status, 'open')),
  });
  if (task === undefined) return;
  const { verdict } = command;
  await decide(giving, command, { taskId: task.id, stage: 'request' }, (decision, write) => {
    const { commandId, actor } = decision;
    const confirmed = { commandId, actor, requestId: idOf(command.request), verdict };
    return office.contracts.confirmRequest(contractId, confirmed, write);
  });
}

async function decideApplication(giving: Giving, command: CommandOf<'review' | 'approve'>): Promise<void> {
  const { office, subject } = giving;
  const { applicationId } = subject;
  const kind = command.kind === 'review' ? 'review' : 'approval';
  const task = await findOpenTask(office.db, { subjectId: applicationId, kind });
  if (task === null) return;
  const taskId = task.id;
  await decide(giving, command, { taskId, stage: kind }, (decision, write) =>
    command.kind === 'review'
      ? office.applications.decideReview(
          applicationId,
          { ...decision, taskId, verdict: command.verdict },
          write,
        )
      : office.applications.decideApproval(
          applicationId,
          { ...decision, taskId, verdict: command.verdict },
          write,
        ),
  );
}

interface Decision {
  commandId: string;
  actor: { kind: 'staff'; id: string };
  decisionId: string;
}

/** A decision with its words, in the transaction that stores its command. */
async function decide(
  { subject }: Giving,
  command: Command & { verdict: string },
  { taskId, stage }: { taskId: string; stage: 'review' | 'approval' | 'request' | 'campaign' },
  send: (decision: Decision, write: Write) => Promise<Answer>,
): Promise<void> {
  const staffId = idOf(command.by);
  const commandId = idOf(`command/${command.id}`);
  const decision = { commandId, actor: { kind: 'staff' as const, id: staffId }, decisionId: idOf(`decision/${command.id}`) };
  const about = subject.contractId === null || stage === 'review' || stage === 'approval';
  const { verdict } = command;
  await send(decision, (tx) =>
    recordDecision(tx, {
      ...{ id: decision.decisionId, commandId, taskId, stage, verdict, staffId },
      subjectType: about ? 'application' : 'contract',
      subjectId: about ? subject.applicationId : (subject.contractId ?? ''),
      ...{ clause: '', reasonCode: '', reason: '' },
    }),
  );
}

async function enter({ office, subject, nowMs }: Giving, command: CommandOf<'campaign'>): Promise<void> {
  const { until, firstDay, price, earliestEndsOn } = command.terms;
  const terms = {
    until: civilDate(until),
    firstDay: firstDay === null ? null : civilDate(firstDay),
    earliestEndsOn: earliestEndsOn === null ? null : civilDate(earliestEndsOn),
    price: price === null ? null : { planCode: price.plan, kind: price.kind, feeYen: price.feeYen },
  };
  const campaign = {
    ...{ campaignId: idOf(command.id), applicationId: subject.applicationId, enteredBy: idOf(command.by) },
    ...{ title: 'キャンペーン', reason: '', terms, today: jstDate(nowMs) },
  };
  await office.contracts.enterCampaign(
    (tx) => enterCampaign(tx, campaign),
    (stored) => ('campaign' in stored ? stored.campaign : null),
  );
}

async function decideCampaign(giving: Giving, command: CommandOf<'decideCampaign'>): Promise<void> {
  const { office, subject } = giving;
  const campaignId = idOf(command.campaign);
  const waiting = await office.db.query.campaigns.findFirst({
    where: (t, { and, eq: is }) => and(is(t.id, campaignId), is(t.status, 'waiting')),
  });
  if (waiting === undefined) return;
  const of = [subject.contractId, subject.applicationId].filter((id) => id !== null);
  const tasks = await Promise.all(
    of.map((subjectId) => findOpenTask(office.db, { subjectId, kind: 'campaignApproval' })),
  );
  const task = tasks.find((each) => each !== null);
  if (task === undefined) return;
  const verdict = command.verdict === 'approve' ? ('confirm' as const) : ('reject' as const);
  await decide(giving, command, { taskId: task.id, stage: 'campaign' }, (decision, write) => {
    const { decisionId: _, ...rest } = decision;
    return office.contracts.decideCampaign(campaignId, { ...rest, taskId: task.id, verdict }, write);
  });
}

/** Prepaid balance before there is a ledger of charges. */
async function charge({ office, subject }: Giving, { yen }: CommandOf<'charge'>): Promise<void> {
  const { contractId, live } = subject;
  if (contractId === null || !live) return;
  const ownerId = await ownerOf(office.db, { subjectType: 'contract', subjectId: contractId });
  await office.db
    .update(contracts)
    .set(sealRow(contracts, ownerId, { prepaidBalanceYen: yen }))
    .where(eq(contracts.id, contractId));
}
