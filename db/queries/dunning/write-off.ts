import { eq } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Transaction } from '../../client.ts';
import { dunnings, writeOffs } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { lockPayments } from '../payment/lock.ts';
import { openPapers } from '../payment/receivable.ts';
import { tellDunnings } from './tell.ts';

/** Gives up what is open of a paper (貸倒れ); two people have agreed. Its dunning ends with it. */
export async function writeOff(
  tx: Transaction,
  input: { paperId: string; proposedBy: string; staffId: string; commandId: string; today: CivilDate },
): Promise<Answer> {
  const { paperId, proposedBy, staffId, commandId, today } = input;
  await lockPayments(tx, 'posts');
  const sides = [false, true].map((sandbox) => openPapers(tx, { sandbox, paperIds: [paperId] }));
  const [paper] = (await Promise.all(sides)).flat();
  if (paper === undefined) return refuse('stale', 'この請求書は未払いではなくなっています。', '第6条2項');
  await tx.insert(writeOffs).values({ paperId, on: today, proposedBy, confirmedBy: staffId });
  const [dunned] = await tx.select({ id: dunnings.id }).from(dunnings).where(eq(dunnings.id, paperId));
  if (dunned !== undefined) await tellDunnings(tx, [paperId], commandId);
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'dunning.writtenOff', subjectType: 'contract', commandId },
    ...{ subjectId: paper.contractId, after: { number: paper.number, openYen: paper.openYen } },
  });
  return { ok: true };
}
