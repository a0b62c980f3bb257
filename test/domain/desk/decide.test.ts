import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  decisionRefusal,
  INVOLVEMENTS,
  type Involvement,
  involved,
  involvedToo,
  staffOnly,
} from '../../../domain/desk/decide.ts';
import { ROLE_LABELS } from '../../../domain/desk/roles.ts';
import { TASKS, type TaskKind } from '../../../domain/processes/index.ts';

const staffRoles = keysOf(ROLE_LABELS);
const kinds = fc.constantFrom(...keysOf(TASKS));
const ways = fc.constantFrom(...keysOf(INVOLVEMENTS));
const open = (kind: TaskKind, ...people: (readonly [Involvement, string])[]) => ({
  taskId: 'task',
  kind,
  involved: involved(...people),
});

describe('who may decide an open task', () => {
  test('whoever has its role, with the form of that task, and did nothing to the same thing', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        const by = { staffId: 'sato', roles: [TASKS[kind].role], taskId: 'task' };
        expect(decisionRefusal(open(kind, ['entered', 'suzuki']), by)).toBeNull();
      }),
    );
  });

  test('never who did something to it before, whatever it was and whatever roles they have', () => {
    fc.assert(
      fc.property(kinds, ways, fc.boolean(), (kind, as, known) => {
        const roles = known ? staffRoles : null;
        const refusal = decisionRefusal(open(kind, [as, 'sato']), { staffId: 'sato', roles, taskId: 'task' });
        expect(refusal?.code).toBe('samePerson');
        expect(refusal?.message).toContain(INVOLVEMENTS[as]);
        expect(refusal?.message).toContain(TASKS[kind].asks.subject);
      }),
    );
  });

  test('nobody without the role of the task, and the sentence names that role', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        const roles = staffRoles.filter((role) => role !== TASKS[kind].role);
        const refusal = decisionRefusal(open(kind), { staffId: 'sato', roles, taskId: 'task' });
        expect(refusal?.code).toBe('notAllowed');
      }),
    );
    const by = { staffId: 'sato', roles: ['reviewer' as const], taskId: 'task' };
    expect(decisionRefusal(open('approval'), by)?.message).toBe(
      'この申込の承認は承認者が行います。あなたの役割では判断できません。',
    );
  });

  test('nobody by a form that was made for another task, or when nothing is open', () => {
    const by = { staffId: 'sato', roles: null, taskId: 'earlier' };
    expect(decisionRefusal(open('approval'), by)?.code).toBe('stale');
    expect(decisionRefusal(null, by)?.code).toBe('stale');
    expect(decisionRefusal(open('approval', ['reviewed', 'sato']), by)?.code).toBe('stale');
  });

  test('roles are not asked where only ids are known, nor the form where only the person is asked about', () => {
    expect(decisionRefusal(open('approval'), { staffId: 'sato', roles: null, taskId: null })).toBeNull();
  });

  test('the sentence says what the person did', () => {
    const by = { staffId: 'sato', roles: null, taskId: null };
    expect(decisionRefusal(open('review', ['entered', 'sato']), by)?.message).toBe(
      'この申込はあなたが入力しました。入力した人は審査できません。別の担当者が判断します。',
    );
  });
});

test('an applicant or the system is nobody who could decide or be excluded', () => {
  expect(involved(['entered', null], ['reviewed', 'suzuki'])).toEqual([
    { staffId: 'suzuki', as: 'reviewed' },
  ]);
  expect(staffOnly({ kind: 'applicant' })).toMatchObject({ ok: false, code: 'notAllowed' });
  expect(staffOnly({ kind: 'system' })).toMatchObject({ ok: false });
  expect(staffOnly({ kind: 'staff', id: 'sato' })).toEqual({ staffId: 'sato' });
});

test('whoever is involved in several ways is named once, as the opener of the task says', () => {
  const named = involved(['reviewed', 'sato']);
  const others = involved(['released', 'sato'], ['entered', 'suzuki']);
  expect(involvedToo(named, others).toSorted((a, b) => a.staffId.localeCompare(b.staffId))).toEqual(
    involved(['reviewed', 'sato'], ['entered', 'suzuki']),
  );
});
