// Plays the first half of some lives on the release in the working directory, with that release's own modules, as thinly as
// possible. Arguments: state folder, file with the lives. Writes each command that was given as a line of JSON to stdout.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [stateDir, livesFile] = process.argv.slice(2);
const { lives, untilMs, ids } = JSON.parse(readFileSync(livesFile, 'utf8'));
const module = (path) => import(pathToFileURL(join(process.cwd(), path)).href);

const { startStack } = await module('dev/stack.ts');
const { loadConfig } = await module('config.ts');
const { openDatabase } = await module('db/client.ts');
const { connectTemporal } = await module('gateway/connect.ts');
const { applicationGateway } = await module('gateway/application.ts');
const { contractGateway } = await module('gateway/contract.ts');
const { advanceClock, virtualNow } = await module('gateway/clock.ts');
const { addBaseData } = await module('dev/base-data.ts');
const { submitApplication } = await module('db/queries/intake/submit-application.ts');
const { createRequest } = await module('db/queries/request/create.ts');
const { applicationReviewId } = await module('workflows/application-review/messages.ts');
const { contractWorkflowId } = await module('workflows/contract/messages.ts');

const KINDS = { change: 'change', cancel: 'cancellation', withdrawCancellation: 'cancellationWithdrawal' };

const stack = await startStack({ stateDir, apps: ['interactive', 'background'], throwaway: true });
const config = loadConfig(stack.env);
const { db, close } = openDatabase(config, 4);
const client = await connectTemporal(config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE);
try {
  await addBaseData(db);
  for (const life of lives) await play(life);
} finally {
  await client.connection.close();
  await close();
  await stack.stop();
}

async function play({ commands, form }) {
  let applicationId = '';
  let contractId = null;
  for (const command of commands) {
    if (command.kind === 'apply') applicationId = await apply(command, form);
    else if (contractId === null) await decide(applicationId, command);
    else await ask(contractId, command);
    contractId ??= await contractOf(applicationId);
  }
  if (contractId !== null) await advance(contractId, untilMs);
}

function given(command, atMs) {
  process.stdout.write(`${JSON.stringify({ ...command, at: new Date(atMs).toISOString() })}\n`);
}

async function apply(command, input) {
  const edition = await db.query.termsEditions.findFirst();
  const nowMs = Date.now();
  const { applicationId } = await submitApplication(db, {
    ...{ submissionKey: ids[command.life], channel: 'web', receivedAt: new Date(nowMs), enteredBy: null },
    ...{ sandbox: true, catalogueVersion: 1, input, documents: [] },
    agreement: { termsEditionId: edition.id, how: 'form' },
  });
  const actor = { kind: 'applicant' };
  const submitted = { applicationId, sandbox: true, commandId: ids[command.life], actor };
  await applicationGateway(client).submit(submitted);
  given(command, nowMs);
  return applicationId;
}

function staff(label) {
  return { kind: 'staff', id: ids[label] };
}

async function decide(applicationId, command) {
  const gateway = applicationGateway(client);
  const task = await eventually(async () => {
    const snapshot = await gateway.snapshot(applicationId);
    const status = command.kind === 'review' ? 'review' : 'approval';
    return snapshot?.status === status ? snapshot.taskId : null;
  });
  const decision = {
    ...{ commandId: ids[`command/${command.id}`], actor: staff(command.by), decisionId: randomUUID() },
    ...{ taskId: task, verdict: command.verdict },
  };
  const nowMs = Date.now();
  if (command.kind === 'review') required(await gateway.decideReview(applicationId, decision));
  else {
    required(await gateway.decideApproval(applicationId, decision));
    await client.workflow.getHandle(applicationReviewId(applicationId)).result();
  }
  given(command, nowMs);
}

async function contractOf(applicationId) {
  const row = await db.query.contracts.findFirst({
    where: (t, { eq }) => eq(t.applicationId, applicationId),
  });
  return row?.id ?? null;
}

async function ask(contractId, command) {
  await advance(contractId, Date.parse(command.at));
  const nowMs = await virtualNow(client, contractWorkflowId(contractId));
  const commandId = ids[`command/${command.id}`];
  const { id: requestId } = await createRequest(db, {
    ...{ commandId, contractId, kind: KINDS[command.kind], channel: command.channel },
    ...{ arrivedAt: new Date(command.arrivedAt), arrivedAtPartner: null },
    ...{ enteredBy: ids[command.by], enteredAt: new Date(nowMs), storageKey: null, note: '', ground: '' },
    wishedOn: command.wish ?? null,
    requested: command.alters ?? null,
  });
  const asked = { commandId, actor: staff(command.by), requestId };
  await contractGateway(client).request(contractId, KINDS[command.kind], asked);
  given(command, nowMs);
}

async function advance(contractId, targetMs) {
  const row = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  if (row.status !== 'active' && row.status !== 'ending') return;
  required(await advanceClock(client, { contractId, targetMs, actorId: ids.clock }));
}

function required(answer) {
  if (!answer.ok) throw new Error(answer.message);
}

async function eventually(check) {
  for (let looks = 0; looks < 600; looks += 1) {
    const found = await check();
    if (found !== null && found !== undefined) return found;
    await delay(100);
  }
  throw new Error('nobody is asked');
}
