import { eq } from 'drizzle-orm';
import { ownerOf } from '../../../db/personal/owner.ts';
import { sealRow } from '../../../db/personal/seal-row.ts';
import { enterCampaign } from '../../../db/queries/campaign/enter.ts';
import { createRequest } from '../../../db/queries/request/create.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { contracts } from '../../../db/schema/index.ts';
import type { RequestedChange } from '../../../db/schema/requests.ts';
import { type CivilDate, civilDate, jstDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import type { RequestKind } from '../../../domain/period/contract.ts';
import { contractCampaignId } from '../../../workflows/contract-campaign/messages.ts';
import type { AlterationLine, Command, CommandOf } from '../lines.ts';
import type { WorkAfterEnd } from './after-end.ts';
import { correct } from './application.ts';
import { bounce, settleBounce } from './bounces.ts';
import { decide } from './decide.ts';
import { asked, type Giving, moveOwn, overAgain } from './giving.ts';
import { idOf, personOf } from './office.ts';
import { changeContact, changeCustomer, decideRecord } from './records.ts';
import { decideSuspension, lift, suspend } from './suspensions.ts';

/**
 * Gives a command as the console and the public pages do: its rows and its command in one transaction, then to the workflow.
 * What has no form on any page at the time is not given. A repeat does nothing more.
 */
export async function give(
  giving: Giving,
  command: Exclude<Command, CommandOf<'apply'> | WorkAfterEnd>,
): Promise<void> {
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
      return ask(giving, command, 'cancellation', {
        wishedOn: command.wish === null ? null : civilDate(command.wish),
      });
    case 'withdrawCancellation':
      return ask(giving, command, 'cancellationWithdrawal', {});
    case 'terminate': {
      const requested = command.part === null ? null : requestedOf(command.part);
      return ask(giving, command, 'termination', { requested, ground: command.ground });
    }
    case 'confirm':
      return confirm(giving, command);
    case 'changeCustomer':
      return changeCustomer(giving, command);
    case 'changeContact':
      return changeContact(giving, command);
    case 'suspend':
      return suspend(giving, command);
    case 'decideSuspension':
      return decideSuspension(giving, command);
    case 'lift':
      return lift(giving, command);
    case 'bounce':
      return bounce(giving, command);
    case 'settleBounce':
      return settleBounce(giving, command);
    case 'decideCustomer':
    case 'decideContact':
      return decideRecord(giving, command);
  }
}

interface Asked {
  requested?: RequestedChange | null;
  wishedOn?: CivilDate | null;
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
  const commandOfRequest = idOf(`command/${command.request}`);
  const request = await office.db.query.requests.findFirst({
    columns: { id: true },
    where: (t, { eq: is }) => is(t.commandId, commandOfRequest),
  });
  if (request === undefined) return;
  const requestId = request.id;
  const task = await office.db.query.tasks.findFirst({
    where: (t, { and, eq: is }) => and(is(t.about, requestId), is(t.status, 'open')),
  });
  if (task === undefined) return;
  const { verdict } = command;
  await decide(giving, command, { taskId: task.id, stage: 'request' }, (decision, write) => {
    const { commandId, actor } = decision;
    const confirmed = { commandId, actor, requestId, verdict };
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

async function enter({ office, subject, nowMs }: Giving, command: CommandOf<'campaign'>): Promise<void> {
  if (subject.contractId !== null && !subject.live) return;
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
  const entered = await office.contracts.enterCampaign(
    (tx) => enterCampaign(tx, campaign),
    (stored) => ('campaign' in stored ? stored.campaign : null),
  );
  if (!('campaign' in entered)) return;
  await asked(office, { subjectId: entered.campaign.subjectId, kind: 'campaignApproval' });
}

async function decideCampaign(giving: Giving, command: CommandOf<'decideCampaign'>): Promise<void> {
  const { office, subject } = giving;
  if (subject.contractId !== null && !subject.live) return;
  const campaignId = idOf(command.campaign);
  const waiting = await office.db.query.campaigns.findFirst({
    where: (t, { and, eq: is }) => and(is(t.id, campaignId), is(t.status, 'waiting')),
  });
  if (waiting === undefined) return overAgain(office, contractCampaignId(campaignId));
  const of = [subject.contractId, subject.applicationId].filter((id) => id !== null);
  const tasks = await Promise.all(
    of.map((subjectId) => findOpenTask(office.db, { subjectId, kind: 'campaignApproval' })),
  );
  const task = tasks.find((each) => each !== null);
  if (task === undefined) return;
  const verdict = command.verdict === 'approve' ? ('confirm' as const) : ('reject' as const);
  const workflowId = contractCampaignId(campaignId);
  await moveOwn(giving, workflowId);
  const answer = await decide(giving, command, { taskId: task.id, stage: 'campaign' }, (decision, write) => {
    const { decisionId: _, ...rest } = decision;
    return office.contracts.decideCampaign(campaignId, { ...rest, taskId: task.id, verdict }, write);
  });
  if (answer.ok) await office.client.workflow.getHandle(workflowId).result();
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
