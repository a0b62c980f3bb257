import { eq } from 'drizzle-orm';
import type { ApplicationInput } from '../../../domain/application-input.ts';
import type { Database } from '../../client.ts';
import { applications } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { contractChoice, writeOfficers } from './submit-application.ts';

/**
 * Writes corrected values while the application waits for them (第4条4項①). False when it no longer does, or is in
 * another round. The round itself moves on only when the workflow takes the correction.
 */
export async function correctApplication(
  db: Database,
  correction: { applicationId: string; round: number; input: ApplicationInput; commandId: string; now: Date },
): Promise<boolean> {
  const { applicationId, round, input, commandId, now } = correction;
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select()
      .from(applications)
      .where(eq(applications.id, applicationId))
      .for('update');
    if (before?.status !== 'correction' || before.round !== round) return false;
    await tx
      .update(applications)
      .set({ ...input, ...contractChoice(input), updatedAt: now })
      .where(eq(applications.id, applicationId));
    await writeOfficers(tx, applicationId, input);
    const changed = (Object.keys(input) as (keyof ApplicationInput)[]).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(input[field]),
    );
    await recordAudit(tx, {
      actor: 'applicant',
      action: 'application.corrected',
      subjectType: 'application',
      subjectId: applicationId,
      clause: '第4条4項',
      after: { round, fields: changed },
      commandId,
    });
    return true;
  });
}
