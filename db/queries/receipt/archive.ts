import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { receipts } from '../../schema/index.ts';
import { type ArchivedDocument, archiveDocument } from '../archive/add.ts';

/** Puts the PDF of a receipt into the archive and notes that it is drawn, in one transaction. A repeat changes nothing. */
export async function archiveReceipt(
  db: Database,
  { receiptId, file }: { receiptId: string; file: ArchivedDocument },
): Promise<void> {
  await db.transaction(async (tx) => {
    await archiveDocument(tx, file);
    await tx
      .update(receipts)
      .set({ drawnAt: sql`coalesce(${receipts.drawnAt}, now())` })
      .where(eq(receipts.id, receiptId));
  });
}
