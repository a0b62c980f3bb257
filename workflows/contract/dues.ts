import { addDays, compareDates, jstDate } from '../../domain/calendar/civil-date.ts';
import { contractPeriod, currentPeriod, type Due, nextDue } from '../../domain/period/contract-schedule.ts';
import type { Period } from '../../domain/period/periods.ts';
import { records } from '../ports.ts';
import type { ContractContext } from './context.ts';
import { pushCertificate, pushMail } from './outgoing.ts';
import { leavePlan, moveContract } from './state.ts';

/** Does the next due thing; its business date is the day it was due, however late the worker is. */
export async function perform(context: ContractContext, due: Due): Promise<void> {
  switch (due.kind) {
    case 'begin':
      return begin(context, due.period);
    case 'reminder':
      return remind(context, due);
    case 'renewal':
      return renew(context, due.period);
    case 'change':
      return applyChange(context, due);
    case 'end':
      return end(context);
  }
}

/** The first period is on record and the certificate goes out as soon as the contract is concluded (第5条1項). */
async function begin(context: ContractContext, period: Period): Promise<void> {
  await recordPeriod(context, period, '第5条3項');
  pushCertificate(context, { cause: { kind: 'initial', ref: '' }, issuedOn: jstDate(Date.now()), period });
}

/** Annual renewal at the end of the last day, by itself, with a new revision of the certificate (第5条3項①). */
async function renew(context: ContractContext, period: Period): Promise<void> {
  await recordPeriod(context, period, '第5条3項①');
  pushCertificate(context, {
    cause: { kind: 'renewal', ref: `${period.index}` },
    issuedOn: period.from,
    period,
  });
}

async function recordPeriod({ state }: ContractContext, period: Period, clause: string): Promise<void> {
  state.reminders = await records.recordPeriod({
    contractId: state.contractId,
    period,
    clause,
    businessMs: Date.now(),
  });
  state.recordedIndex = period.index;
}

/** Tells the customer of an annual contract by when a cancellation must arrive; not when that day has passed. */
async function remind(context: ContractContext, due: Due & { kind: 'reminder' }): Promise<void> {
  const { state } = context;
  state.remindedIndex = due.period.index;
  if (compareDates(due.cancelBy, jstDate(Date.now())) < 0) return;
  pushMail(context, {
    key: `reminder/${state.contractId}/${due.period.index}`,
    kind: 'cancelByReminder',
    dates: { cancelBy: due.cancelBy, periodTo: due.period.to },
  });
}

/** A change takes effect on the 1st (第8条2項). A renewal of the same day brings the certificate for both. */
async function applyChange(context: ContractContext, due: Due & { kind: 'change' }): Promise<void> {
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

/** The contract ends with its last day (第10条1項, 第16条). */
export async function end(context: ContractContext): Promise<void> {
  const { state } = context;
  const { endsOn, discontinuation } = state;
  const clause = discontinuation != null && discontinuation.lastDay === endsOn ? '第16条' : '第10条1項';
  await moveContract(state, 'ended', { actor: { kind: 'system' }, clause, endsOn });
  pushMail(context, {
    key: `ended/${state.contractId}`,
    kind: 'contractEnded',
    dates: { endsOn: endsOn ?? jstDate(Date.now()) },
  });
}
