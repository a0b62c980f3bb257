import { and, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { CUSTOMER_TABLES, type RowLink } from '../../../domain/data-map/index.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, deletions } from '../../schema/index.ts';

/** Whose rows are meant. */
export interface RowSubject {
  /** Null for an application that became no contract. */
  contractId: string | null;
  applicationId: string;
  /** Null while another contract of the same customer still has its data. */
  customerId: string | null;
  /** The public number; null like `customerId`, or when it was deleted already. */
  corporateNumber: string | null;
}

/** Whose rows the deletion after a contract is about. */
export interface DeletionSubject extends RowSubject {
  contractId: string;
  sandbox: boolean;
}

/** An application without a contract. What the registry answered about its number is public, and goes by itself. */
export const applicationSubject = (applicationId: string): RowSubject => ({
  contractId: null,
  applicationId,
  customerId: null,
  corporateNumber: null,
});

/** The subject of a contract's deletion, or null when there is no such contract. */
export async function deletionSubject(db: Executor, contractId: string): Promise<DeletionSubject | null> {
  const [row] = await db
    .select({
      applicationId: contracts.applicationId,
      customerId: contracts.customerId,
      sandbox: contracts.sandbox,
      corporateNumber: customers.corporateNumber,
    })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(contracts.id, contractId));
  if (row === undefined) return null;
  const [other] = await db
    .select({ id: contracts.id })
    .from(contracts)
    .leftJoin(deletions, eq(deletions.contractId, contracts.id))
    .where(
      and(
        eq(contracts.customerId, row.customerId),
        ne(contracts.id, contractId),
        or(isNull(deletions.contractId), isNull(deletions.deletedOn)),
      ),
    )
    .limit(1);
  const last = other === undefined;
  return {
    contractId,
    applicationId: row.applicationId,
    customerId: last ? row.customerId : null,
    corporateNumber: last && row.corporateNumber !== '' ? row.corporateNumber : null,
    sandbox: row.sandbox,
  };
}

/** Whose keys go with the deletion: the application's with its contract, and the customer's with the last contract. */
export const keyOwners = ({ applicationId, customerId }: RowSubject): string[] =>
  customerId === null ? [applicationId] : [applicationId, customerId];

/** Tables whose rows tasks, decisions and mails can be about, by the name that those use. */
const SUBJECT_TABLES: Readonly<Record<string, string>> = {
  suspension: 'suspensions',
  dataRequest: 'data_requests',
};

/** The condition for the rows of a subject in a table; null for a table without rows of a customer. */
export function ownRows(of: RowLink, subject: RowSubject): SQL | null {
  if (of === 'none') return null;
  if (of === 'subject') return bySubject(subject);
  const [by, ...rest] = of.split(':');
  const column = sql.identifier(rest.at(-1) ?? '');
  switch (by) {
    case 'contract':
      return subject.contractId === null ? sql`false` : sql`${column} = ${subject.contractId}::uuid`;
    case 'application':
      return sql`${column} = ${subject.applicationId}::uuid`;
    case 'customer':
      return subject.customerId === null ? sql`false` : sql`${column} = ${subject.customerId}::uuid`;
    case 'key':
      return sql`${column} in (${sql.join(
        keyOwners(subject).map((owner) => sql`${owner}::uuid`),
        sql`, `,
      )})`;
    case 'corporation':
      return subject.corporateNumber === null ? sql`false` : sql`${column} = ${subject.corporateNumber}`;
    default:
      return via(rest[0] ?? '', column, subject);
  }
}

function bySubject(subject: RowSubject): SQL {
  const pairs = [sql`(subject_type = 'application' and subject_id = ${subject.applicationId}::uuid)`];
  if (subject.contractId !== null) {
    pairs.push(sql`(subject_type = 'contract' and subject_id = ${subject.contractId}::uuid)`);
  }
  for (const [type, table] of Object.entries(SUBJECT_TABLES)) {
    const { of = 'none' } = CUSTOMER_TABLES[table] ?? {};
    const own = of === 'subject' ? null : ownRows(of, subject);
    if (own === null) continue;
    pairs.push(
      sql`(subject_type = ${type} and subject_id in (select id from ${sql.identifier(table)} where ${own}))`,
    );
  }
  return sql`(${sql.join(pairs, sql` or `)})`;
}

/** Findings are of an application or of a contract; a decision about one names its id only. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = { findings: ['findings', 'contract_findings'] };

function via(table: string, column: SQL | ReturnType<typeof sql.identifier>, subject: RowSubject): SQL {
  const parents = (TOGETHER[table] ?? [table]).flatMap((name) => {
    const own = ownRows(CUSTOMER_TABLES[name]?.of ?? 'none', subject);
    return own === null ? [] : [sql`${column} in (select id from ${sql.identifier(name)} where ${own})`];
  });
  return sql`(${sql.join(parents, sql` or `)})`;
}
