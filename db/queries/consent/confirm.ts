import { eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { supportConsents } from '../../schema/index.ts';

/** The second person agrees to a consent by telephone: from now on it opens what it says (第13条2項). */
export async function confirmConsent(
  tx: Executor,
  { consentId, staffId }: { consentId: string; staffId: string },
): Promise<void> {
  await tx.update(supportConsents).set({ confirmedBy: staffId }).where(eq(supportConsents.id, consentId));
}
