import { and, eq, inArray, like, or } from 'drizzle-orm';
import type { PrepaidOutcome } from '../../../domain/billing/prepaid.ts';
import { type CivilDate, jstInstant } from '../../../domain/calendar/civil-date.ts';
import type { Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { contracts, papers, prepaidLedger } from '../../schema/index.ts';
import { openYenOfPaper } from '../payment/receivable.ts';
import { loadPolicies } from '../policy/load.ts';
import { openWatchedTask } from '../task/open.ts';
import { bookPrepaid } from './ledger.ts';

interface PaidTopUp {
  /** The issued bill of the top-up. */
  paperId: string;
  on: CivilDate;
  actor: string;
  businessAt: Date;
}

/**
 * The ledgers follow what was just posted on bills of top-ups (第6条5項): one that is paid is credited, one that is open again is taken
 * back while the balance holds it; what was used stays in the ledger, and the bill is open. In the transaction of the posting.
 */
export async function settleTopUps(
  tx: Transaction,
  posted: readonly { paperId: string; on: CivilDate; madeBy: string }[],
): Promise<void> {
  const last = new Map(posted.map((posting) => [posting.paperId, posting]));
  const bills = await tx
    .select({ id: papers.id, openYen: openYenOfPaper })
    .from(papers)
    .where(and(inArray(papers.id, [...last.keys()]), eq(papers.type, 'topUp')));
  for (const { id: paperId, openYen } of bills) {
    const posting = last.get(paperId);
    if (posting === undefined) continue;
    const { on, madeBy: actor } = posting;
    const told = { paperId, on, actor, businessAt: new Date(jstInstant(on)) };
    const bill = await billOf(tx, paperId);
    if (openYen > 0) await reversePaidTopUp(tx, told, bill);
    else if ((await creditPaidTopUp(tx, told, bill)) === 'ended') await askToPayBack(tx, told, bill);
  }
}

/**
 * Credits the ledger with a top-up whose bill is paid (第6条5項): the amount without tax, once while the credit stands however often it
 * is told. Refused once the contract is over, or its balance was forfeited or refunded.
 */
async function creditPaidTopUp(tx: Transaction, input: PaidTopUp, bill: Bill): Promise<PrepaidOutcome> {
  const { standing, credits } = await creditsOf(tx, bill);
  if (standing !== null) return 'again';
  // A balance of 0 leaves no entry of its end.
  if (bill.contractStatus === 'ended') return 'ended';
  // After a reversal the bill may be paid anew.
  const key = credits === 0 ? bill.about : `${bill.about}/${credits + 1}`;
  return bookFor(tx, input, bill.contractId, { key, on: input.on, kind: 'topUp', amountYen: bill.netYen });
}

/** The contract was over, or its balance forfeited or refunded, before the money came (第10条3項, 第16条): a person gives it back, once for each payment. */
async function askToPayBack(
  tx: Transaction,
  { paperId, on, businessAt }: PaidTopUp,
  { contractId, sandbox }: Bill,
): Promise<void> {
  await openWatchedTask(tx, {
    ...{ taskId: nameUuid(`top-up-after-end/${paperId}/${on}`), kind: 'topUpAfterEnd', involved: [] },
    ...{ subjectType: 'contract', subjectId: contractId, openedAt: businessAt, sandbox },
  });
}

/** Takes a credited top-up back (a cancelled transfer): once, while the balance holds it (第6条5項). */
async function reversePaidTopUp(tx: Transaction, input: PaidTopUp, bill: Bill): Promise<PrepaidOutcome> {
  const { standing, credits } = await creditsOf(tx, bill);
  if (standing === null) return credits === 0 ? 'unknown' : 'again';
  return bookFor(tx, input, bill.contractId, {
    ...{ key: `reversal/${standing}`, on: input.on, kind: 'reversal', of: standing },
  });
}

/** How often a bill was credited, and the key of the credit that nothing took back. */
async function creditsOf(tx: Transaction, { contractId, about }: { contractId: string; about: string }) {
  const rows = await tx
    .select({ key: prepaidLedger.key, kind: prepaidLedger.kind, of: prepaidLedger.about })
    .from(prepaidLedger)
    .where(
      and(
        eq(prepaidLedger.contractId, contractId),
        or(
          ...[eq(prepaidLedger.key, about), like(prepaidLedger.key, `${about}/%`)],
          eq(prepaidLedger.kind, 'reversal'),
        ),
      ),
    );
  const reversed = new Set(rows.map(({ of }) => of));
  const credited = rows.filter(({ kind }) => kind === 'topUp');
  const standing = credited.find(({ key }) => !reversed.has(key))?.key ?? null;
  return { standing, credits: credited.length };
}

async function bookFor(
  tx: Transaction,
  { actor, businessAt }: PaidTopUp,
  contractId: string,
  event: Parameters<typeof bookPrepaid>[1]['event'],
): Promise<PrepaidOutcome> {
  const { 'prepaid.taxPoint': taxPoint } = await loadPolicies(tx);
  const { outcome } = await bookPrepaid(tx, { contractId, event, taxPoint, actor, businessAt });
  return outcome;
}

type Bill = Awaited<ReturnType<typeof billOf>>;

async function billOf(tx: Transaction, paperId: string) {
  const [bill] = await tx.select().from(papers).where(eq(papers.id, paperId));
  if (bill === undefined || bill.type !== 'topUp' || bill.status !== 'issued') {
    throw new Error(`paper ${paperId} is no issued bill of a top-up`);
  }
  // Two at once wait for each other: the second sees what the first booked.
  const [contract] = await tx
    .select({ status: contracts.status })
    .from(contracts)
    .where(eq(contracts.id, bill.contractId))
    .for('update');
  return { ...bill, contractStatus: contract?.status };
}
