import { eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { secondFactors, sessions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { newRecoveryCodes, plainCode, recoveryHash, stepOfCode } from './one-time-code.ts';

/** Whether somebody has a second factor, since when, and how many recovery codes are left; null where they have none. */
export async function findSecondFactor(
  db: Executor,
  staffId: string,
): Promise<{ since: Date; recoveryCodes: number } | null> {
  const [row] = await db
    .select({ since: secondFactors.createdAt, hashes: secondFactors.recoveryHashes })
    .from(secondFactors)
    .where(eq(secondFactors.staffId, staffId));
  return row === undefined ? null : { since: row.since, recoveryCodes: row.hashes.length };
}

/**
 * Sets up a second factor by its first right code; sessions that waited for it open everything. Gives the recovery codes, which are
 * shown once; null for a wrong code, or where there is one already.
 */
export async function setSecondFactor(
  db: Database,
  { staffId, secret, code, now }: { staffId: string; secret: string; code: string; now: Date },
): Promise<string[] | null> {
  const lastStep = stepOfCode(secret, plainCode(code), now);
  if (lastStep === null) return null;
  const codes = newRecoveryCodes();
  const recoveryHashes = codes.map((each) => recoveryHash(staffId, each));
  return db.transaction(async (tx) => {
    const row = { staffId, secret, lastStep, recoveryHashes, createdAt: now };
    const set = await tx
      .insert(secondFactors)
      .values(sealRow(secondFactors, staffId, row))
      .onConflictDoNothing()
      .returning({ staffId: secondFactors.staffId });
    if (set.length === 0) return null;
    await tx.update(sessions).set({ mustEnrol: false }).where(eq(sessions.staffId, staffId));
    await recordAudit(tx, {
      actor: staffId,
      action: 'staff.secondFactorSet',
      ...{ subjectType: 'staff', subjectId: staffId },
    });
    return codes;
  });
}

/** Whether a code is right now, of the authenticator or for recovery; each counts once. */
export async function takeCode(
  db: Database,
  { staffId, code, now }: { staffId: string; code: string; now: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const mine = eq(secondFactors.staffId, staffId);
    const [row] = await tx.select().from(secondFactors).where(mine).for('update');
    if (row === undefined) return false;
    const step = stepOfCode(row.secret, plainCode(code), now);
    if (step !== null && step > row.lastStep) {
      await tx.update(secondFactors).set({ lastStep: step }).where(mine);
      return true;
    }
    const hash = recoveryHash(staffId, code);
    if (!row.recoveryHashes.includes(hash)) return false;
    const recoveryHashes = row.recoveryHashes.filter((each) => each !== hash);
    await tx.update(secondFactors).set({ recoveryHashes }).where(mine);
    await recordAudit(tx, {
      actor: staffId,
      action: 'staff.recoveryUsed',
      ...{ subjectType: 'staff', subjectId: staffId, after: { left: recoveryHashes.length } },
    });
    return true;
  });
}
