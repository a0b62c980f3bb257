import { type Refusal, refuse } from '../base/answers.ts';
import { type Step, step } from '../base/explain.ts';
import { type CivilDate, formatDateJa, formatInstantJa, jstDate } from '../calendar/civil-date.ts';
import type { CutoffPolicy } from '../calendar/cutoff.ts';
import { firstEnd } from '../discontinuation/last-day.ts';
import type { CampaignTerms } from '../future/campaign.ts';
import type { PeriodLine } from '../future/period-line.ts';
import type { ContractStatus } from '../period/contract.ts';
import {
  cancelledAsOf,
  neverBeginsSteps,
  type ResolvedEnd,
  renewsAlthoughCancelled,
  resolveEnd,
} from './cancellation.ts';

export interface CancellationCase {
  arrivedAtMs: number;
  wish: CivilDate | null;
  /** The contract's periods, with the accepted changes of kind that are yet to come. */
  line: PeriodLine;
  /** The contract's own end, where one is settled. */
  endsOn: CivilDate | null;
  cutoff: CutoffPolicy;
  campaign?: CampaignTerms | null;
  /** Last day by an announced discontinuation (第16条): a later end of the customer's own stands behind it. */
  discontinuedOn?: CivilDate | null;
}

export type CancellationAnswer =
  | {
      ok: true;
      end: ResolvedEnd;
      /** The contract's last day: the customer's end, or the discontinuation's where that is earlier. */
      endsOn: CivilDate;
      reasons: Step[];
      message: string;
      /** The contract renews before it ends: the steps that say so, or null. */
      renews: Step[] | null;
      /** It renews although the customer did not ask for an end in the next period: staff look at it. */
      renewsUnasked: boolean;
    }
  | Refusal;

/** Cancellation by the customer (第10条1項): the end by the moment of arrival and the wish, and what it brings about. */
export function judgeCancellation(input: CancellationCase): CancellationAnswer {
  const { arrivedAtMs, wish, line, endsOn: settled, cutoff } = input;
  if (settled !== null) {
    const text = `この契約はすでに${formatDateJa(settled)}に終了する予定です。日を変えるには、先に解約の取消を受け付けてください。`;
    return refuse('ruleRefuses', text, '第10条1項');
  }
  const { value: end, steps } = resolveEnd({ arrivedAtMs, wish, campaign: input.campaign ?? null }, cutoff);
  const { on: endsOn } = firstEnd(end.endsOn, input.discontinuedOn ?? null);
  const renews = renewsAlthoughCancelled(line, endsOn, cancelledAsOf(arrivedAtMs, line));
  const renewing = renews.value === null ? null : renews.steps;
  const never = neverBeginsSteps(line, endsOn);
  const confirmation = end.needsConfirmation
    ? 'ご希望の日は月末日ではないため、この日でよいかお客様に確認してください。'
    : '';
  return {
    ok: true,
    end,
    endsOn,
    reasons: [
      ...steps,
      ...(endsOn === end.endsOn ? [] : [discontinuedStep(endsOn)]),
      ...never,
      ...(renewing ?? []),
    ],
    message: [
      `解約を受け付けました。契約は${formatDateJa(endsOn)}に終了します。`,
      ...never.map(({ text }) => text),
      confirmation,
    ].join(''),
    renews: renewing,
    renewsUnasked: renewing !== null && (end.outcome === 'noWish' || end.outcome === 'tooEarly'),
  };
}

function discontinuedStep(lastDay: CivilDate): Step {
  return step(
    `サービスはその前の${formatDateJa(lastDay)}に廃止されるため、契約はこの日に終了します。`,
    '第16条',
  );
}

export interface WithdrawalCase {
  status: ContractStatus;
  /** The cancellation that stands, or null. */
  cancellationId: string | null;
  /** The announced discontinuation by which the contract ends all the same. */
  discontinuedOn: CivilDate | null;
}

export type WithdrawalAnswer =
  | { ok: true; cancellationId: string; message: string; reasons: Step[]; follows: Step }
  | Refusal;

/** Withdrawal of a cancellation: until the end, by staff's consent (第10条1項). */
export function judgeWithdrawal(withdrawal: WithdrawalCase): WithdrawalAnswer {
  const { status, cancellationId, discontinuedOn } = withdrawal;
  if (status !== 'ending' || cancellationId === null) {
    return refuse('wrongState', '取り消せる解約がありません。', '第10条1項');
  }
  return {
    ok: true,
    cancellationId,
    message:
      discontinuedOn === null
        ? '解約を取り消しました。契約は続き、期間の満了時に自動で更新されます。'
        : `解約を取り消しました。契約は、サービスが廃止される${formatDateJa(discontinuedOn)}まで続きます。`,
    reasons: [step('終了日までの間は、運用担当の同意により解約を取り消せます。', '第10条1項')],
    follows:
      discontinuedOn === null
        ? step('契約は、期間の満了時に自動で更新されます。', '第5条3項')
        : step(`契約は、廃止の${formatDateJa(discontinuedOn)}まで続きます。`, '第16条'),
  };
}

/** Arrival at the operator decides (第10条1項): it is neither in the future nor before the contract. `word`: what arrived. */
export function judgeArrival(
  arrival: { arrivedAtMs: number; nowMs: number; concludedOn: CivilDate },
  word = '到達',
): Refusal | null {
  const { arrivedAtMs, nowMs, concludedOn } = arrival;
  if (arrivedAtMs > nowMs) {
    const text = `${word}日時が未来です。契約の現在の日時（${formatInstantJa(nowMs)}）までの実際の日時を入力してください。`;
    return refuse('invalid', text, '第10条1項');
  }
  if (jstDate(arrivedAtMs) < concludedOn) {
    const text = `${word}日時が契約締結日（${formatDateJa(concludedOn)}）より前です。`;
    return refuse('invalid', text, '第10条1項');
  }
  return null;
}
