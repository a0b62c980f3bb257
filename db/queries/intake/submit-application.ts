import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import type { Channel } from '../../../domain/application/application.ts';
import type { ApplicationInput } from '../../../domain/application/application-input.ts';
import { FORM_ORDER } from '../../../domain/application/form.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { indexForSearch } from '../../personal/search-index.ts';
import { agreements, applicationDocuments, applications, officers } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { nextNumber } from '../counter/next.ts';
import { insertOfficers } from '../officers/write.ts';

export interface NewApplication {
  /** From the form; a second submit with the same key is the same application. */
  submissionKey: string;
  channel: Channel;
  receivedAt: Date;
  /** Staff id where staff typed it in. */
  enteredBy: string | null;
  sandbox: boolean;
  catalogueVersion: number;
  input: ApplicationInput;
  /** The edition agreed to (第4条1項) and how: the tick in the form, or the paper. Null where the paper lacks it. */
  agreement: { termsEditionId: string; how: 'form' | 'paper' } | null;
  /** Stored files that came with it: the scan of a paper, a mail and its attachments. */
  documents: readonly {
    fileName: string;
    contentType: string;
    key: string;
    sha256: string;
    bytes: number;
  }[];
}

export interface Receipt {
  applicationId: string;
  receiptNumber: string;
  sandbox: boolean;
  /** False for a repeat of an earlier submit. */
  created: boolean;
  /** Whether what was submitted is what is stored: not so for a form that was sent again with other content. */
  same: boolean;
}

/**
 * Writes an application with its officers, agreement, files and audit entry, once for each submission key (第4条2項). What comes
 * under the same key with other content is not stored, and not `same`: whoever sent it is to be asked.
 */
export async function submitApplication(db: Database, submitted: NewApplication): Promise<Receipt> {
  return db.transaction(async (tx) => {
    // Two submits of one form at the same moment: the second waits here and then finds the first's row.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${submitted.submissionKey}, 0))`);
    const earlier = await findBySubmission(tx, submitted.submissionKey);
    if (earlier !== undefined) {
      const { input, ...receipt } = earlier;
      return { ...receipt, created: false, same: isSame(input, submitted.input) };
    }
    const receiptNumber = await nextReceiptNumber(tx, submitted);
    const applicationId = randomUUID();
    await tx.insert(applications).values(
      sealRow(applications, applicationId, {
        ...submitted.input,
        ...contractChoice(submitted.input),
        id: applicationId,
        receiptNumber,
        submissionKey: submitted.submissionKey,
        channel: submitted.channel,
        receivedAt: submitted.receivedAt,
        enteredBy: submitted.enteredBy,
        sandbox: submitted.sandbox,
        catalogueVersion: submitted.catalogueVersion,
      }),
    );
    await writeOfficers(tx, applicationId, submitted.input);
    await indexApplications(tx, [{ ...submitted.input, id: applicationId, receiptNumber }]);
    const { agreement, documents } = submitted;
    if (agreement !== null) {
      await tx.insert(agreements).values({ ...agreement, applicationId, agreedAt: submitted.receivedAt });
    }
    const actor = submitted.enteredBy ?? 'applicant';
    if (documents.length > 0) {
      await tx.insert(applicationDocuments).values(
        documents.map(({ key, sha256, bytes, fileName, contentType }) =>
          sealRow(applicationDocuments, applicationId, {
            ...{ sha256, bytes, fileName, contentType },
            storageKey: key,
            applicationId,
            addedBy: actor,
          }),
        ),
      );
    }
    await recordAudit(tx, {
      actor,
      action: submitted.enteredBy === null ? 'application.received' : 'application.entered',
      subjectType: 'application',
      subjectId: applicationId,
      after: { channel: submitted.channel, receiptNumber, sandbox: submitted.sandbox },
      commandId: submitted.submissionKey,
    });
    return { applicationId, receiptNumber, sandbox: submitted.sandbox, created: true, same: true };
  });
}

/** The two choices as the columns hold them. Throws where the form let something else through. */
export function contractChoice(
  input: ApplicationInput,
): Pick<typeof applications.$inferSelect, 'contractKind' | 'communicationPayment'> {
  const { contractKind, communicationPayment } = input;
  if (contractKind !== 'annual' && contractKind !== 'monthly')
    throw new Error('The contract kind is not one.');
  if (communicationPayment !== 'prepaid' && communicationPayment !== 'postpaid') {
    throw new Error('The way to pay for communication is not one.');
  }
  return { contractKind, communicationPayment };
}

async function findBySubmission(tx: Transaction, submissionKey: string) {
  const [row] = await tx.select().from(applications).where(eq(applications.submissionKey, submissionKey));
  if (row === undefined) return undefined;
  const { id: applicationId, receiptNumber, sandbox } = row;
  return { applicationId, receiptNumber, sandbox, input: row };
}

/** Whether two say the same in every field of the form; a row has more. */
function isSame(stored: ApplicationInput, input: ApplicationInput): boolean {
  return FORM_ORDER.every((field) => isDeepStrictEqual(stored[field], input[field]));
}

async function nextReceiptNumber(tx: Transaction, submitted: NewApplication): Promise<string> {
  const prefix = submitted.sandbox ? 'T' : 'R';
  const year = jstDate(submitted.receivedAt.getTime()).slice(0, 4);
  const number = await nextNumber(tx, `receipt/${prefix}/${year}`);
  return `${prefix}-${year}-${String(number).padStart(6, '0')}`;
}

/** Replaces the officers of an application by the representative and those named in the text (第4条4項③). */
export async function writeOfficers(
  tx: Transaction,
  applicationId: string,
  input: ApplicationInput,
): Promise<void> {
  await tx.delete(officers).where(eq(officers.applicationId, applicationId));
  await insertOfficers(tx, { applicationId, changeId: null }, input);
}

/** What applications are found by. Call after every write to one of these fields. */
export async function indexApplications(
  tx: Transaction,
  rows: readonly (Pick<
    ApplicationInput,
    | 'corporateNumber'
    | 'companyName'
    | 'companyKana'
    | 'phone'
    | 'representativeName'
    | 'representativeKana'
    | 'contactName'
    | 'contactKana'
    | 'contactEmail'
    | 'contactPhone'
  > & { id: string; receiptNumber: string })[],
): Promise<void> {
  await indexForSearch(
    tx,
    'application',
    rows.map((row) => ({
      subjectId: row.id,
      texts: [
        ...[row.receiptNumber, row.corporateNumber, row.companyName, row.companyKana, row.phone],
        ...[row.representativeName, row.representativeKana],
        ...[row.contactName, row.contactKana, row.contactEmail, row.contactPhone],
      ],
    })),
  );
}
