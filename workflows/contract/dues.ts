import { type CivilDate, compareDates, jstDate } from '../../domain/calendar/civil-date.ts';
import { firstEnd } from '../../domain/discontinuation/last-day.ts';
import { alter, alterationBetween, isEmpty } from '../../domain/future/contents.ts';
import { nextDue } from '../../domain/future/dues.ts';
import { presentContents } from '../../domain/future/facts.ts';
import { contractPeriod, type Due, type PeriodBasis } from '../../domain/period/contract-schedule.ts';
import type { Period } from '../../domain/period/periods.ts';
import { records } from '../ports.ts';
import type { ContractContext } from './context.ts';
import { applyAlone } from './earlier/dues.ts';
import { pushCertificate, pushMail, pushRevision } from './outgoing.ts';
import { recordPeriod } from './record-period.ts';
import { judgesSequence, loadFacts, settle, tellAffected } from './sequence.ts';
import { leavePlan, moveContract, periodOf } from './state.ts';

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
    case 'campaignEnd':
      context.state.campaignUntil = null;
      return pushRevision(context, { kind: 'campaign-end', ref: due.on });
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

/**
 * A change takes effect on the 1st (第8条2項), if it still stands among all that are pending. A renewal of the same day brings the
 * certificate for both.
 */
async function applyChange(context: ContractContext, due: Due & { kind: 'change' }): Promise<void> {
  if (!judgesSequence()) return applyAlone(context, due);
  const { state } = context;
  const { requestId } = due;
  const cause = { commandId: `due/${requestId}/${due.on}`, actor: { kind: 'system' as const } };
  const { facts, future, affected } = await settle(context, cause, await loadFacts(context));
  tellAffected(context, cause.commandId, affected);
  const judged = future.judged.find((each) => each.requestId === requestId);
  if (judged?.state !== 'accepted' || compareDates(judged.on, due.on) > 0) return;
  const { contractId } = state;
  const { alters, on } = judged;
  const effect = { contractId, requestId, effectiveOn: on, alters, businessMs: Date.now() };
  const applied = await records.applyChange(effect);
  state.pending = state.pending.filter((change) => change.requestId !== requestId);
  if (applied.leftPlan === true) leavePlan(state);
  const present = presentContents(facts);
  if (isEmpty(alterationBetween(present, alter(present, alters)))) return;
  const basis = future.line.find(({ firstDay }) => firstDay === on);
  if (alters.kind !== undefined && alters.kind !== present.kind && basis !== undefined) {
    await changeKind(context, basis);
  } else if (renewsOn(context, due.on)) return;
  pushCertificate(context, {
    cause: { kind: 'change', ref: requestId },
    issuedOn: due.on,
    period: periodOf(state, due.on),
  });
}

/** From its renewal on the contract is annual or monthly; also where that renewal is on record otherwise (第5条2項). */
async function changeKind(context: ContractContext, basis: PeriodBasis): Promise<void> {
  const { state } = context;
  state.basis = basis;
  const period = contractPeriod(basis, basis.indexBase + 1);
  await recordPeriod(context, period, '第5条2項', period.index <= state.recordedIndex);
}

function renewsOn({ state }: ContractContext, day: CivilDate): boolean {
  const next = nextDue(state, Date.now());
  return next?.kind === 'renewal' && next.on === day;
}

/** The contract ends with its last day (第10条1項, 第16条). */
export async function end(context: ContractContext): Promise<void> {
  const { state } = context;
  const { endsOn, discontinuation } = state;
  const ownEndsOn = discontinuation == null ? endsOn : discontinuation.ownEndsOn;
  const by = firstEnd(ownEndsOn, discontinuation?.lastDay ?? null)?.by;
  const clause = by === 'discontinuation' ? '第16条' : '第10条1項';
  await moveContract(state, 'ended', { actor: { kind: 'system' }, clause, endsOn });
  pushMail(context, {
    key: `ended/${state.contractId}`,
    kind: 'contractEnded',
    dates: { endsOn: endsOn ?? jstDate(Date.now()) },
  });
}
