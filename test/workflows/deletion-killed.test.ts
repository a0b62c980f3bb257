import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { planDeletion } from '../../db/queries/deletion/plan.ts';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { type Stack, startStack } from '../../dev/stack.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { endings } from '../support/ended-contract.ts';
import { eventually } from '../support/people.ts';

let stateDir: string;
let stack: Stack;
beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'hasso-deletion-killed-'));
  stack = await startStack({
    stateDir,
    apps: ['interactive', 'background'],
    throwaway: true,
    log: () => undefined,
  });
});
afterAll(async () => {
  await stack.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

test('a worker killed after each step of a deletion leaves a state from which it completes', async () => {
  const config = loadConfig(stack.env);
  const { db, close } = openDatabase(config, 3);
  const client = await connectTemporal(config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE);
  try {
    await addBaseData(db);
    const life = endings(db, client);
    const contractId = await life.ended();
    await life.start(contractId);
    const killed = new Set<string>();
    let over = false;
    const moved = life.toDay(contractId, 32).finally(() => {
      over = true;
    });
    while (!over || (await life.row(contractId))?.status !== 'done') {
      const row = await life.row(contractId);
      const last = row?.steps.at(-1)?.step;
      const pid = stack.pids()['worker-background'];
      if (last === undefined || killed.has(last) || pid === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      killed.add(last);
      process.kill(pid, 'SIGKILL');
      await eventually('the worker is back', async () =>
        (stack.pids()['worker-background'] ?? pid) === pid ? null : true,
      );
    }
    await moved;
    await life.over(contractId);
    expect([...killed].length).toBeGreaterThanOrEqual(4);
    const row = await life.row(contractId);
    expect(row).toMatchObject({ status: 'done', proofMail: 'sent', leftovers: [] });
    const subject = await deletionSubject(db, contractId);
    const left = subject === null ? [] : await planDeletion(db, subject);
    expect(left.filter(({ action }) => action === 'erase' || action === 'reduce')).toEqual([]);
    const proofs = await db.query.documents.findMany({
      where: (t, { and, eq }) => and(eq(t.subjectId, contractId), eq(t.kind, 'deletionProof')),
    });
    expect(proofs).toHaveLength(1);
  } finally {
    await client.connection.close();
    await close();
  }
}, 300_000);
