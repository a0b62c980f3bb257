import { DAY_MS } from '../calendar/civil-date.ts';
import type { ProvisioningWait } from './provisioning.ts';

const FIRST_PAUSE_MS = 10 * 60_000;
const REVIEW_PAUSE_MS = 6 * 3_600_000;

/**
 * How long until the next look, given the pause before, of which null says that something has changed: twice as long each time, up
 * to six hours while the provider is asked for something, a day where people have to act or all is well.
 */
export function pauseMs(waits: ProvisioningWait | null, before: number | null): number {
  if (waits === null) return DAY_MS;
  const longest = waits === 'review' || waits === 'away' ? REVIEW_PAUSE_MS : DAY_MS;
  return Math.min(before === null ? FIRST_PAUSE_MS : before * 2, longest);
}

/** How long the provider may be away before it becomes a task. */
const AWAY_PATIENCE_MS = DAY_MS / 2;

/** What is waited for while the provider has not answered since an instant. */
export const waitWhileAway = (sinceMs: number, nowMs: number): 'away' | 'unavailable' =>
  nowMs - sinceMs > AWAY_PATIENCE_MS ? 'unavailable' : 'away';
