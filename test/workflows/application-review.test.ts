import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationGateway } from '../../gateway/application.ts';
import { contractGateway } from '../../gateway/contract.ts';
import { advanceClock } from '../../gateway/clock.ts';
import { storeApplication } from '../support/application.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
beforeAll(async () => { workers = await startWorkers(); });
afterAll(async () => workers.stop());

test('scratch: whole way', async () => {
  const gateway = applicationGateway(workers.client);
  const { applicationId, submissionKey } = await storeApplication(workers.composed.db);
  const actor = { kind: 'applicant' } as const;
  console.log(await gateway.submit({ applicationId, sandbox: true, commandId: submissionKey, actor }));
  console.log(await gateway.submit({ applicationId, sandbox: true, commandId: submissionKey, actor }));
  let snap = await gateway.snapshot(applicationId);
  for (let i = 0; i < 50 && snap?.taskId == null; i++) { await new Promise((r) => setTimeout(r, 100)); snap = await gateway.snapshot(applicationId); }
  console.log(snap);
  const reviewer = randomUUID(); const approver = randomUUID();
  console.log(await gateway.decideReview(applicationId, { commandId: randomUUID(), actor: { kind: 'staff', id: reviewer }, decisionId: randomUUID(), taskId: snap?.taskId ?? '', verdict: 'recommendAccept' }));
  for (let i = 0; i < 50; i++) { await new Promise((r) => setTimeout(r, 100)); snap = await gateway.snapshot(applicationId); if (snap?.status === 'approval' && snap.taskId) break; }
  console.log(await gateway.decideApproval(applicationId, { commandId: randomUUID(), actor: { kind: 'staff', id: reviewer }, decisionId: randomUUID(), taskId: snap?.taskId ?? '', verdict: 'accept' }));
  console.log(await gateway.decideApproval(applicationId, { commandId: randomUUID(), actor: { kind: 'staff', id: approver }, decisionId: randomUUID(), taskId: snap?.taskId ?? '', verdict: 'accept' }));
  await workers.client.workflow.getHandle(`application/${applicationId}`).result();
  const rows = await workers.composed.db.query.contracts.findMany();
  const contract = rows.find((r) => r.applicationId === applicationId);
  console.log(contract);
  const contracts = contractGateway(workers.client);
  console.log(await contracts.snapshot(contract?.id ?? ''));
  const t0 = Date.now();
  console.log(await advanceClock(workers.client, { contractId: contract?.id ?? '', targetMs: Date.now() + 800 * 86400_000, actorId: approver }));
  console.log('clock took', Date.now() - t0);
  console.log(await contracts.snapshot(contract?.id ?? ''));
  console.log((await workers.composed.db.query.certificates.findMany()).map((c) => [c.cause, c.revision, c.issuedOn, c.status, c.bytes]));
  console.log((await workers.composed.db.query.mails.findMany()).map((m) => [m.kind, m.status, m.businessAt.toISOString(), m.subjectLine]));
}, 90_000);
