import { and, eq, isNull } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { type CivilDate, compareDates } from '../../../domain/calendar/civil-date.ts';
import type { Transaction } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { dunningHolds, dunnings } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { lockPayments } from '../payment/lock.ts';
import { tellDunnings } from './tell.ts';

interface By {
  paperId: string;
  staffId: string;
  commandId: string;
  today: CivilDate;
}

const OVER = refuse('stale', 'この督促は終わっています。画面を読み込み直してください。', '第10条2項④');

/** Stops the dunning of a paper (第10条2項④): a dispute, whose days do not count, or a pause. One of each at a time. */
export async function holdDunning(
  tx: Transaction,
  input: By & { kind: 'dispute' | 'pause'; from: CivilDate; reason: string },
): Promise<Answer> {
  const { paperId, kind, from, reason, staffId, commandId } = input;
  await lockPayments(tx, 'posts');
  const [row] = await tx.select().from(dunnings).where(eq(dunnings.id, paperId)).for('update');
  if (row === undefined || row.status !== 'running') return OVER;
  const standing = await tx.$count(
    dunningHolds,
    and(eq(dunningHolds.paperId, paperId), eq(dunningHolds.kind, kind), isNull(dunningHolds.to)),
  );
  if (standing > 0) return refuse('wrongState', 'すでに止められています。', '第10条2項④');
  const owner = await ownerOf(tx, { subjectType: 'contract', subjectId: row.contractId });
  await tx
    .insert(dunningHolds)
    .values(sealRow(dunningHolds, owner, { paperId, kind, from, reason, enteredBy: staffId }));
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'dunning.held', subjectType: 'dunning', subjectId: paperId, commandId },
    after: { kind, from },
  });
  return { ok: true };
}

/** Lets it go on from the next day: the hold's last day is today. */
export async function releaseDunning(tx: Transaction, input: By & { holdId: string }): Promise<Answer> {
  const { paperId, holdId, staffId, commandId, today } = input;
  await lockPayments(tx, 'posts');
  const [hold] = await tx
    .select()
    .from(dunningHolds)
    .where(and(eq(dunningHolds.id, holdId), eq(dunningHolds.paperId, paperId), isNull(dunningHolds.to)))
    .for('update');
  if (hold === undefined) return refuse('stale', 'すでに再開されています。', '第10条2項④');
  const to = compareDates(today, hold.from) < 0 ? hold.from : today;
  await tx.update(dunningHolds).set({ to, endedBy: staffId }).where(eq(dunningHolds.id, holdId));
  await tellDunnings(tx, [paperId], commandId);
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'dunning.released', subjectType: 'dunning', subjectId: paperId, commandId },
    after: { kind: hold.kind, to },
  });
  return { ok: true };
}
