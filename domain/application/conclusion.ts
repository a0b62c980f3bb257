import { type CivilDate, jstDate } from '../calendar/civil-date.ts';
import type { ConclusionBasis } from '../policy/policies.ts';

/**
 * The day (JST) on which a contract is concluded (第4条2項), by policy `conclusion.basis`: the customer's mail server
 * took the acceptance, or the second person approved. Instants in milliseconds.
 */
export function concludedOn(
  basis: ConclusionBasis,
  instants: { approvedMs: number; takenMs: number },
): CivilDate {
  return jstDate(basis === 'arrival' ? instants.takenMs : instants.approvedMs);
}
