import { asc, desc, eq, inArray } from 'drizzle-orm';
import { type DisclosureStatus, disclosureStatus } from '../../../domain/data/disclosure.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, disclosureFiles, disclosureSteps, disclosures } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';

type Step = typeof disclosureSteps.$inferSelect & { files: (typeof disclosureFiles.$inferSelect)[] };

export interface DisclosureDetail {
  disclosure: typeof disclosures.$inferSelect;
  companyName: string;
  steps: Step[];
  status: DisclosureStatus;
}

/** The disclosures of a contract, or the last of all, newest first. */
export async function listDisclosures(
  db: Executor,
  query: { contractId: string | null; limit: number },
): Promise<DisclosureDetail[]> {
  const rows = await db
    .select({ disclosure: disclosures, companyName: customerName })
    .from(disclosures)
    .innerJoin(contracts, eq(contracts.id, disclosures.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(query.contractId === null ? undefined : eq(disclosures.contractId, query.contractId))
    .orderBy(desc(disclosures.createdAt))
    .limit(query.limit);
  return withSteps(db, rows);
}

/** One disclosure with its steps and files, or null. */
export async function findDisclosure(db: Executor, id: string): Promise<DisclosureDetail | null> {
  const rows = await db
    .select({ disclosure: disclosures, companyName: customerName })
    .from(disclosures)
    .innerJoin(contracts, eq(contracts.id, disclosures.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(disclosures.id, id));
  return (await withSteps(db, rows))[0] ?? null;
}

async function withSteps(
  db: Executor,
  rows: readonly Pick<DisclosureDetail, 'disclosure' | 'companyName'>[],
): Promise<DisclosureDetail[]> {
  const ids = rows.map(({ disclosure }) => disclosure.id);
  if (ids.length === 0) return [];
  const steps = await db
    .select()
    .from(disclosureSteps)
    .where(inArray(disclosureSteps.disclosureId, ids))
    .orderBy(asc(disclosureSteps.createdAt));
  const files =
    steps.length === 0
      ? []
      : await db
          .select()
          .from(disclosureFiles)
          .where(
            inArray(
              disclosureFiles.stepId,
              steps.map(({ id }) => id),
            ),
          );
  return rows.map((row) => {
    const own = steps
      .filter(({ disclosureId }) => disclosureId === row.disclosure.id)
      .map((step) => ({ ...step, files: files.filter(({ stepId }) => stepId === step.id) }));
    return { ...row, steps: own, status: disclosureStatus(own.map(({ outcome }) => outcome)) };
  });
}
