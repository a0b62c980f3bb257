import { confirmConsent } from '../../../db/queries/consent/confirm.ts';
import { withdrawConsent } from '../../../db/queries/consent/withdraw.ts';
import { moveContract, setPartnerTerms } from '../../../db/queries/partner/move.ts';
import { moneyEffect } from '../../../db/queries/payment/agreed.ts';
import { setPolicy } from '../../../db/queries/policy/set.ts';
import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import { settleProposal } from '../../../db/queries/proposal/settle.ts';
import { currentVersion } from '../../../db/queries/screening-list/stage.ts';
import { rollBackList } from '../../../db/queries/screening-list/take.ts';
import { changeStaff } from '../../../db/queries/staff/change.ts';
import { type Answer, type Command, refuse } from '../../../domain/base/answers.ts';
import { isPolicyKey, policyValue } from '../../../domain/policy/policies.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import type { Write } from '../../../gateway/outbox.ts';
import { takeList } from '../../../gateway/screening.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import type { DecisionCommand } from '../desk/decision.ts';

const OK: Answer = { ok: true };
const CHANGED = refuse('stale', '申し出のあとに設定が変わったため、この操作はできません。', '');
const NO_VERSION = refuse('stale', 'その版はありません。', '');

type Transaction = Parameters<Write>[0];

/** Stores the second person's word on a proposal and, where they agree, does what was proposed. */
export async function settle(
  deps: WebDependencies,
  row: ProposalRow,
  { commandId, actor, verdict, decisionId }: DecisionCommand<'confirm' | 'reject'>,
  write: Write,
): Promise<Answer> {
  const settled = { proposalId: row.id, verdict, commandId, staffId: actor.id, at: deps.now() };
  const command = { commandId, actor };
  const tell = verdict === 'confirm' ? toWorkflow(deps, row.proposed, decisionId) : null;
  if (tell !== null) {
    return tell(command, async (tx) => {
      await write(tx);
      const stored = await settleProposal(tx, settled, async () => OK);
      if (!stored.ok) throw new Problem(409, { message: stored.message });
    });
  }
  const answer = await deps.outbox.here(command, write, (tx) =>
    settleProposal(tx, settled, () =>
      inRows(tx, row, { verdict, staffId: actor.id, commandId, at: deps.now() }),
    ),
  );
  if (answer.ok && verdict === 'confirm') await afterwards(deps, row.proposed, actor.id);
  return answer;
}

/** How a workflow is told of what was agreed; null where it takes effect in rows alone. */
function toWorkflow(
  { suspensions, discontinuations }: WebDependencies,
  proposed: Proposed,
  decisionId: string,
): ((command: Command, write: Write) => Promise<Answer>) | null {
  switch (proposed.kind) {
    case 'suspensionTimes': {
      const { suspensionId, startsAtMs, endsAtMs } = proposed;
      return (command, write) =>
        suspensions.reschedule(suspensionId, { ...command, startsAtMs, endsAtMs }, write);
    }
    case 'suspensionCancel':
      return (command, write) => suspensions.cancel(proposed.suspensionId, command, write);
    case 'suspensionLift':
      return (command, write) => suspensions.lift(proposed.suspensionId, command, write);
    case 'discontinuationCancel':
      return (command, write) =>
        discontinuations.cancel(proposed.discontinuationId, { ...command, decisionId }, write);
    case 'policy':
    case 'listTake':
    case 'listRollback':
    case 'dataExport':
    case 'phoneConsent':
    case 'suspensionLifted':
    case 'paymentMoved':
    case 'creditPaidBack':
    case 'writeOff':
    case 'monthReopened':
    case 'partnerTerms':
    case 'contractPartner':
    case 'staffAccount':
    case 'watchException':
    case 'watchPolicy':
      return null;
  }
}

async function inRows(
  tx: Transaction,
  { proposed, proposedBy, reason }: ProposalRow,
  by: { verdict: 'confirm' | 'reject'; staffId: string; commandId: string; at: Date },
): Promise<Answer> {
  const { verdict, staffId, commandId, at } = by;
  if (proposed.kind === 'phoneConsent') {
    const { consentId, contractId } = proposed;
    if (verdict === 'confirm') await confirmConsent(tx, { consentId, staffId });
    else await withdrawConsent(tx, { contractId, consentId, staffId, at });
    return OK;
  }
  if (verdict === 'reject') return OK;
  switch (proposed.kind) {
    case 'policy': {
      const { key, afterVersion } = proposed;
      if (!isPolicyKey(key)) return CHANGED;
      const value = policyValue(key, proposed.value);
      const version = await setPolicy(tx, { key, value, afterVersion, setBy: proposedBy, reason });
      return version === null ? CHANGED : OK;
    }
    case 'listTake':
      return takeList(tx, { importId: proposed.importId, takenBy: proposedBy });
    case 'listRollback': {
      const { list, version } = proposed;
      return (await rollBackList(tx, { list, version, actor: proposedBy, reason })) ? OK : NO_VERSION;
    }
    case 'partnerTerms':
      return setPartnerTerms(tx, proposed, { enteredBy: proposedBy, confirmedBy: staffId, at });
    case 'contractPartner':
      return moveContract(tx, proposed, { enteredBy: proposedBy, confirmedBy: staffId, at });
    case 'staffAccount':
      return changeStaff(tx, { id: proposed.staffId }, proposed.change, { actor: proposedBy, now: at });
    case 'dataExport':
    case 'suspensionTimes':
    case 'suspensionCancel':
    case 'suspensionLift':
    case 'suspensionLifted':
    case 'discontinuationCancel':
    // The confirmed proposal is the record that the watchers read.
    case 'watchException':
    case 'watchPolicy':
      return OK;
    case 'paymentMoved':
    case 'creditPaidBack':
    case 'writeOff':
    case 'monthReopened':
      return moneyEffect(tx, { proposed, proposedBy }, { staffId, commandId, now: at });
  }
}

/** A list that has another version now: live contracts are looked at again. */
async function afterwards(deps: WebDependencies, proposed: Proposed, startedBy: string): Promise<void> {
  if (proposed.kind !== 'listTake' && proposed.kind !== 'listRollback') return;
  const { list } = proposed;
  try {
    const current = await currentVersion(deps.db, list);
    if (current !== null) await deps.screening.rescreenList({ list, version: current, startedBy });
  } catch (error) {
    // The version holds and stays: the list's page says that its re-screening can be started there.
    deps.logError(error, { errorId: list, path: '/staff/proposals' });
  }
}
