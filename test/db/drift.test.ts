import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transitionApplication } from '../../db/queries/application/transition.ts';
import { transitionContract } from '../../db/queries/contract/transition.ts';
import { createDiscontinuation } from '../../db/queries/discontinuation/create.ts';
import { transitionDiscontinuation } from '../../db/queries/discontinuation/transition.ts';
import { createSuspension } from '../../db/queries/suspension/create.ts';
import { transitionSuspension } from '../../db/queries/suspension/transition.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { storeApplication } from '../support/application.ts';
import { storedContract } from '../support/stored-contract.ts';
import { openTestDatabase } from '../support/workers.ts';

let pool: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  pool = openTestDatabase();
});
afterAll(async () => pool.close());

const common = () => ({ actor: 'system', businessAt: new Date(), commandId: randomUUID() });
const entriesOf = (subjectId: string) =>
  pool.db.query.auditEntries.findMany({ where: (t, { eq }) => eq(t.subjectId, subjectId) });

describe('a move that finds a third status is a drift and fails; one that was made already is a repeat and silent', () => {
  test('of an application, also when later steps led on', async () => {
    const { db } = pool;
    const { applicationId } = await storeApplication(db);
    const rest = { applicationId, round: 0, correctionDueOn: null, correctionTokenHash: null };
    const toReview = { ...rest, ...common(), from: 'received', to: 'review' } as const;
    await transitionApplication(db, toReview);
    await transitionApplication(db, { ...rest, ...common(), from: 'review', to: 'approval' });
    const before = (await entriesOf(applicationId)).length;
    await transitionApplication(db, toReview);
    expect(await entriesOf(applicationId)).toHaveLength(before);
    await expect(
      transitionApplication(db, { ...rest, ...common(), from: 'received', to: 'correction' }),
    ).rejects.toThrow(/is approval: no move from received to correction/);
  });

  test('of a contract', async () => {
    const { db } = pool;
    const { contractId } = await storedContract({ db });
    const rest = { contractId, clause: '第10条1項' };
    const cancelled = {
      ...rest,
      ...common(),
      from: 'active',
      to: 'ending',
      endsOn: civilDate('2031-03-31'),
    } as const;
    await transitionContract(db, cancelled);
    await transitionContract(db, {
      ...rest,
      ...common(),
      from: 'ending',
      to: 'ended',
      endsOn: civilDate('2031-03-31'),
    });
    await transitionContract(db, cancelled);
    await expect(
      transitionContract(db, { ...rest, ...common(), from: 'ending', to: 'active', endsOn: null }),
    ).rejects.toThrow(/is ended: no move from ending to active/);
  });

  test('of a suspension and of a discontinuation', async () => {
    const { db } = pool;
    const { contractId } = await storedContract({ db });
    const suspension = await createSuspension(db, {
      ...{ commandId: randomUUID(), status: 'planned', scope: 'contract', planCode: null, contractId },
      ...{ sandbox: true, ground: '15-1', planned: false, regular: false, reason: '試験' },
      ...{ enteredBy: randomUUID(), startsAt: new Date(), endsAt: null },
    });
    const lift = { suspensionId: suspension.id, ...common(), from: 'active', to: 'lifted' } as const;
    await expect(transitionSuspension(db, lift)).rejects.toThrow(/is planned/);
    await transitionSuspension(db, { ...lift, ...common(), from: 'planned', to: 'active' });
    await transitionSuspension(db, lift);
    await transitionSuspension(db, lift);

    const discontinuationId = await createDiscontinuation(db, {
      ...{ commandId: randomUUID(), planCode: null, lastDay: civilDate('2033-03-31'), forceMajeure: false },
      ...{ reason: '試験', sandbox: true, enteredBy: randomUUID() },
    });
    const announce = { discontinuationId, ...common(), from: 'approval', to: 'announced' } as const;
    await expect(transitionDiscontinuation(db, announce)).rejects.toThrow(/is review/);
  });
});
