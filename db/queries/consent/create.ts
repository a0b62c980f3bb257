import { desc, eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ConsentScope, ConsentWay } from '../../../domain/support/support-consent.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contacts, contracts, supportConsents } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewConsent {
  commandId: string;
  contractId: string;
  /** The name of whoever gave it, as staff heard or read it. */
  givenBy: string;
  scope: ConsentScope[];
  validFrom: CivilDate;
  validThrough: CivilDate;
  way: ConsentWay;
  note: string;
  file: { key: string; sha256: string; fileName: string } | null;
  recordedBy: string;
}

/** Names are compared without spaces and widths: a note of a call has them as the writer types. */
const folded = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '');

/**
 * Records a consent once for each command (第13条2項). `notRegistered` when the person is not the registered contact of the
 * contract: nobody else can open the customer's data.
 */
export async function createConsent(db: Database, input: NewConsent): Promise<'recorded' | 'notRegistered'> {
  const { givenBy, file, ...values } = input;
  const { contractId, commandId, recordedBy } = input;
  return db.transaction(async (tx) => {
    const [contact] = await tx
      .select()
      .from(contacts)
      .where(eq(contacts.contractId, contractId))
      .orderBy(desc(contacts.createdAt))
      .limit(1);
    if (contact === undefined || folded(contact.name) !== folded(givenBy)) return 'notRegistered';
    const [contract] = await tx
      .select({ sandbox: contracts.sandbox })
      .from(contracts)
      .where(eq(contracts.id, contractId));
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: contractId });
    const row = {
      ...values,
      contactId: contact.id,
      storageKey: file?.key ?? null,
      sha256: file?.sha256 ?? null,
      fileName: file?.fileName ?? '',
      sandbox: contract?.sandbox ?? false,
    };
    const [written] = await tx
      .insert(supportConsents)
      .values(sealRow(supportConsents, ownerId, row))
      .onConflictDoNothing()
      .returning({ id: supportConsents.id });
    if (written === undefined) return 'recorded';
    await recordAudit(tx, {
      actor: recordedBy,
      action: 'consent.recorded',
      subjectType: 'contract',
      subjectId: contractId,
      after: {
        consentId: written.id,
        scope: values.scope,
        from: values.validFrom,
        through: values.validThrough,
        way: values.way,
        sha256: row.sha256,
      },
      commandId,
    });
    return 'recorded';
  });
}
