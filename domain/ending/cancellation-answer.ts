import { type Refusal, refuse } from '../base/answers.ts';
import { type Step, step } from '../base/explain.ts';
import {
  type CivilDate,
  compareDates,
  earlierOf,
  formatDateJa,
  jstDate,
  laterOf,
} from '../calendar/civil-date.ts';
import type { CutoffPolicy } from '../calendar/cutoff.ts';
import type { PeriodBasis, ScheduledChange } from '../period/contract-schedule.ts';
import { type ResolvedEnd, renewsAlthoughCancelled, resolveEnd } from './cancellation.ts';

export interface CancellationCase {
  arrivedAtMs: number;
  wish: CivilDate | null;
  basis: PeriodBasis;
  endsOn: CivilDate | null;
  pending: readonly ScheduledChange[];
  cutoff: CutoffPolicy;
  /** Last day by an announced discontinuation (第16条): a later end of the customer's own stands behind it. */
  discontinuedOn?: CivilDate | null;
}

/** Words for the record of a change that the end comes before. */
export interface DroppedChange {
  requestId: string;
  step: Step;
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
      dropped: DroppedChange[];
    }
  | Refusal;

/** Cancellation by the customer (第10条1項): the end by the moment of arrival and the wish, and what it brings about. */
export function judgeCancellation(input: CancellationCase): CancellationAnswer {
  const { arrivedAtMs, wish, basis, endsOn: settled, pending, cutoff } = input;
  if (settled !== null) {
    const text = `この契約はすでに${formatDateJa(settled)}に終了する予定です。日を変えるには、先に解約の取消を受け付けてください。`;
    return refuse('ruleRefuses', text, '第10条1項');
  }
  const { value: end, steps } = resolveEnd({ arrivedAtMs, wish }, cutoff);
  const endsOn = input.discontinuedOn == null ? end.endsOn : earlierOf(end.endsOn, input.discontinuedOn);
  const renews =
    basis.kind === 'annual'
      ? renewsAlthoughCancelled(basis, endsOn, laterOf(jstDate(arrivedAtMs), basis.firstDay))
      : null;
  const renewing = renews?.value ? renews.steps : null;
  const confirmation = end.needsConfirmation
    ? 'ご希望の日は月末日ではないため、この日でよいかお客様に確認してください。'
    : '';
  return {
    ok: true,
    end,
    endsOn,
    reasons: [...steps, ...(endsOn === end.endsOn ? [] : [discontinuedStep(endsOn)]), ...(renewing ?? [])],
    message: `解約を受け付けました。契約は${formatDateJa(endsOn)}に終了します。${confirmation}`,
    renews: renewing,
    renewsUnasked: renewing !== null && (end.outcome === 'noWish' || end.outcome === 'tooEarly'),
    dropped: pending
      .filter(({ effectiveOn }) => compareDates(effectiveOn, endsOn) > 0)
      .map(({ requestId }) => ({ requestId, step: step(droppedText(endsOn), '第10条1項') })),
  };
}

function discontinuedStep(lastDay: CivilDate): Step {
  return step(
    `サービスはその前の${formatDateJa(lastDay)}に廃止されるため、契約はこの日に終了します。`,
    '第16条',
  );
}

function droppedText(endsOn: CivilDate): string {
  return `契約が${formatDateJa(endsOn)}に終了するため、この変更は適用されません。`;
}
