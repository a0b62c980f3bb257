import { readOfficers } from '../../../domain/application/officers.ts';
import type { CompanyPeople } from '../../../domain/corporation/company-people.ts';
import type { Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { officers } from '../../schema/index.ts';

/** Writes a row for the representative and for each officer; `changeId` is null for those that an application names. */
export async function insertOfficers(
  tx: Transaction,
  of: { applicationId: string; changeId: string | null },
  { representativeName, representativeKana, officersText }: CompanyPeople,
): Promise<void> {
  const representative = { name: representativeName, kana: representativeKana, title: '代表者' };
  const rows = [
    ...(representativeName === '' ? [] : [{ ...representative, representative: true }]),
    ...readOfficers(officersText).map((officer) => ({ ...officer, representative: false })),
  ];
  if (rows.length === 0) return;
  await tx.insert(officers).values(rows.map((row) => sealRow(officers, of.applicationId, { ...row, ...of })));
}
