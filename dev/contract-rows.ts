import { randomUUID } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { sealRow } from '../db/personal/seal-row.ts';
import { addTermsEdition } from '../db/queries/terms-edition/add.ts';
import { applications, contacts, contracts, customers } from '../db/schema/index.ts';
import { civilDate } from '../domain/calendar/civil-date.ts';
import { addBaseData } from './base-data.ts';

const ROWS_AT_ONCE = 500;
const ADDRESS = '東京都千代田区千代田1番1号';

/**
 * Sandbox contracts with customer and contact as rows alone, without workflows: recipients for campaigns in tests and
 * measurements. Gives their ids; the mail address of the n-th is `<prefix>-<n>@<domain>`.
 */
export async function insertContractRows(
  db: Database,
  count: number,
  options: { prefix: string; domain?: string; planCode?: string },
): Promise<string[]> {
  await addBaseData(db);
  const termsEditionId = await addTermsEdition(db, {
    number: 11,
    title: 'Hasso 利用規約',
    effectiveOn: civilDate('2023-09-28'),
  });
  const ids: string[] = [];
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const some = Array.from({ length: Math.min(ROWS_AT_ONCE, count - from) }, (_, n) =>
      rowsOf(from + n, termsEditionId, options),
    );
    await db.transaction(async (tx) => {
      await tx.insert(applications).values(some.map(({ application }) => application));
      await tx.insert(customers).values(some.map(({ customer }) => customer));
      await tx.insert(contracts).values(some.map(({ contract }) => contract));
      await tx.insert(contacts).values(some.map(({ contact }) => contact));
    });
    ids.push(...some.map(({ contract }) => contract.id));
  }
  return ids;
}

function rowsOf(
  n: number,
  termsEditionId: string,
  options: { prefix: string; domain?: string; planCode?: string },
) {
  const { prefix, domain = 'recipients.example', planCode = 'standard' } = options;
  const [applicationId, customerId, contractId] = [randomUUID(), randomUUID(), randomUUID()];
  const number = `${prefix}-${n}`;
  const person = {
    name: `宛先 第${n}`,
    kana: 'アテサキ',
    email: `${number}@${domain}`,
    phone: '03-0000-0000',
  };
  const company = {
    corporateNumber: '',
    postalCode: '100-0001',
    address: ADDRESS,
    phone: '03-0000-0000',
    sandbox: true,
  };
  const companyName = `株式会社宛先${number}`;
  const terms = {
    catalogueVersion: 1,
    planCode,
    options: [],
    licences: 1,
    communicationPayment: 'postpaid' as const,
    sandbox: true,
  };
  return {
    application: sealRow(applications, applicationId, {
      id: applicationId,
      receiptNumber: `ROW-${number}`,
      submissionKey: randomUUID(),
      status: 'concluded' as const,
      channel: 'web' as const,
      receivedAt: new Date(),
      ...company,
      companyName,
      companyKana: 'アテサキ',
      usePlace: ADDRESS,
      usedInJapanOnly: true,
      representativeName: person.name,
      representativeKana: person.kana,
      contactName: person.name,
      contactKana: person.kana,
      contactEmail: person.email,
      contactPhone: person.phone,
      contractKind: 'annual' as const,
      ...terms,
    }),
    customer: sealRow(customers, customerId, {
      id: customerId,
      ...company,
      name: companyName,
      kana: 'アテサキ',
    }),
    contract: {
      id: contractId,
      contractNumber: `ROW-${number}`,
      companyId: `ROW-C-${number}`,
      customerId,
      applicationId,
      kind: 'annual' as const,
      concludedOn: civilDate('2026-03-15'),
      firstDay: civilDate('2026-04-01'),
      termsEditionId,
      ...terms,
    },
    contact: sealRow(contacts, applicationId, { contractId, ...person }),
  };
}
