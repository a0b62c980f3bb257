import { and, eq, inArray } from 'drizzle-orm';
import type { CertificatePayload } from '../../../templates/certificate.ts';
import type { Executor } from '../../client.ts';
import { certificates } from '../../schema/index.ts';

/** A field of the certificate, as `customer.address`; '' where a revision does not state it. */
export interface RevisionDifference {
  field: string;
  before: string;
  after: string;
}

/** What every revision has anew: its own number, date and verification page. */
const OWN = new Set(['certificateNumber', 'revision', 'issuedOn', 'verification.url']);

/** What two revisions of a contract's certificate state differently. Null when one of them does not exist, or is deleted. */
export async function compareRevisions(
  db: Executor,
  input: { contractId: string; from: number; to: number },
): Promise<RevisionDifference[] | null> {
  const { contractId, from, to } = input;
  const rows = await db
    .select({ revision: certificates.revision, payload: certificates.payload })
    .from(certificates)
    .where(and(eq(certificates.contractId, contractId), inArray(certificates.revision, [from, to])));
  const payloadOf = (revision: number) => rows.find((row) => row.revision === revision)?.payload;
  const [before, after] = [payloadOf(from), payloadOf(to)];
  // What a revision stated goes with the customer (第22条6項); its row stays.
  if (before === undefined || before === '' || after === undefined || after === '') return null;
  const parse = (payload: string) => flat(JSON.parse(payload) as CertificatePayload);
  return differences(parse(before), parse(after));
}

function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): RevisionDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((field) => !OWN.has(field) && before.get(field) !== after.get(field))
    .map((field) => ({ field, before: before.get(field) ?? '', after: after.get(field) ?? '' }));
}

/** Lists are one field each: a number more is a change of the list. */
function flat(value: object, path = ''): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [name, part] of Object.entries(value)) {
    const field = `${path}${name}`;
    if (Array.isArray(part)) fields.set(field, part.map(itemText).join('、'));
    else if (typeof part === 'object' && part !== null) {
      for (const [inner, text] of flat(part, `${field}.`)) fields.set(inner, text);
    } else fields.set(field, String(part));
  }
  return fields;
}

function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  return Object.values(item).join(' × ');
}
