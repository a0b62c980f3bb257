import type { CommandOf } from '../lines.ts';
import type { Life } from './life.ts';

/** 18-2: somebody proposes to stop the service for what the customer did; nothing is stopped yet. Fees and periods go on. */
export function propose(life: Life, { id, by, ground }: CommandOf<'suspend'>): void {
  life.proposers.set(id, by);
  life.out.suspensions.push({ command: id, ground, status: 'approval', told: [] });
}

/** The second person: the service stops at once, and the customer is told at once after (15). */
export function decide(life: Life, { suspension, by, verdict }: CommandOf<'decideSuspension'>): void {
  const found = life.out.suspensions.find(({ command }) => command === suspension);
  if (found?.status !== 'approval' || life.proposers.get(suspension) === by) return;
  found.status = verdict === 'agree' ? 'active' : 'rejected';
  if (verdict === 'agree') tell(life, found, 'started');
}

function tell(life: Life, { told }: Life['out']['suspensions'][number], step: string): void {
  told.push(step);
  if (life.contract !== null) life.contract.reachable = true;
}

/** The service returns from this one; the customer is told. */
export function lift(life: Life, { suspension }: CommandOf<'lift'>): void {
  const found = life.out.suspensions.find(({ command }) => command === suspension);
  if (found?.status !== 'active') return;
  found.status = 'lifted';
  tell(life, found, 'lifted');
}
