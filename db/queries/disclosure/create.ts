import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { LegalBasis } from '../../../domain/data/disclosure.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contracts, disclosures } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewDisclosure {
  commandId: string;
  contractId: string;
  receivedOn: CivilDate;
  authority: string;
  officer: string;
  legalBasis: LegalBasis;
  basisText: string;
  scope: string;
  requestedBy: string;
  letter: { key: string; sha256: string; fileName: string } | null;
}

/** Writes what an authority asks for, once for each command, and returns its id (第4条3項, 第22条1項). */
export async function createDisclosure(db: Database, input: NewDisclosure): Promise<string> {
  const { letter, ...values } = input;
  return db.transaction(async (tx) => {
    const [contract] = await tx
      .select({ sandbox: contracts.sandbox })
      .from(contracts)
      .where(eq(contracts.id, input.contractId));
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: input.contractId });
    const row = {
      ...values,
      storageKey: letter?.key ?? null,
      sha256: letter?.sha256 ?? null,
      fileName: letter?.fileName ?? '',
      sandbox: contract?.sandbox ?? false,
    };
    const [written] = await tx
      .insert(disclosures)
      .values(sealRow(disclosures, ownerId, row))
      .onConflictDoNothing()
      .returning({ id: disclosures.id });
    if (written === undefined) {
      const [earlier] = await tx
        .select({ id: disclosures.id })
        .from(disclosures)
        .where(eq(disclosures.commandId, input.commandId));
      if (earlier === undefined) throw new Error('the disclosure was neither stored nor found');
      return earlier.id;
    }
    await recordAudit(tx, {
      actor: input.requestedBy,
      action: 'disclosure.requested',
      subjectType: 'contract',
      subjectId: input.contractId,
      after: { disclosureId: written.id, legalBasis: input.legalBasis, sha256: row.sha256 },
      commandId: input.commandId,
    });
    return written.id;
  });
}
