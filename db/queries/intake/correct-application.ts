import { eq } from 'drizzle-orm';
import type { ApplicationInput } from '../../../domain/application/application-input.ts';
import { changedFields } from '../../../domain/application/field-marks.ts';
import { fieldText } from '../../../domain/application/field-text.ts';
import type { Database } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { agreements, applications } from '../../schema/index.ts';
import { noteReplaced } from '../application/field-marks.ts';
import { recordAudit } from '../audit/record.ts';
import { findCatalogueNames } from '../catalogue/names.ts';
import { contractChoice, indexApplications, writeOfficers } from './submit-application.ts';

/**
 * Writes corrected values while the application waits for them (第4条4項①). False when it no longer does, or is in
 * another round. The round itself moves on only when the workflow takes the correction.
 */
export async function correctApplication(
  db: Database,
  correction: {
    applicationId: string;
    round: number;
    input: ApplicationInput;
    /** The edition that the applicant agrees to with the correction, where the paper lacked it (第4条1項). */
    termsEditionId: string | null;
    commandId: string;
    now: Date;
  },
): Promise<boolean> {
  const { applicationId, round, input, termsEditionId, commandId, now } = correction;
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select()
      .from(applications)
      .where(eq(applications.id, applicationId))
      .for('update');
    if (before?.status !== 'correction' || before.round !== round) return false;
    await tx
      .update(applications)
      .set(sealRow(applications, applicationId, { ...input, ...contractChoice(input), updatedAt: now }))
      .where(eq(applications.id, applicationId));
    await writeOfficers(tx, applicationId, input);
    await indexApplications(tx, [{ ...input, id: applicationId, receiptNumber: before.receiptNumber }]);
    if (termsEditionId !== null) {
      const agreement = { applicationId, termsEditionId, agreedAt: now, how: 'form' };
      await tx.insert(agreements).values(agreement).onConflictDoNothing();
    }
    const changed = changedFields(before, input);
    const names = await findCatalogueNames(tx, before);
    const replaced = changed.map((field) => ({ field, text: fieldText(before, field, names) }));
    await noteReplaced(tx, { applicationId, round }, replaced);
    await recordAudit(tx, {
      actor: 'applicant',
      action: 'application.corrected',
      subjectType: 'application',
      subjectId: applicationId,
      after: { round, fields: changed },
      commandId,
    });
    return true;
  });
}
