import { suspensionProcess } from '../processes/suspension.ts';
import { groundOf } from './suspension-grounds.ts';

/** What a suspension reaches (第15条・第18条2項). */
export const SUSPENSION_SCOPES = ['service', 'plan', 'contract'] as const;
export type SuspensionScope = (typeof SUSPENSION_SCOPES)[number];

/** States of a suspension, with those that may follow each. */
export const SUSPENSION_STATUSES = suspensionProcess.statuses.suspension;
export type SuspensionStatus = keyof typeof SUSPENSION_STATUSES;

/**
 * What customers are told: `planned` before it begins, `changed` and `cancelled` of what was told, `started` at once after,
 * `lifted` when it runs again.
 */
export type SuspensionNoticeStep = 'planned' | 'changed' | 'cancelled' | 'started' | 'lifted';

/** Whom a suspension is about; live and sandbox contracts never share one. */
export interface SuspensionTarget {
  scope: SuspensionScope;
  sandbox: boolean;
  planCode: string | null;
  contractId: string | null;
}

/** Whether a suspension reaches a contract. */
export function reaches(
  target: SuspensionTarget,
  contract: { id: string; planCode: string; sandbox: boolean },
): boolean {
  if (target.sandbox !== contract.sandbox) return false;
  switch (target.scope) {
    case 'service':
      return true;
    case 'plan':
      return target.planCode === contract.planCode;
    case 'contract':
      return target.contractId === contract.id;
  }
}

/** `[startMs, endMs)`; no end: until it is lifted. */
export interface Interval {
  startMs: number;
  endMs: number | null;
}

/**
 * When the service is stopped for a contract, from all suspensions that reach it: they nest, so it returns only when all
 * are lifted (第15条). In order, without overlap; intervals that touch are one.
 */
export function effectiveSuspension(suspensions: readonly Interval[]): Interval[] {
  const ordered = suspensions
    .filter(({ startMs, endMs }) => endMs === null || endMs > startMs)
    .toSorted((a, b) => a.startMs - b.startMs);
  const merged: Interval[] = [];
  for (const next of ordered) {
    const last = merged.at(-1);
    if (last === undefined || (last.endMs !== null && last.endMs < next.startMs)) {
      merged.push({ ...next });
    } else if (last.endMs !== null) {
      last.endMs = next.endMs === null ? null : Math.max(last.endMs, next.endMs);
    }
  }
  return merged;
}

/** The stretch in which the service is stopped at an instant, or null when it runs. */
export function suspendedAt(suspensions: readonly Interval[], instantMs: number): Interval | null {
  return (
    effectiveSuspension(suspensions).find(
      ({ startMs, endMs }) => startMs <= instantMs && (endMs === null || instantMs < endMs),
    ) ?? null
  );
}

/**
 * Whether a second person decides before it begins: for whatever the operator says of a customer, and whatever has a time,
 * regular maintenance too, for the two approve its notice. What befalls the operator itself is stopped at once by one.
 */
export function needsSecondPerson(ground: string, planned: boolean): boolean {
  return planned || (groundOf(ground)?.customer ?? true);
}

/** Whether moving it, calling it off or lifting it takes two people, as it took two to decide it. */
export function decidedByTwo({ decidedBy }: { decidedBy: string | null }): boolean {
  return decidedBy !== null;
}

/** In which states a suspension can be moved, called off or lifted. */
export const STEERED_IN = {
  times: ['planned', 'active'],
  cancel: ['approval', 'planned'],
  lift: ['active'],
} as const satisfies Record<string, readonly SuspensionStatus[]>;

/** Milliseconds after which the second person of an immediate suspension by one is reminded. */
export const CONFIRMATION_REMINDER_MS = 15 * 60_000;
/** Milliseconds of silence after which customers are told all the same: at once after it began (第15条). */
export const CONFIRMATION_SILENCE_MS = 30 * 60_000;
