import type { Database } from '../../client.ts';
import { sessions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Records a signed-in browser. */
export async function openSession(
  db: Database,
  input: { tokenHash: string; staffId: string; csrfToken: string; now: Date; expiresAt: Date },
): Promise<void> {
  const { now, ...row } = input;
  await db.transaction(async (tx) => {
    await tx.insert(sessions).values({ ...row, createdAt: now, lastSeenAt: now });
    await recordAudit(tx, {
      actor: input.staffId,
      action: 'staff.signedIn',
      subjectType: 'staff',
      subjectId: input.staffId,
    });
  });
}
