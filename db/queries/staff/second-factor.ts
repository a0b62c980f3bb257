import { and, eq } from 'drizzle-orm';
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
 * shown once; null for a wrong code, or where another stands than the one that it `replaces` (since when; null: there is none yet).
 */
export async function setSecondFactor(
  db: Database,
  input: { staffId: string; secret: string; code: string; replaces: Date | null; now: Date },
): Promise<string[] | null> {
  const { staffId, secret, code, replaces, now } = input;
  const lastStep = stepOfCode(secret, plainCode(code), now);
  if (lastStep === null) return null;
  const { codes, recoveryHashes } = recoveryCodesOf(staffId);
  return db.transaction(async (tx) => {
    if (replaces !== null) {
      const standing = and(eq(secondFactors.staffId, staffId), eq(secondFactors.createdAt, replaces));
      await tx.delete(secondFactors).where(standing);
    }
    const row = { staffId, secret, lastStep, recoveryHashes, createdAt: now };
    const set = await tx
      .insert(secondFactors)
      .values(sealRow(secondFactors, staffId, row))
      .onConflictDoNothing()
      .returning({ staffId: secondFactors.staffId });
    // Nothing is taken away where nothing takes its place.
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

/** Recovery codes in the place of all that are left, shown once; empty without a second factor. */
export async function renewRecoveryCodes(db: Database, staffId: string): Promise<string[]> {
  const { codes, recoveryHashes } = recoveryCodesOf(staffId);
  return db.transaction(async (tx) => {
    const renewed = await tx
      .update(secondFactors)
      .set({ recoveryHashes })
      .where(eq(secondFactors.staffId, staffId))
      .returning({ staffId: secondFactors.staffId });
    if (renewed.length === 0) return [];
    await recordAudit(tx, {
      actor: staffId,
      action: 'staff.recoveryRenewed',
      ...{ subjectType: 'staff', subjectId: staffId },
    });
    return codes;
  });
}

function recoveryCodesOf(staffId: string): { codes: string[]; recoveryHashes: string[] } {
  const codes = newRecoveryCodes();
  return { codes, recoveryHashes: codes.map((each) => recoveryHash(staffId, each)) };
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
