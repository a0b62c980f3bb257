import { type Refusal, refuse } from './answers.ts';
import { type ResolvedEnd, renewsAlthoughCancelled, resolveEnd } from './cancellation.ts';
import { type CivilDate, compareDates, formatDateJa, jstDate, laterOf } from './civil-date.ts';
import type { PeriodBasis, ScheduledChange } from './contract-schedule.ts';
import type { CutoffPolicy } from './cutoff.ts';
import { type Step, step } from './explain.ts';

export interface CancellationCase {
  arrivedAtMs: number;
  wish: CivilDate | null;
  basis: PeriodBasis;
  endsOn: CivilDate | null;
  pending: readonly ScheduledChange[];
  cutoff: CutoffPolicy;
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
  const renews =
    basis.kind === 'annual'
      ? renewsAlthoughCancelled(basis, end.endsOn, laterOf(jstDate(arrivedAtMs), basis.firstDay))
      : null;
  const renewing = renews?.value ? renews.steps : null;
  const confirmation = end.needsConfirmation
    ? 'ご希望の日は月末日ではないため、この日でよいかお客様に確認してください。'
    : '';
  return {
    ok: true,
    end,
    reasons: [...steps, ...(renewing ?? [])],
    message: `解約を受け付けました。契約は${formatDateJa(end.endsOn)}に終了します。${confirmation}`,
    renews: renewing,
    renewsUnasked: renewing !== null && (end.outcome === 'noWish' || end.outcome === 'tooEarly'),
    dropped: pending
      .filter(({ effectiveOn }) => compareDates(effectiveOn, end.endsOn) > 0)
      .map(({ requestId }) => ({ requestId, step: step(droppedText(end.endsOn), '第10条1項') })),
  };
}

function droppedText(endsOn: CivilDate): string {
  return `契約が${formatDateJa(endsOn)}に終了するため、この変更は適用されません。`;
}
