import { readdirSync, readFileSync } from 'node:fs';
import { verifyAudit } from '../../db/queries/audit/verify.ts';
import { APPLICATION_STATUSES } from '../../domain/application/application.ts';
import { isFinal } from '../../domain/desk/moves.ts';
import { isLive } from '../../domain/period/contract.ts';
import { SUSPENSION_STATUSES } from '../../domain/suspension/suspension.ts';
import { applicationGateway } from '../../gateway/application.ts';
import { contractGateway } from '../../gateway/contract.ts';
import type { Outbox } from '../../gateway/outbox.ts';
import { compareAll } from '../../gateway/reconcile-sweep.ts';
import { suspensionGateway } from '../../gateway/suspension.ts';

/** What a workflow holds of a case, as far as the row says it too. */
interface Held {
  status: string;
  taskId?: string | null;
  endsOn?: string | null;
}

/** Sentences about cases of which rows and workflow say two things, or where one thing happened twice; none when all is well. */
export async function differences(outbox: Outbox, outboxDir: string): Promise<string[]> {
  const found = await Promise.all([
    unanswered(outbox),
    splits(outbox),
    requestsAndDecisions(outbox),
    doubles(outbox),
    audit(outbox),
    reconciled(outbox),
  ]);
  return [...found.flat(), ...mailsTwice(outboxDir)];
}

async function unanswered({ db }: Outbox): Promise<string[]> {
  const waiting = await db.query.commands.findMany({ where: (t, { isNull }) => isNull(t.answeredAt) });
  return waiting.length === 0 ? [] : [`${waiting.length} commands without an answer`];
}

async function splits(outbox: Outbox): Promise<string[]> {
  const { db } = outbox;
  const applications = applicationGateway(outbox);
  const contracts = contractGateway(outbox);
  const suspensions = suspensionGateway(outbox);
  const openTasks = await db.query.tasks.findMany({ where: (t, { eq }) => eq(t.status, 'open') });
  const tasksOf = (subjectId: string, ...kinds: string[]) =>
    openTasks.filter((task) => task.subjectId === subjectId && kinds.includes(task.kind)).map(({ id }) => id);
  const lines: string[] = [];

  for (const { id, status } of await db.query.applications.findMany()) {
    if (isFinal(APPLICATION_STATUSES, status)) {
      const left = tasksOf(id, 'review', 'approval');
      if (left.length > 0) lines.push(`application ${id} is ${status} and has open tasks`);
      continue;
    }
    const held = await applications.snapshot(id);
    const task = tasksOf(id, 'review', 'approval');
    lines.push(...compared(`application ${id}`, { status, taskId: task[0] ?? null }, held));
    if (task.length > 1) lines.push(`application ${id} has ${task.length} open tasks`);
  }
  for (const { id, status, endsOn } of await db.query.contracts.findMany()) {
    if (isLive(status)) {
      lines.push(...compared(`contract ${id}`, { status, endsOn }, await contracts.snapshot(id)));
    }
  }
  for (const { id, status } of await db.query.suspensions.findMany()) {
    const task = tasksOf(id, 'suspensionDecision');
    if (isFinal(SUSPENSION_STATUSES, status)) {
      if (task.length > 0) lines.push(`suspension ${id} is ${status} and has an open task`);
    } else {
      lines.push(...compared(`suspension ${id}`, { status }, await suspensions.snapshot(id)));
    }
  }
  return lines;
}

function compared(name: string, row: Held, held: Held | null): string[] {
  if (held === null) return [`${name} is ${row.status} by its row and has no workflow`];
  const fields = ['status', 'taskId', 'endsOn'] as const;
  return fields
    .filter((field) => field in row && (row[field] ?? null) !== (held[field] ?? null))
    .map((field) => `${name}: ${field} is ${row[field]} by its row, ${held[field]} by its workflow`);
}

/** What the product's own comparison of every kind of case finds (gateway/reconcile.ts). */
async function reconciled(outbox: Outbox): Promise<string[]> {
  const { differing } = await compareAll(outbox, { pauseMs: 1_000, pageSize: 200 });
  return differing.map(({ workflowId, comparison }) => `${workflowId}: ${JSON.stringify(comparison)}`);
}

/** A request's and a decision's outcome is what its command was answered. */
async function requestsAndDecisions({ db }: Outbox): Promise<string[]> {
  const [commands, requests, decisions] = await Promise.all([
    db.query.commands.findMany(),
    db.query.requests.findMany(),
    db.query.decisions.findMany(),
  ]);
  const answers = new Map(commands.map(({ id, answer }) => [id, answer]));
  const lines: string[] = [];
  for (const { id, commandId, outcome } of requests) {
    const answer = answers.get(commandId);
    const refused = answer?.ok === false && answer.code !== 'needsSecondPerson';
    if (
      outcome === 'sent' ||
      (answer?.ok === true && outcome === 'refused') ||
      (refused && outcome !== 'refused')
    ) {
      lines.push(`request ${id} is ${outcome}, its command was answered ${JSON.stringify(answer)}`);
    }
  }
  for (const { id, commandId, stage, outcome } of decisions) {
    // A letter instead of a mail is written in one transaction, without a command.
    if (stage === 'delivery') continue;
    const answer = answers.get(commandId);
    if (outcome !== (answer?.ok === true ? 'effective' : 'refused')) {
      lines.push(`decision ${id} is ${outcome}, its command was answered ${JSON.stringify(answer)}`);
    }
  }
  return lines;
}

async function doubles({ db }: Outbox): Promise<string[]> {
  const [contracts, certificates, entries] = await Promise.all([
    db.query.contracts.findMany(),
    db.query.certificates.findMany(),
    db.query.auditEntries.findMany({ columns: { action: true, commandId: true, subjectId: true } }),
  ]);
  return [
    ...twice(
      'contracts of application',
      contracts.map(({ applicationId }) => applicationId),
    ),
    ...twice(
      'certificates',
      certificates.map(({ contractId, revision }) => `${contractId}/${revision}`),
    ),
    ...twice(
      'audit entries',
      entries.flatMap(({ action, commandId, subjectId }) =>
        commandId === null || commandId === '' ? [] : [`${action} of ${subjectId} by ${commandId}`],
      ),
    ),
  ];
}

function mailsTwice(dir: string): string[] {
  const ids = readdirSync(dir)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => /^message-id:\s*(\S+)/im.exec(readFileSync(`${dir}/${name}`, 'latin1'))?.[1] ?? name);
  return twice('mails', ids);
}

async function audit({ db }: Outbox): Promise<string[]> {
  return (await verifyAudit(db)).problems.map((problem) => `audit log: ${JSON.stringify(problem)}`);
}

function twice(what: string, keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  return [...seen].filter(([, times]) => times > 1).map(([key, times]) => `${times} ${what} ${key}`);
}
