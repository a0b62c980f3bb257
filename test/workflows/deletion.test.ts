import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planDeletion } from '../../db/queries/deletion/plan.ts';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { endings } from '../support/ended-contract.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

let workers: RunningWorkers;
let life: ReturnType<typeof endings>;
beforeAll(async () => {
  workers = await startWorkers();
  life = endings(workers.composed.db, workers.client);
});
afterAll(async () => workers.stop());

describe('the deletion of an ended contract', () => {
  test('waits for the days of grace, removes everything, proves it, mails the proof and forgets the address', async () => {
    const { db } = workers.composed;
    const contractId = await life.ended({
      companyName: '株式会社消去一号',
      contactEmail: 'kieru@shokyo.example',
    });
    await life.start(contractId);
    await life.toDay(contractId, 30);
    expect(await life.row(contractId)).toMatchObject({ status: 'waiting' });
    await life.toDay(contractId, 32);
    await life.over(contractId);
    const row = await life.row(contractId);
    expect(row).toMatchObject({ status: 'done', proofMail: 'sent', leftovers: [] });
    const subject = await deletionSubject(db, contractId);
    const left = subject === null ? [] : await planDeletion(db, subject);
    expect(left.filter(({ action }) => action === 'erase' || action === 'reduce')).toEqual([]);
  });
});
