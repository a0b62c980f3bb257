import { addDays } from '../../../domain/calendar/civil-date.ts';
import { nextDue } from '../../../domain/future/dues.ts';
import { contractPeriod, currentPeriod, type Due } from '../../../domain/period/contract-schedule.ts';
import { records } from '../../ports.ts';
import type { ContractContext } from '../context.ts';
import { pushCertificate } from '../outgoing.ts';
import { recordPeriod } from '../record-period.ts';
import { leavePlan } from '../state.ts';

/** In runs from before changes were judged as one sequence: a change takes effect by itself (第8条2項). */
export async function applyAlone(context: ContractContext, due: Due & { kind: 'change' }): Promise<void> {
  const { state } = context;
  const applied = await records.applyChange({
    contractId: state.contractId,
    requestId: due.requestId,
    effectiveOn: due.on,
    businessMs: Date.now(),
  });
  state.pending = state.pending.filter(({ requestId }) => requestId !== due.requestId);
  if (applied.leftPlan === true) leavePlan(state);
  if (applied.newKind !== null && applied.newKind !== state.basis.kind) {
    const indexBase = currentPeriod(state.basis, addDays(due.on, -1)).index;
    state.basis = { kind: applied.newKind, firstDay: due.on, indexBase };
    const period = contractPeriod(state.basis, indexBase + 1);
    await recordPeriod(context, period, '第5条2項');
    pushCertificate(context, { cause: { kind: 'change', ref: due.requestId }, issuedOn: due.on, period });
    return;
  }
  const next = nextDue(state, Date.now());
  if (next?.kind === 'renewal' && next.on === due.on) return;
  const period = currentPeriod(state.basis, due.on);
  pushCertificate(context, { cause: { kind: 'change', ref: due.requestId }, issuedOn: due.on, period });
}
