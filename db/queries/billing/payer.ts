import { and, asc, desc, eq, inArray, or } from 'drizzle-orm';
import type { ContractStatus } from '../../../domain/period/contract.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, papers } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { contractsOfPartner, findPartner } from '../partner/read.ts';
import { type ShownPaper, shownPapers } from './read.ts';

/** A customer or a partner whose papers are looked at together. */
export interface Payer {
  id: string;
  kind: 'customer' | 'partner';
  name: string;
  contracts: {
    id: string;
    customerName: string;
    status: ContractStatus;
    sandbox: boolean;
    /** How far its test clock runs ahead. */
    clockOffsetMs: number;
  }[];
}

/** A payer with its contracts; null where the id is of neither. */
export async function findPayer(db: Executor, id: string): Promise<Payer | null> {
  const partner = await findPartner(db, id);
  const through = partner === null ? [] : await contractsOfPartner(db, id);
  const rows = await db
    .select({
      ...{ id: contracts.id, customerName, status: contracts.status },
      ...{ sandbox: contracts.sandbox, clockOffsetMs: contracts.clockOffsetMs },
    })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(
      partner === null
        ? eq(customers.id, id)
        : inArray(
            contracts.id,
            through.map(({ contractId }) => contractId),
          ),
    )
    .orderBy(asc(contracts.createdAt), asc(contracts.id));
  if (partner !== null) return { id, kind: 'partner', name: partner.details.name, contracts: rows };
  const [first] = rows;
  if (first !== undefined) return { id, kind: 'customer', name: first.customerName, contracts: rows };
  // Whoever papers name as their payer is one, registered or not.
  const pays = await db.$count(papers, eq(papers.payer, id));
  return pays === 0 ? null : { id, kind: 'partner', name: `パートナー ${id}`, contracts: [] };
}

/**
 * Papers of a payer, the newest first, drafts too: of a customer all of its contracts, whoever pays them; of a partner those that it
 * pays, gets or hands over.
 */
export async function papersOfPayer(
  db: Executor,
  query: { payer: Payer; sandbox: boolean; limit: number; offset: number },
): Promise<{ rows: ShownPaper[]; count: number }> {
  const { payer, sandbox, limit, offset } = query;
  const own =
    payer.kind === 'partner'
      ? or(eq(papers.payer, payer.id), eq(papers.recipient, payer.id), eq(papers.deliveredBy, payer.id))
      : inArray(
          papers.contractId,
          payer.contracts.map(({ id }) => id),
        );
  const where = and(own, eq(papers.sandbox, sandbox), inArray(papers.status, ['draft', 'issued']));
  const rows = await shownPapers(db, where)
    .orderBy(desc(papers.issuedOn), desc(papers.number), papers.id)
    .limit(limit)
    .offset(offset);
  return { rows, count: await db.$count(papers, where) };
}
