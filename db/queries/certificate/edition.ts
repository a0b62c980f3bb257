import { and, eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { CertificatePayload } from '../../../templates/certificate.ts';
import type { Executor } from '../../client.ts';
import { certificates } from '../../schema/index.ts';
import { findBoundEdition } from '../read/terms-binding.ts';

/** The edition of the terms as a certificate names it. */
export const editionText = ({ number, title }: { number: number; title: string }): string =>
  `${title}（第${number}版）`;

/** Whether another edition binds the customer on a day than the current certificate names (第5条1項, 第17条). */
export async function editionDiffers(
  db: Executor,
  { contractId, on }: { contractId: string; on: CivilDate },
): Promise<boolean> {
  const [current] = await db
    .select({ payload: certificates.payload })
    .from(certificates)
    .where(and(eq(certificates.contractId, contractId), eq(certificates.status, 'current')));
  if (current === undefined) return false;
  const { termsEdition } = JSON.parse(current.payload) as CertificatePayload;
  return termsEdition !== editionText(await findBoundEdition(db, contractId, on));
}
