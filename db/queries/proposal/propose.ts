import { eq } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { involved } from '../../../domain/desk/decide.ts';
import { aboutOf, type ProposalKind, type Proposed } from '../../../domain/proposal/proposal.ts';
import type { Database } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { proposals } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { openWatchedTask } from '../task/open.ts';

export interface NewProposal {
  /** Of the form: sent again by the same person it is the same proposal. */
  commandId: string;
  proposed: Proposed;
  /** The contract whose customer it is about, or null. */
  contractId: string | null;
  reason: string;
  /** An id of staff, or 'cli'. */
  proposedBy: string;
  sandbox: boolean;
  at: Date;
}

const WAITS = refuse('wrongState', 'この件については、二人目の確認を待っている操作がすでにあります。');
const ANOTHER = refuse('stale', 'この画面はすでに使われています。読み込み直してください。');

/** Writes down what one person asks for, with the task of the second (docs/proposals.md): nothing has happened yet. */
export async function propose(db: Database, input: NewProposal): Promise<Answer<{ proposalId: string }>> {
  const { proposed, contractId, reason, at, ...values } = input;
  const { commandId, proposedBy, sandbox } = values;
  const about = aboutOf(proposed);
  const id = nameUuid(`proposal/${commandId}`);
  return db.transaction(async (tx) => {
    const ownerId =
      contractId === null ? id : await ownerOf(tx, { subjectType: 'contract', subjectId: contractId });
    const row = { ...values, id, kind: proposed.kind, about, proposed, contractId, reason };
    const written = await tx
      .insert(proposals)
      .values(sealRow(proposals, ownerId, row))
      .onConflictDoNothing()
      .returning({ id: proposals.id });
    if (written.length === 0) {
      const [earlier] = await tx.select().from(proposals).where(eq(proposals.commandId, commandId));
      if (earlier === undefined) return WAITS;
      return earlier.proposedBy === proposedBy && earlier.about === about
        ? { ok: true, proposalId: id }
        : ANOTHER;
    }
    await openWatchedTask(tx, {
      taskId: taskOfProposal(id),
      kind: taskKindOf(proposed.kind),
      ...{ subjectType: 'proposal', subjectId: id, openedAt: at, sandbox },
      involved: isStaff(proposedBy) ? involved(['proposed', proposedBy]) : [],
    });
    await recordAudit(tx, {
      actor: proposedBy,
      action: 'proposal.entered',
      ...{ subjectType: 'proposal', subjectId: id, after: { kind: proposed.kind, about }, commandId },
    });
    return { ok: true, proposalId: id };
  });
}

/** The one task of a proposal. */
export const taskOfProposal = (proposalId: string): string => nameUuid(`proposal-task/${proposalId}`);

const isStaff = (proposedBy: string): boolean => proposedBy !== 'cli';

/** The kind of task by which the second person is asked: who administers accounts agrees about accounts. */
export const taskKindOf = (kind: ProposalKind): 'proposalDecision' | 'accountDecision' =>
  kind === 'staffAccount' ? 'accountDecision' : 'proposalDecision';
