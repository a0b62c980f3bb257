import type { CommandOf } from '../lines.ts';
import { type Life, task } from './life.ts';
import { close } from './tasks.ts';

const KINDS = { certificate: 'certificateIssued', acceptance: 'applicationAccepted' } as const;

/** 12-2: the last mail of its kind comes back, once; somebody is asked for another address, or a letter. */
export function bounce(life: Life, { of }: CommandOf<'bounce'>): void {
  const mail = life.out.mails.findLast(({ kind }) => kind === KINDS[of]);
  if (mail?.status !== 'accepted') return;
  mail.status = 'bounced';
  const last = life.out.mails.at(-1);
  if (life.contract !== null && last === mail) life.contract.reachable = false;
  task(life, 'mailProblem', mail.key);
}

/** 17-3: a letter instead of the mail that came back last. */
export function settle(life: Life): void {
  const open = life.tasks.findLast(({ kind, closed }) => kind === 'mailProblem' && closed === null);
  if (open !== undefined) close(open, 'done', life.nowMs);
}
