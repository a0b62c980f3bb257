import { createHash } from 'node:crypto';
import { readChangeFacts } from '../../../../db/queries/request/change-facts.ts';
import { type Refusal, refuse } from '../../../../domain/base/answers.ts';
import { type Step, step } from '../../../../domain/base/explain.ts';
import { formatYen } from '../../../../domain/base/money.ts';
import {
  type CivilDate,
  compareDates,
  formatDateJa,
  jstDate,
} from '../../../../domain/calendar/civil-date.ts';
import { changesBefore, judgeChange } from '../../../../domain/change/change-answer.ts';
import { judgeCancellation } from '../../../../domain/ending/cancellation-answer.ts';
import type { WebDependencies } from '../../../dependencies.ts';
import { type ContractView, contractWhatIf } from '../view.ts';
import type { RequestDraft } from './draft.ts';

/** What would become of a request if the contract took it now. */
export type Outlook =
  | {
      ok: true;
      /** Null where the day depends on the arrival of a notice. */
      date: CivilDate | null;
      message: string;
      reasons: Step[];
      /** The contract renews although cancelled: the steps that say so. */
      renews: Step[] | null;
      /** Fees still due, balance lost, changes dropped or replaced. */
      consequences: Step[];
    }
  | { ok: false; refusal: Refusal };

/** The answer that the contract would give (第8条, 第10条), by the functions that later give it. */
export async function outlookOf(
  deps: WebDependencies,
  view: ContractView,
  draft: RequestDraft,
): Promise<Outlook> {
  switch (draft.kind) {
    case 'change':
      return changeOutlook(deps, view, draft);
    case 'cancellation':
      return cancellationOutlook(deps, view, draft);
    case 'cancellationWithdrawal':
      return withdrawalOutlook(view);
    case 'termination':
      return terminationOutlook(view, draft);
  }
}

/** Staff entered an arrival before today, or terminate: another person has to confirm it (第10条). */
export function needsSecondPerson(draft: RequestDraft, view: ContractView): boolean {
  if (draft.kind === 'termination') return true;
  return draft.kind !== 'cancellationWithdrawal' && compareDates(jstDate(draft.arrivedAtMs), view.today) < 0;
}

/** Changes when anything changes that an outlook depends on: tells a page that it is stale. */
export function seenOf({ detail }: ContractView): string {
  const { contract, requests } = detail;
  const seen = [
    contract.status,
    contract.endsOn,
    contract.planCode,
    contract.licences,
    contract.kind,
    contract.options,
    requests.map(({ id, outcome }) => [id, outcome]),
  ];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16);
}

async function changeOutlook(
  deps: WebDependencies,
  view: ContractView,
  draft: RequestDraft,
): Promise<Outlook> {
  const { basis, endsOn, pending, cutoff, detail } = view;
  const { arrivedAtMs } = draft;
  const change = await readChangeFacts(deps.db, {
    contracted: detail.contract,
    requested: draft.requested ?? {},
    earlier: changesBefore(pending, arrivedAtMs, cutoff),
  });
  const { discontinuation } = view;
  const judged = judgeChange({
    ...{ requestId: '', arrivedAtMs, change, basis, endsOn, pending, cutoff },
    discontinuation,
  });
  if (!judged.ok) return { ok: false, refusal: judged.refusal };
  const { oldFeeYen, newFeeYen, newKind } = change;
  const fee = `1期分の利用料金は、${formatYen(oldFeeYen)}から${formatYen(newFeeYen)}（税抜）になります。`;
  return {
    ok: true,
    date: judged.scheduled.effectiveOn,
    message: `${formatDateJa(judged.scheduled.effectiveOn)}から適用されます。`,
    reasons: judged.reasons,
    renews: null,
    consequences: [
      ...(newKind === null ? [step(fee, '第6条1項')] : []),
      ...(judged.superseded === null
        ? []
        : [step('同じ月に適用される予定の変更は、この申込に置き換わります。', '第8条2項')]),
    ],
  };
}

async function cancellationOutlook(
  deps: WebDependencies,
  view: ContractView,
  draft: RequestDraft,
): Promise<Outlook> {
  const { basis, endsOn, pending, cutoff, nowMs } = view;
  const { arrivedAtMs, wishedOn: wish } = draft;
  const { discontinuation } = view;
  const judged = judgeCancellation({
    ...{ arrivedAtMs, wish, basis, pending, cutoff },
    endsOn: discontinuation === null ? endsOn : discontinuation.ownEndsOn,
    discontinuedOn: discontinuation?.lastDay ?? null,
  });
  if (!judged.ok) return { ok: false, refusal: judged };
  const { feesDue, balanceLostYen } = await contractWhatIf(deps, view, {
    instantMs: nowMs,
    arrivedAtMs,
    wish,
  });
  const { end } = judged;
  const confirm = step(
    'ご希望の日は月末日ではありません。この解約日でよいか、お客様に確認してください。',
    '第10条1項',
  );
  return {
    ok: true,
    date: judged.endsOn,
    message: `契約は${formatDateJa(judged.endsOn)}に終了します。`,
    reasons: judged.reasons.filter((reason) => !judged.renews?.includes(reason)),
    renews: judged.renews,
    consequences: [
      ...(end.needsConfirmation ? [confirm] : []),
      ...judged.dropped.map((dropped) => dropped.step),
      ...feesDue.steps,
      ...balanceLostYen.steps,
    ],
  };
}

function withdrawalOutlook(view: ContractView): Outlook {
  const { detail, endsOn, discontinuation } = view;
  const open = detail.requests.some(({ kind, outcome }) => kind === 'cancellation' && outcome === 'accepted');
  if (detail.contract.status !== 'ending' || endsOn === null || !open) {
    return { ok: false, refusal: refuse('wrongState', '取り消せる解約がありません。', '第10条1項') };
  }
  return {
    ok: true,
    date: view.today,
    message: `${formatDateJa(endsOn)}の終了は取り消され、契約は続きます。`,
    reasons: [step('終了日までの間は、運用担当の同意により解約を取り消せます。', '第10条1項')],
    renews: null,
    consequences: [
      discontinuation === null
        ? step('契約は、期間の満了時に自動で更新されます。', '第5条3項')
        : step(`契約は、廃止の${formatDateJa(discontinuation.lastDay)}まで続きます。`, '第16条'),
    ],
  };
}

function terminationOutlook({ detail }: ContractView, draft: RequestDraft): Outlook {
  const { prepaidBalanceYen } = detail.contract;
  const whole = draft.requested === null;
  const lost = `お支払い済みの利用料金とプリペイドチャージ残高${formatYen(prepaidBalanceYen)}は返金されません。`;
  return {
    ok: true,
    date: null,
    message: whole
      ? '承認者が確認すると通知を送り、通知が届いた時に契約全部が終了します。'
      : '承認者が確認すると通知を送り、通知が届いた時に選択したオプションが終了します。',
    reasons: [
      step(
        '当社は、4つの事由のいずれかに当たるとき、契約の全部または一部を直ちに解約できます。',
        '第10条2項',
      ),
    ],
    renews: null,
    consequences: whole
      ? [step(lost, '第10条3項')]
      : [step('お支払い済みの利用料金は返金されません。', '第10条3項')],
  };
}
