import { type Actor, actorId, type Refusal } from '../../domain/base/answers.ts';
import type { Step } from '../../domain/base/explain.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { RequestOutcome } from '../../domain/period/contract.ts';
import { records } from '../ports.ts';
import type { ContractContext } from './context.ts';

/** Records what became of a request, with date, clause and steps, in one transaction with its audit entry. */
export async function recordOutcome(
  { state }: ContractContext,
  command: { requestId: string; commandId: string; actor: Actor },
  result: {
    outcome: Exclude<RequestOutcome, 'sent'>;
    refusal?: Refusal;
    computedOn?: CivilDate;
    clause?: string;
    message?: string;
    reasons?: Step[];
  },
): Promise<void> {
  await records.recordRequestOutcome({
    contractId: state.contractId,
    requestId: command.requestId,
    outcome: result.outcome,
    computedOn: result.computedOn ?? null,
    clause: result.refusal?.clause ?? result.clause ?? '',
    message: result.refusal?.message ?? result.message ?? '',
    reasons: result.refusal?.reasons ?? result.reasons ?? [],
    actor: actorId(command.actor),
    commandId: command.commandId,
    businessMs: Date.now(),
  });
}
