import { asc, eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import {
  applicationDocuments,
  applications,
  certificates,
  contacts,
  contracts,
  customers,
  officers,
  requests,
} from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { readSentMails } from './sent-mails.ts';

/** A file of an export, by its key in the storage. */
export interface ExportedFile {
  name: string;
  storageKey: string;
}

/** What is handed out: plain data, and the files that go with it. */
export interface DataExport {
  data: Record<string, unknown>;
  files: ExportedFile[];
}

/**
 * The data of one person, or all that a customer entrusted (第19条6項, 第20条). What the operator found and thought about the
 * customer (screening, findings, decisions, notes of staff) is not in it; nor, in one person's, anything about another.
 */
export async function gatherDataExport(
  db: Database,
  of: { contractId: string; personName: string | null },
): Promise<DataExport> {
  const [row] = await db
    .select({ contract: contracts, customer: customers, application: applications })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(applications, eq(applications.id, contracts.applicationId))
    .where(eq(contracts.id, of.contractId));
  if (row === undefined) throw new Error(`contract ${of.contractId} does not exist`);
  const { application, contract } = row;
  const [contactRows, officerRows, mails] = await Promise.all([
    db.select().from(contacts).where(eq(contacts.contractId, contract.id)).orderBy(asc(contacts.createdAt)),
    db.select().from(officers).where(eq(officers.applicationId, application.id)),
    readSentMails(db, { contractId: contract.id, applicationId: application.id }),
  ]);
  const people = { contactRows, officerRows, application, mails };
  if (of.personName !== null) return { data: personData(of.personName, people), files: [] };
  const [documents, requestRows, certificateRows] = await Promise.all([
    db.select().from(applicationDocuments).where(eq(applicationDocuments.applicationId, application.id)),
    db.select().from(requests).where(eq(requests.contractId, contract.id)).orderBy(asc(requests.createdAt)),
    db.select().from(certificates).where(eq(certificates.contractId, contract.id)),
  ]);
  const data = {
    契約者: pick(row.customer, ['name', 'kana', 'corporateNumber', 'postalCode', 'address', 'phone']),
    契約: pick(contract, [
      'contractNumber',
      'companyId',
      'kind',
      'status',
      'concludedOn',
      'firstDay',
      'endsOn',
      'planCode',
      'options',
      'licences',
      'phoneNumbers',
      'communicationPayment',
      'partnerName',
    ]),
    登録された連絡先: contactRows.map((contact) => pick(contact, CONTACT_FIELDS)),
    申込: pick(application, APPLICATION_FIELDS),
    役員: officerRows.map((officer) => pick(officer, OFFICER_FIELDS)),
    変更と解約の申込: requestRows.map((request) =>
      pick(request, ['kind', 'channel', 'arrivedAt', 'wishedOn', 'requested', 'computedOn', 'outcome']),
    ),
    メール: mails.map((mail) => pick(mail, MAIL_FIELDS)),
  };
  const files = [
    ...documents.map(({ fileName, storageKey }, index) => ({
      name: `申込の添付書類/${index + 1}_${fileName}`,
      storageKey,
    })),
    ...certificateRows.map(({ revision, storageKey }) => ({
      name: `契約証書/第${revision}版.pdf`,
      storageKey,
    })),
    ...mails.flatMap(({ storageKey }, index) =>
      storageKey === null ? [] : [{ name: `メール/${index + 1}.eml`, storageKey }],
    ),
  ];
  return { data, files };
}

const CONTACT_FIELDS = ['name', 'kana', 'email', 'phone', 'createdAt'] as const;
const OFFICER_FIELDS = ['name', 'kana', 'birthDate', 'title', 'representative'] as const;
const MAIL_FIELDS = ['kind', 'recipient', 'subjectLine', 'businessAt', 'status'] as const;
const REPRESENTATIVE_FIELDS = ['representativeName', 'representativeKana'] as const;
const APPLICANT_FIELDS = ['contactName', 'contactKana', 'contactEmail', 'contactPhone'] as const;
const APPLICATION_FIELDS = [
  'receiptNumber',
  'receivedAt',
  'channel',
  'companyName',
  'companyKana',
  'corporateNumber',
  'postalCode',
  'address',
  'phone',
  'usePlace',
  ...REPRESENTATIVE_FIELDS,
  'officersText',
  ...APPLICANT_FIELDS,
  'secondContractReason',
] as const;

function pick<T extends object, K extends keyof T>(row: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, row[key]])) as Pick<T, K>;
}

/** Names are compared without spaces and widths. */
const folded = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '');

function personData(
  personName: string,
  people: {
    contactRows: (typeof contacts.$inferSelect)[];
    officerRows: (typeof officers.$inferSelect)[];
    application: typeof applications.$inferSelect;
    mails: Awaited<ReturnType<typeof readSentMails>>;
  },
): Record<string, unknown> {
  const { contactRows, officerRows, application, mails } = people;
  const is = (name: string) => folded(name) === folded(personName);
  const own = contactRows.filter(({ name }) => is(name));
  const addresses = [
    ...own.map(({ email }) => email),
    ...(is(application.contactName) ? [application.contactEmail] : []),
  ];
  return {
    氏名: personName,
    登録された連絡先: own.map((contact) => pick(contact, CONTACT_FIELDS)),
    役員: officerRows.filter(({ name }) => is(name)).map((officer) => pick(officer, OFFICER_FIELDS)),
    申込書の代表者: is(application.representativeName) ? pick(application, REPRESENTATIVE_FIELDS) : null,
    申込書の担当者: is(application.contactName) ? pick(application, APPLICANT_FIELDS) : null,
    メール: mails
      .filter(({ recipient }) => addresses.includes(recipient))
      .map((mail) => pick(mail, MAIL_FIELDS)),
  };
}

/** Notes that an export was made, with its digest, before it leaves. */
export async function recordDataExport(
  db: Database,
  input: { dataRequestId: string; actor: string; sha256: string; bytes: number },
): Promise<void> {
  const { dataRequestId, actor, sha256, bytes } = input;
  await recordAudit(db, {
    actor,
    action: 'dataRequest.exported',
    subjectType: 'dataRequest',
    subjectId: dataRequestId,
    after: { sha256, bytes },
  });
}
