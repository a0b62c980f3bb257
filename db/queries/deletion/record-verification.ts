import type { Database } from '../../client.ts';
import { recordAudit } from '../audit/record.ts';

/** Notes that the search was repeated, by whom and how many places it found. */
export async function recordVerification(
  db: Database,
  input: { contractId: string; actor: string; places: number; needles: number },
): Promise<void> {
  const { contractId, actor, places, needles } = input;
  await recordAudit(db, {
    actor,
    action: 'deletion.verified',
    subjectType: 'contract',
    subjectId: contractId,
    after: { places, needles },
  });
}
