import { randomUUID } from 'node:crypto';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Transaction } from '../../client.ts';
import { credits } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { lockPayments } from './lock.ts';
import { creditOf, postAllocations } from './post.ts';
import { openPapers } from './receivable.ts';

const CLAUSE = '第6条2項';

interface Credited {
  payer: string;
  sandbox: boolean;
  staffId: string;
  commandId: string;
  today: CivilDate;
}

/** Applies a payer's credit to an open paper of its own (前受金, 第6条2項): as much as there is of both. */
export async function applyCredit(tx: Transaction, input: Credited & { paperId: string }): Promise<Answer> {
  const { payer, sandbox, paperId, staffId, commandId, today } = input;
  await lockPayments(tx, 'posts');
  const [paper] = await openPapers(tx, { sandbox, paperIds: [paperId] });
  if (paper === undefined || paper.payer !== payer) {
    return refuse(
      'stale',
      'この請求書は、この支払者の未払いではありません。画面を読み込み直してください。',
      CLAUSE,
    );
  }
  const amountYen = Math.min(await creditOf(tx, { payer, sandbox }), paper.openYen);
  if (amountYen <= 0) return refuse('ruleRefuses', '前受金がありません。', CLAUSE);
  const made = { on: today, madeBy: staffId, commandId };
  const allocationId = randomUUID();
  await postAllocations(tx, [{ ...made, id: allocationId, paperId, amountYen }], commandId);
  await tx
    .insert(credits)
    .values({ ...made, payer, sandbox, kind: 'applied', amountYen: -amountYen, allocationId });
  await recordCarriedOut(tx, {
    ...{ actor: staffId, action: 'credit.applied', subjectType: 'contract', subjectId: paper.contractId },
    ...{ after: { number: paper.number, amountYen }, commandId },
  });
  return { ok: true };
}
