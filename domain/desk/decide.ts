import { type Actor, type Refusal, refuse } from '../base/answers.ts';
import { TASKS, type TaskKind } from '../processes/index.ts';
import { ROLE_LABELS, type StaffRole } from './roles.ts';

/** What somebody did to the same thing, by which they may not decide on it. The words complete 「…した人は」. */
export const INVOLVEMENTS = {
  entered: '入力',
  backdated: '到達日時をさかのぼって入力',
  wrote: '作成',
  rewrote: '修正',
  proposed: '提案',
  reviewed: '審査',
  checked: '確認',
  released: '一致を判断',
  submitted: '提出',
  changedAccount: '振込先を登録',
} as const;

export type Involvement = keyof typeof INVOLVEMENTS;

/** Somebody who may not decide, and why. */
export interface Involved {
  staffId: string;
  as: Involvement;
}

/** Those of them who are known: an applicant or the system is nobody. */
export function involved(
  ...people: readonly (readonly [as: Involvement, staffId: string | null])[]
): Involved[] {
  return people.flatMap(([as, staffId]) => (staffId === null ? [] : [{ staffId, as }]));
}

/** Both, each person once: what is named first is what they are told. */
export function involvedToo(named: readonly Involved[], others: readonly Involved[]): Involved[] {
  const known = new Map([...others, ...named].map((each) => [each.staffId, each]));
  return [...known.values()];
}

/** A decision that waits for somebody. */
export interface OpenDecision {
  taskId: string;
  kind: TaskKind;
  involved: readonly Involved[];
}

/** Who wants to decide, and for which task their form was made; null where only the person is asked about. */
export interface Deciding {
  staffId: string;
  /** Null where roles are not known: a workflow knows ids only, its activities look the person up. */
  roles: readonly StaffRole[] | null;
  taskId: string | null;
}

const STALE = 'この画面を開いたあとに、別の担当者が判断しました。最新の状態をご確認ください。';

/**
 * Whether a person may take the open decision now (第4条, 第10条, 第16条, 第17条3項): the form is of the task that is open, the
 * person did nothing to the same thing before, and the task's role is theirs. Null when they may, else one sentence.
 */
export function decisionRefusal(open: OpenDecision | null, by: Deciding): Refusal | null {
  if (open === null || (by.taskId !== null && by.taskId !== open.taskId)) return refuse('stale', STALE);
  const { asks, role } = TASKS[open.kind];
  const { subject, act } = asks;
  const before = open.involved.find(({ staffId }) => staffId === by.staffId);
  if (before !== undefined) {
    const did = INVOLVEMENTS[before.as];
    return refuse(
      'samePerson',
      `この${subject}はあなたが${did}しました。${did}した人は${act}できません。別の担当者が判断します。`,
    );
  }
  if (by.roles !== null && !by.roles.includes(role)) {
    return refuse(
      'notAllowed',
      `この${subject}の${act}は${ROLE_LABELS[role]}が行います。あなたの役割では判断できません。`,
    );
  }
  return null;
}

/** The member of staff who gives a command, or the refusal for anybody else. */
export function staffOnly(actor: Actor): { staffId: string } | Refusal {
  return actor.kind === 'staff' ? { staffId: actor.id } : refuse('notAllowed', '担当者だけが行えます。');
}
