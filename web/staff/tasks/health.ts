import { type ReconciliationFigures, readReconciliation } from '../../../db/queries/reconcile/figures.ts';
import { type DifferenceRow, toldDifferences } from '../../../db/queries/reconcile/rounds.ts';
import type { SessionStaff } from '../../../db/queries/session/find.ts';
import type { WebDependencies } from '../../dependencies.ts';
import type { TemporalUi } from '../reconciliation/words.tsx';
import { hasRole, MAY } from '../rights.ts';

/** Cases that the strip names; the page of the comparison has all. */
const NAMED = 3;

export interface Health {
  figures: ReconciliationFigures;
  /** The first cases in trouble. */
  differences: readonly DifferenceRow[];
  config: TemporalUi;
}

/** Whether procedures do what the records say, for those who keep the system going; null for the others. */
export async function readHealth(
  { db, now, config }: WebDependencies,
  staff: SessionStaff,
): Promise<Health | null> {
  if (!hasRole(staff, MAY.seeReconciliation)) return null;
  const [figures, differences] = await Promise.all([
    readReconciliation(db, now()),
    toldDifferences(db, NAMED),
  ]);
  return { figures, differences, config };
}
