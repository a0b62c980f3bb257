import { asc, eq } from 'drizzle-orm';
import type { PrepaidTaxPoint } from '../../../domain/billing/billing-policy.ts';
import {
  balanceOf,
  book,
  EMPTY_LEDGER,
  type PrepaidEntry,
  type PrepaidEvent,
  type PrepaidLedger,
  type PrepaidOutcome,
} from '../../../domain/billing/prepaid.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Executor, Transaction } from '../../client.ts';
import { contracts, prepaidLedger, prepaidUsage } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export type LedgerRow = typeof prepaidLedger.$inferSelect;

/** The entries of a contract in the order in which they were booked. */
export function readLedger(db: Executor, contractId: string): Promise<LedgerRow[]> {
  return db
    .select()
    .from(prepaidLedger)
    .where(eq(prepaidLedger.contractId, contractId))
    .orderBy(asc(prepaidLedger.position));
}

/**
 * Books one event to a contract's ledger by the rules (第6条5項), once for its key; the balance of the contract follows. What the
 * rules refuse changes nothing, and is the answer.
 */
export async function bookPrepaid(
  tx: Transaction,
  input: {
    contractId: string;
    event: PrepaidEvent;
    taxPoint: PrepaidTaxPoint;
    actor: string;
    businessAt: Date;
  },
): Promise<{ outcome: PrepaidOutcome; bookedYen: number; uncoveredYen: number }> {
  const { contractId, event, taxPoint, actor, businessAt } = input;
  const [contract] = await tx
    .select({ balanceYen: contracts.prepaidBalanceYen })
    .from(contracts)
    .where(eq(contracts.id, contractId))
    .for('update');
  if (contract === undefined) throw new Error(`contract ${contractId} does not exist`);
  const { balanceYen: knownYen } = contract;
  const before = await ledgerOf(tx, { contractId, balanceYen: knownYen, on: event.on, businessAt });
  const { ledger, outcome } = book(before, event, taxPoint);
  const entry = outcome === 'booked' ? ledger.entries.slice(before.entries.length)[0] : undefined;
  const uncoveredYen = ledger.uncoveredYen - before.uncoveredYen;
  if (entry === undefined) return { outcome, bookedYen: 0, uncoveredYen };
  const { key, kind, on, amountYen, balanceYen } = entry;
  const about = event.kind === 'reversal' ? event.of : null;
  await tx.insert(prepaidLedger).values({ contractId, key, kind, about, on, amountYen, businessAt });
  await tx
    .update(contracts)
    .set({ prepaidBalanceYen: balanceYen, updatedAt: new Date() })
    .where(eq(contracts.id, contractId));
  await recordAudit(tx, {
    ...{ actor, subjectType: 'contract', subjectId: contractId, businessAt },
    action: AUDIT[kind],
    before: { balanceYen: balanceOf(before) },
    after: { balanceYen },
  });
  return { outcome, bookedYen: amountYen, uncoveredYen };
}

const AUDIT = {
  topUp: 'prepaid.credited',
  usage: 'prepaid.used',
  reversal: 'prepaid.reversed',
  forfeiture: 'prepaid.forfeited',
  refund: 'prepaid.refunded',
} as const satisfies Record<PrepaidEntry['kind'], AuditAction>;

/** The ledger as the rules know it. A balance from before the ledger is a first entry, which nobody can reverse. */
async function ledgerOf(
  tx: Transaction,
  known: { contractId: string; balanceYen: number; on: PrepaidEvent['on']; businessAt: Date },
): Promise<PrepaidLedger> {
  const { contractId, balanceYen, on, businessAt } = known;
  const rows = await readLedger(tx, contractId);
  const unknownYen = balanceYen - rows.reduce((sum, { amountYen }) => sum + amountYen, 0);
  if (unknownYen !== 0) {
    const opening = { key: `opening/${contractId}`, kind: 'opening' as const, amountYen: unknownYen };
    const [row] = await tx
      .insert(prepaidLedger)
      .values({ ...opening, contractId, on, businessAt })
      .returning();
    if (row !== undefined) rows.unshift(row);
  }
  const used = await tx.select().from(prepaidUsage).where(eq(prepaidUsage.contractId, contractId));
  let sum = 0;
  const entries = rows.map((row): PrepaidEntry => {
    sum += row.amountYen;
    const kind = row.kind === 'opening' ? 'topUp' : row.kind;
    return { key: row.key, kind, on: row.on, amountYen: row.amountYen, balanceYen: sum };
  });
  const seen: [string, PrepaidEvent][] = [
    ...rows.map((row): [string, PrepaidEvent] => [row.key, eventOf(row)]),
    ...used.map(({ key, usedOn, netYen }): [string, PrepaidEvent] => [
      key,
      { key, on: usedOn, kind: 'usage', netYen },
    ]),
  ];
  return {
    ...EMPTY_LEDGER,
    entries,
    seen: Object.fromEntries(seen),
    reversed: rows.flatMap(({ about }) => about ?? []),
    ended: rows.some(({ kind }) => kind === 'forfeiture' || kind === 'refund'),
  };
}

function eventOf({ key, on, kind, amountYen, about }: LedgerRow): PrepaidEvent {
  switch (kind) {
    case 'opening':
    case 'topUp':
      return { key, on, kind: 'topUp', amountYen };
    case 'usage':
      return { key, on, kind, netYen: String(-amountYen) };
    case 'reversal':
      return { key, on, kind, of: about ?? '' };
    case 'forfeiture':
    case 'refund':
      return { key, on, kind };
  }
}
