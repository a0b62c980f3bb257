import { createHash } from 'node:crypto';
import type { Refusal } from '../../../../domain/base/answers.ts';
import { type Step, step } from '../../../../domain/base/explain.ts';
import { formatYen } from '../../../../domain/base/money.ts';
import {
  type CivilDate,
  compareDates,
  formatDateJa,
  jstDate,
} from '../../../../domain/calendar/civil-date.ts';
import { judgeCancellation } from '../../../../domain/ending/cancellation-answer.ts';
import { projectContract } from '../../../../domain/future/project.ts';
import { settlementsOf } from '../../../../domain/future/settle.ts';
import { type ContractView, contractWhatIf, withdrawalOf } from '../view.ts';
import { changeOutlook, newsSteps } from './change-outlook.ts';
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
export function outlookOf(view: ContractView, draft: RequestDraft, enteredAtMs = view.nowMs): Outlook {
  switch (draft.kind) {
    case 'change':
      return changeOutlook(view, draft, enteredAtMs);
    case 'cancellation':
      return cancellationOutlook(view, draft);
    case 'cancellationWithdrawal':
      return withdrawalOutlook(view);
    case 'termination':
      return terminationOutlook(view, draft);
  }
}

/** Staff entered an arrival before today, or terminate: another person has to confirm it (第10条). */
export function needsSecondPerson(draft: RequestDraft, view: ContractView): boolean {
  return draft.kind === 'termination' || isBackdated(draft, view);
}

/** An arrival earlier than today takes a second person, and the original that proves it (第10条1項). */
export function isBackdated({ kind, arrivedAtMs }: RequestDraft, { today }: ContractView): boolean {
  const ofCustomer = kind === 'change' || kind === 'cancellation';
  return ofCustomer && compareDates(jstDate(arrivedAtMs), today) < 0;
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
    requests.map(({ id, outcome, computedOn, overtaken }) => [id, outcome, computedOn, overtaken]),
  ];
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex').slice(0, 16);
}

function cancellationOutlook(view: ContractView, draft: RequestDraft): Outlook {
  const { facts, future, cutoff, nowMs, today } = view;
  const { arrivedAtMs, wishedOn: wish } = draft;
  const judged = judgeCancellation({
    ...{ arrivedAtMs, wish, cutoff, line: future.line, campaign: facts.campaign },
    endsOn: facts.ownEndsOn,
    discontinuedOn: facts.discontinuation?.lastDay ?? null,
  });
  if (!judged.ok) return { ok: false, refusal: judged };
  const { feesDue, balanceLostYen } = contractWhatIf(view, { instantMs: nowMs, arrivedAtMs, wish });
  const { end } = judged;
  const ended = { ...facts, ownEndsOn: end.endsOn };
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
      ...newsSteps(ended, settlementsOf(ended, projectContract(ended), today)),
      ...feesDue.steps,
      ...balanceLostYen.steps,
    ],
  };
}

function withdrawalOutlook(view: ContractView): Outlook {
  const { facts, future, today } = view;
  const judged = withdrawalOf(view);
  if (!judged.ok) return { ok: false, refusal: judged };
  const goesOn = { ...facts, ownEndsOn: null };
  return {
    ok: true,
    date: today,
    message: `${formatDateJa(future.end?.on ?? today)}の終了は取り消され、契約は続きます。`,
    reasons: judged.reasons,
    renews: null,
    consequences: [
      judged.follows,
      ...newsSteps(goesOn, settlementsOf(goesOn, projectContract(goesOn), today)),
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
