import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { type BaseDateFound, baseDateBalance } from '../../../domain/billing/base-date.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Corporation } from '../../../domain/corporation/registry.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, prepaidLedger, registryAnswers } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';

export interface BalanceRow {
  contractId: string;
  contractNumber: string;
  customerName: string;
  /** By the tax agency's registry; null while it is not known. */
  legalKind: string | null;
  balanceYen: number;
}

/** The unused balances of a base date, contract by contract, and what they come to (資金決済法). Throws for another day. */
export async function readBaseDate(
  db: Executor,
  query: { on: CivilDate; sandbox: boolean; exemptKinds: readonly string[] },
): Promise<{ found: BaseDateFound; steps: readonly { text: string }[]; rows: BalanceRow[] }> {
  const { on, sandbox, exemptKinds } = query;
  const rows = await db
    .select({
      ...{ contractId: contracts.id, contractNumber: contracts.contractNumber, customerName },
      record: registryAnswers.record,
      balanceYen: sql<number>`sum(${prepaidLedger.amountYen})`.mapWith(Number),
    })
    .from(prepaidLedger)
    .innerJoin(contracts, eq(contracts.id, prepaidLedger.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .leftJoin(
      registryAnswers,
      and(eq(registryAnswers.registry, 'corporation'), eq(registryAnswers.number, customers.corporateNumber)),
    )
    .where(and(eq(contracts.sandbox, sandbox), lte(prepaidLedger.on, on)))
    .groupBy(contracts.id, customers.id, registryAnswers.registry, registryAnswers.number)
    .orderBy(asc(contracts.contractNumber));
  const balances = rows.map(({ record, ...row }) => ({ ...row, legalKind: kindOf(record) }));
  const facts = balances.map(({ legalKind, balanceYen: amountYen }) => ({
    legalKind,
    entries: [{ on, amountYen }],
  }));
  const { value: found, steps } = baseDateBalance(on, facts, exemptKinds);
  return { found, steps, rows: balances.filter(({ balanceYen }) => balanceYen !== 0) };
}

const kindOf = (record: Corporation | object | null): string | null =>
  record !== null && 'kind' in record && typeof record.kind === 'string' ? record.kind : null;
