import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database, Transaction } from '../db/client.ts';
import {
  currentRound,
  type DifferenceRow,
  differencesOf,
  forgetDifference,
  knownDifferences,
  lockReconciliation,
  noteProgress,
  type RoundRow,
  rememberDifference,
  touchDifference,
} from '../db/queries/reconcile/rounds.ts';
import { keepReconciliationTask } from '../db/queries/reconcile/task.ts';
import { keysOf } from '../domain/base/keys.ts';
import { afterLook } from '../domain/desk/reconcile.ts';
import { RECONCILED, type Reconciled } from '../domain/desk/reconciled.ts';
import { type ComparedCase, compareCases } from './reconcile.ts';

const KINDS = keysOf(RECONCILED);
const [FIRST_KIND = 'application'] = KINDS;
/** Known differences that are looked at again with every page. */
const LOOKED_AT_AGAIN = 200;

interface Step {
  /** Cases of one page. */
  limit: number;
  now: Date;
  /** Compares these cases alone; all unless given. */
  only?: readonly string[];
}

/**
 * One page of the comparison of rows with workflows, behind the last one, and every difference that is known once more. What
 * differs at two looks is told: one task for all of it, which closes by itself. False where another process is at it.
 */
export async function reconcilePage(
  { db, client }: { db: Database; client: Client },
  step: Step,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!(await lockReconciliation(tx))) return false;
    const ports = { db: tx, client };
    const round = await currentRound(tx, FIRST_KIND, step.now);
    const known = await knownDifferences(tx, LOOKED_AT_AGAIN);
    const again = await compareKnown(ports, known);
    for (const { workflowId } of known) {
      // Its row is gone, and with it what differed.
      if (!again.some((each) => each.workflowId === workflowId)) await forgetDifference(tx, workflowId);
    }
    const page = await comparePage(ports, round, step);
    await noteProgress(tx, round, {
      ...{ kind: page.kind, after: page.after, finished: page.finished, now: step.now },
      verdicts: page.compared.map(({ comparison }) => comparison.verdict),
    });
    const looked = new Set(again.map(({ workflowId }) => workflowId));
    await noteLooks(
      tx,
      [...again, ...page.compared.filter(({ workflowId }) => !looked.has(workflowId))],
      step.now,
    );
    await keepReconciliationTask(tx, { roundId: round.id, taskId: randomUUID(), now: step.now });
    return true;
  });
}

type Ports = { db: Transaction; client: Client };

async function compareKnown(ports: Ports, known: readonly DifferenceRow[]): Promise<ComparedCase[]> {
  const compared: ComparedCase[] = [];
  for (const kind of KINDS) {
    const only = known.filter((each) => each.kind === kind).map(({ caseId }) => caseId);
    if (only.length > 0) {
      compared.push(...(await compareCases(ports, kind, { after: null, limit: only.length, only })));
    }
  }
  return compared;
}

/** Cases behind where the round stands, across kinds, up to the limit. */
async function comparePage(ports: Ports, round: RoundRow, { limit, only }: Step) {
  const compared: ComparedCase[] = [];
  let at: { kind: Reconciled; after: string | null } = { kind: round.kind, after: round.after };
  for (;;) {
    const left = limit - compared.length;
    const page = { after: at.after, limit: left, ...(only === undefined ? {} : { only }) };
    const some = await compareCases(ports, at.kind, page);
    compared.push(...some);
    if (some.length === left) return { ...at, after: some.at(-1)?.id ?? at.after, compared, finished: false };
    const next = KINDS[KINDS.indexOf(at.kind) + 1];
    if (next === undefined) return { ...at, compared, finished: true };
    at = { kind: next, after: null };
  }
}

async function noteLooks(tx: Transaction, compared: readonly ComparedCase[], now: Date): Promise<void> {
  const workflowIds = compared.map(({ workflowId }) => workflowId);
  const known = new Map((await differencesOf(tx, workflowIds)).map((row) => [row.workflowId, row]));
  for (const { workflowId, kind, id: caseId, comparison } of compared) {
    const row = known.get(workflowId) ?? null;
    const earlier =
      row === null ? null : { seenAtMs: row.seenAt.getTime(), told: row.told, differences: row.found };
    const found = comparison.verdict === 'differs' ? comparison.differences : (row?.found ?? []);
    const noted = { workflowId, kind, caseId, found, comparedAt: now };
    switch (afterLook(earlier, comparison, now.getTime())) {
      case 'forget':
        if (row !== null) await forgetDifference(tx, workflowId);
        break;
      case 'remember':
        await rememberDifference(tx, { ...noted, told: false, seenAt: now });
        break;
      case 'keep':
        if (row !== null) await touchDifference(tx, workflowId, now);
        break;
      case 'tell':
        await rememberDifference(tx, { ...noted, told: true, seenAt: row?.seenAt ?? now });
        break;
    }
  }
}

/** Everything compared now, without a word to anybody: what differs at two looks, `pauseMs` apart. */
export async function compareAll(
  ports: { db: Database; client: Client },
  { pauseMs, pageSize }: { pauseMs: number; pageSize: number },
): Promise<{ checked: number; healing: number; silent: number; differing: ComparedCase[] }> {
  const figures = { checked: 0, healing: 0, silent: 0 };
  const differing: ComparedCase[] = [];
  for (const kind of KINDS) {
    let after: string | null = null;
    for (;;) {
      const page: ComparedCase[] = await compareCases(ports, kind, { after, limit: pageSize });
      figures.checked += page.length;
      for (const each of page) {
        if (each.comparison.verdict === 'heals') figures.healing += 1;
        if (each.comparison.verdict === 'silent') figures.silent += 1;
        if (each.comparison.verdict === 'differs') differing.push(each);
      }
      after = page.at(-1)?.id ?? null;
      if (page.length < pageSize) break;
    }
  }
  return { ...figures, differing: await stillDiffering(ports, differing, pauseMs) };
}

async function stillDiffering(
  ports: { db: Database; client: Client },
  first: readonly ComparedCase[],
  pauseMs: number,
): Promise<ComparedCase[]> {
  if (first.length === 0) return [];
  await delay(pauseMs);
  const still: ComparedCase[] = [];
  for (const kind of KINDS) {
    const only = first.filter((each) => each.kind === kind).map(({ id }) => id);
    if (only.length === 0) continue;
    const again = await compareCases(ports, kind, { after: null, limit: only.length, only });
    still.push(...again.filter(({ comparison }) => comparison.verdict === 'differs'));
  }
  return still;
}
