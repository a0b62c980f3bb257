import { and, asc, inArray, ne } from 'drizzle-orm';
import { endOfDayJst, jstInstant } from '../../../domain/calendar/civil-date.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import type { Exception } from '../../../domain/watch/contracts.ts';
import { WATCH_RULES } from '../../../domain/watch/rules.ts';
import type { Executor } from '../../client.ts';
import { proposals } from '../../schema/index.ts';
import type { ProposalRow } from '../proposal/find.ts';

/** What was recorded about one contract beforehand: its exceptions and its own thresholds. */
export interface WatchTerms {
  exceptions: Exception[];
  policy: Record<string, number>;
}

export type WatchTermRow = ProposalRow & {
  proposed: Extract<Proposed, { kind: 'watchException' | 'watchPolicy' }>;
};

/** The exceptions and thresholds of contracts that were asked for and not turned down, the oldest first. */
export async function watchTermRows(db: Executor, contractIds: readonly string[]): Promise<WatchTermRow[]> {
  const rows = await db
    .select()
    .from(proposals)
    .where(
      and(
        inArray(proposals.contractId, [...contractIds]),
        inArray(proposals.kind, ['watchException', 'watchPolicy']),
        ne(proposals.status, 'rejected'),
      ),
    )
    .orderBy(asc(proposals.createdAt), asc(proposals.id));
  return rows.flatMap(({ proposed, ...row }) =>
    proposed.kind === 'watchException' || proposed.kind === 'watchPolicy' ? [{ ...row, proposed }] : [],
  );
}

/**
 * Since when an exception is known: of ㉔ the customer's notice is enough, which whoever enters it has; of the others a second
 * person agrees. Null: it does not count yet.
 */
export function knownAt({ proposed, status, createdAt, decidedAt }: WatchTermRow): Date | null {
  const byNotice = proposed.kind === 'watchException' && WATCH_RULES[proposed.rule].clause === '18-24';
  if (byNotice) return createdAt;
  return status === 'confirmed' ? decidedAt : null;
}

/** The terms in force by contract; the latest threshold of a kind counts. */
export async function watchTerms(
  db: Executor,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, WatchTerms>> {
  const terms = new Map<string, WatchTerms>();
  for (const row of await watchTermRows(db, contractIds)) {
    const { proposed } = row;
    const known = knownAt(row);
    if (known === null) continue;
    const own = terms.get(proposed.contractId) ?? { exceptions: [], policy: {} };
    terms.set(proposed.contractId, own);
    if (proposed.kind === 'watchException') {
      const { rule, from, to, allow } = proposed;
      const days = { fromMs: jstInstant(from), toMs: endOfDayJst(to) };
      own.exceptions.push({ rule, knownMs: known.getTime(), ...days, allow });
    } else if (proposed.value === null) delete own.policy[proposed.key];
    else own.policy[proposed.key] = proposed.value;
  }
  return terms;
}
