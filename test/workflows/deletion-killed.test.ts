import { afterAll, beforeAll, expect, test } from 'vitest';
import { planDeletion } from '../../db/queries/deletion/plan.ts';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { DELETION_STEPS } from '../../domain/data/deletion.ts';
import { endings } from '../support/ended-contract.ts';
import { heldSteps } from '../support/held-steps.ts';
import { type KillableStack, startKillableStack } from '../support/own-stack.ts';

let stack: KillableStack;
beforeAll(async () => {
  stack = await startKillableStack();
});
afterAll(async () => stack.stop());

/** What was recorded about the deletion, each kind once. */
async function recorded(contractId: string): Promise<string[]> {
  const entries = await stack.db.query.auditEntries.findMany({
    where: (t, { and, eq, like }) => and(eq(t.subjectId, contractId), like(t.action, 'deletion.%')),
    orderBy: (t, { asc }) => asc(t.sequence),
  });
  return [...new Set(entries.map(({ action }) => action))];
}

test('a worker killed at every step of a deletion, done but not recorded, changes nothing: the same steps, counts and proof', async () => {
  const { db, client, env, killWorker } = stack;
  const life = endings(db, client);
  const undisturbed = await life.ended();
  await life.start(undisturbed);
  await life.toDay(undisturbed, 32);
  await life.over(undisturbed);
  const expected = await life.row(undisturbed);
  const steps = await recorded(undisturbed);

  const contractId = await life.ended();
  const held = await heldSteps(env, {
    subjectId: contractId,
    actions: 'deletion.%',
    mailKind: 'deletionProof',
  });
  try {
    let over = false;
    const killing = held.killAtEach(killWorker, () => over);
    await life.start(contractId);
    await life.toDay(contractId, 32);
    await life.over(contractId).finally(() => {
      over = true;
    });
    const at = steps.indexOf('deletion.proven') + 1;
    expect(await killing).toEqual(steps.toSpliced(at, 0, 'mail.deletionProof'));
  } finally {
    await held.close();
  }
  // The mail has a record of its own, and the proof is called by what it does.
  const named = DELETION_STEPS.filter((step) => step !== 'mail' && step !== 'proof');
  expect(steps).toEqual(
    expect.arrayContaining([...named.map((step) => `deletion.${step}`), 'deletion.proven', 'deletion.done']),
  );
  const row = await life.row(contractId);
  expect(row).toMatchObject({ status: 'done', proofMail: 'sent', leftovers: [] });
  const counts = (of: typeof row) => of?.steps.map(({ step, removed }) => ({ step, removed }));
  expect(counts(row)).toEqual(counts(expected));
  const subject = await deletionSubject(db, contractId);
  const left = subject === null ? [] : await planDeletion(db, subject);
  expect(left.filter(({ action }) => action === 'erase' || action === 'reduce')).toEqual([]);
  const proofs = await db.query.documents.findMany({
    where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'deletionProof')),
  });
  expect(proofs).toHaveLength(1);
}, 1_800_000);
