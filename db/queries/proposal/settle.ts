import { eq } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { decisionRefusal, involved } from '../../../domain/desk/decide.ts';
import type { Executor } from '../../client.ts';
import { proposals } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { closeTask } from '../task/close.ts';
import { taskKindOf, taskOfProposal } from './propose.ts';

export interface SettleProposal {
  proposalId: string;
  verdict: 'confirm' | 'reject';
  commandId: string;
  staffId: string;
  at: Date;
}

const STALE = refuse('stale', 'この操作は、画面を開いたあとに判断されました。読み込み直してください。');

/**
 * The second person's word on a proposal, in the transaction that stores the decision; `effect` does what was proposed. What it
 * refuses leaves the proposal waiting: it can still be rejected.
 */
export async function settleProposal(
  tx: Executor,
  input: SettleProposal,
  effect: () => Promise<Answer>,
): Promise<Answer> {
  const { proposalId, verdict, commandId, staffId, at } = input;
  const [row] = await tx.select().from(proposals).where(eq(proposals.id, proposalId)).for('update');
  if (row === undefined || row.status !== 'waiting') return STALE;
  const taskId = taskOfProposal(proposalId);
  const open = {
    taskId,
    kind: taskKindOf(row.kind),
    involved: involved(['proposed', row.proposedBy]),
  };
  const refusal = decisionRefusal(open, { staffId, roles: null, taskId: null });
  if (refusal !== null) return refusal;
  const done = await effect();
  if (!done.ok) return done;
  const status = verdict === 'confirm' ? 'confirmed' : 'rejected';
  await tx
    .update(proposals)
    .set({ status, decidedBy: staffId, decidedAt: at })
    .where(eq(proposals.id, proposalId));
  await closeTask(tx, taskId, 'done');
  await recordAudit(tx, {
    actor: staffId,
    action: status === 'confirmed' ? 'proposal.confirmed' : 'proposal.rejected',
    ...{ subjectType: 'proposal', subjectId: proposalId, commandId },
    after: { kind: row.kind, about: row.about, proposedBy: row.proposedBy },
  });
  return { ok: true };
}
