import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { CompanyPeople } from '../../../domain/corporation/company-people.ts';
import { isLive } from '../../../domain/period/contract.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { applications, contracts, officerChanges, officers } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { indexContracts } from '../contract/index-for-search.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import { insertOfficers } from './write.ts';

export type OfficerChangeRow = typeof officerChanges.$inferSelect;
type OfficerRow = typeof officers.$inferSelect;

/** Those of the newest change of a contract, or else of its application; the representative first. */
export async function currentPeople(
  db: Executor,
  contractId: string,
): Promise<{
  people: OfficerRow[];
  officersText: string;
  changes: OfficerChangeRow[];
  live: boolean;
} | null> {
  const [contract] = await db
    .select({
      applicationId: contracts.applicationId,
      status: contracts.status,
      text: applications.officersText,
    })
    .from(contracts)
    .innerJoin(applications, eq(applications.id, contracts.applicationId))
    .where(eq(contracts.id, contractId));
  if (contract === undefined) return null;
  const changes = await db
    .select()
    .from(officerChanges)
    .where(eq(officerChanges.contractId, contractId))
    .orderBy(desc(officerChanges.createdAt), desc(officerChanges.id));
  const newest = changes[0] ?? null;
  const people = await db
    .select()
    .from(officers)
    .where(
      and(
        eq(officers.applicationId, contract.applicationId),
        newest === null ? isNull(officers.changeId) : eq(officers.changeId, newest.id),
      ),
    )
    .orderBy(desc(officers.representative), asc(officers.createdAt), asc(officers.id));
  const officersText = newest?.officersText ?? contract.text;
  return { people, officersText, changes, live: isLive(contract.status) };
}

export interface OfficerChange {
  changeId: string;
  contractId: string;
  people: CompanyPeople;
  reason: string;
  enteredBy: string;
}

/**
 * Registers the people of a live contract's company as they are from now on; those before stay on record until the deletion.
 * A repeat of the same change registers nothing. False when the contract is not live.
 */
export async function changeOfficers(db: Database, input: OfficerChange): Promise<boolean> {
  const { contractId } = input;
  return db.transaction(async (tx) => {
    const [contract] = await tx
      .select({ applicationId: contracts.applicationId })
      .from(contracts)
      .where(and(eq(contracts.id, contractId), LIVE))
      .for('update');
    if (contract === undefined) return false;
    await writeOfficerChange(tx, { ...input, applicationId: contract.applicationId });
    return true;
  });
}

/** Writes the people of a contract's company as they are from now on, once for each change. */
export async function writeOfficerChange(
  tx: Transaction,
  change: OfficerChange & { applicationId: string },
): Promise<void> {
  const { changeId, contractId, applicationId, people, reason, enteredBy } = change;
  const row = { id: changeId, contractId, officersText: people.officersText, reason, enteredBy };
  const written = await tx
    .insert(officerChanges)
    .values(sealRow(officerChanges, applicationId, row))
    .onConflictDoNothing()
    .returning({ id: officerChanges.id });
  if (written.length === 0) return;
  await insertOfficers(tx, { applicationId, changeId }, people);
  await indexContracts(tx, [contractId]);
  await recordAudit(tx, {
    actor: enteredBy,
    action: 'contract.officersChanged',
    subjectType: 'contract',
    subjectId: contractId,
    commandId: changeId,
  });
}
