import { desc, eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { feeChanges } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import type { CatalogueFile } from '../catalogue/import.ts';

export type FeeChange = typeof feeChanges.$inferSelect;

/** Stores a fee change as a draft, once, with its audit entry (第6条4項). False when its version is taken. */
export async function enterFeeChange(
  db: Database,
  /** The id comes from the form: a repeat is the same fee change. */
  input: { id: string; catalogue: CatalogueFile; reason: string; enteredBy: string },
): Promise<boolean> {
  const { id, catalogue, reason, enteredBy } = input;
  const { version: catalogueVersion, effectiveOn } = catalogue;
  return db.transaction(async (tx) => {
    const stored = await tx
      .insert(feeChanges)
      .values({ id, catalogueVersion, effectiveOn, reason, catalogue, enteredBy })
      .onConflictDoNothing()
      .returning({ id: feeChanges.id });
    if (stored.length === 0) return (await findFeeChange(tx, id)) !== null;
    await recordAudit(tx, {
      actor: enteredBy,
      action: 'feeChange.entered',
      subjectType: 'feeChange',
      subjectId: id,
      after: { catalogueVersion, effectiveOn },
      commandId: id,
    });
    return true;
  });
}

export async function findFeeChange(db: Executor, id: string): Promise<FeeChange | null> {
  const [row] = await db.select().from(feeChanges).where(eq(feeChanges.id, id));
  return row ?? null;
}

/** All fee changes, the newest first. */
export async function listFeeChanges(db: Executor): Promise<FeeChange[]> {
  return db.select().from(feeChanges).orderBy(desc(feeChanges.catalogueVersion), desc(feeChanges.createdAt));
}
