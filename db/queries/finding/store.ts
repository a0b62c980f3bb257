import { and, eq } from 'drizzle-orm';
import type { FindingSummary } from '../../../domain/application/application.ts';
import type { Database } from '../../client.ts';
import { evidenceOwner } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { findings } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { type NewCheck, recordChecks } from '../screening-list/checks.ts';

/** A finding that carries an earlier decision comes with its status, who decided it, when and why. */
export type NewFinding = Omit<typeof findings.$inferInsert, 'id' | 'applicationId' | 'round' | 'createdAt'>;

/**
 * Stores what the checks of one round found, and which lists were asked; a repeat of the same check keeps the first
 * result.
 */
export async function storeFindings(
  db: Database,
  input: {
    applicationId: string;
    round: number;
    found: NewFinding[];
    checks?: NewCheck[];
    businessAt: Date;
  },
): Promise<FindingSummary[]> {
  const { applicationId, round, found } = input;
  return db.transaction(async (tx) => {
    const subject = {
      subjectType: 'application' as const,
      subjectId: applicationId,
      cause: `round/${round}`,
    };
    await recordChecks(tx, subject, input.checks ?? []);
    if (found.length > 0) {
      const stored = await tx
        .insert(findings)
        .values(
          found.map((finding) =>
            sealRow(findings, evidenceOwner(applicationId), { ...finding, applicationId, round }),
          ),
        )
        .onConflictDoNothing()
        .returning({ id: findings.id });
      if (stored.length > 0) {
        await recordAudit(tx, {
          actor: 'system',
          action: 'application.checked',
          subjectType: 'application',
          subjectId: applicationId,
          after: { round, findings: stored.length },
          businessAt: input.businessAt,
        });
      }
    }
    return tx
      .select({
        id: findings.id,
        ground: findings.ground,
        outcome: findings.outcome,
        status: findings.status,
      })
      .from(findings)
      .where(and(eq(findings.applicationId, applicationId), eq(findings.round, round)))
      .orderBy(findings.createdAt, findings.key);
  });
}
