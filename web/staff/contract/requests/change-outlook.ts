import { alterationOf } from '../../../../db/queries/future/assemble.ts';
import type { Refusal } from '../../../../domain/base/answers.ts';
import { type Step, step } from '../../../../domain/base/explain.ts';
import { formatYen } from '../../../../domain/base/money.ts';
import { addDays, formatDateJa, jstDate } from '../../../../domain/calendar/civil-date.ts';
import { changeEffectiveOn } from '../../../../domain/change/changes.ts';
import type { ContractFacts, OpenChange } from '../../../../domain/future/facts.ts';
import { periodOn } from '../../../../domain/future/period-line.ts';
import {
  type ContractFuture,
  contentsOn,
  feeFor,
  projectContract,
} from '../../../../domain/future/project.ts';
import { type Settlement, settlementsOf } from '../../../../domain/future/settle.ts';
import type { ContractView } from '../view.ts';
import type { RequestDraft } from './draft.ts';
import type { Outlook } from './outlook.ts';

/** A change that no row stands for yet, or whose row waits. */
const ASKED = 'asked';

/** What would become of a change among all that are pending (第8条): as the contract will judge it. */
export function changeOutlook(view: ContractView, draft: RequestDraft, enteredAtMs: number): Outlook {
  const { facts, cutoff, today } = view;
  const firstOn = changeEffectiveOn(draft.arrivedAtMs, cutoff);
  const asked: OpenChange = {
    ...{ requestId: ASKED, state: 'asked', arrivedAtMs: draft.arrivedAtMs, enteredAtMs },
    firstOn: firstOn.value,
    alters: alterationOf(draft.requested),
    told: { on: null, overtaken: [] },
  };
  const withIt = { ...facts, open: [...facts.open, asked] };
  const future = projectContract(withIt);
  const settlements = settlementsOf(withIt, future, today, firstOn.steps);
  const answer = settlements.find(({ requestId }) => requestId === ASKED);
  if (answer === undefined) throw new Error('the change that is asked about was not judged');
  if (answer.outcome !== 'accepted' && answer.outcome !== 'done')
    return { ok: false, refusal: refusalOf(answer) };
  return {
    ok: true,
    date: answer.on,
    message: answer.outcome === 'done' ? answer.message : `${formatDateJa(answer.on)}から適用されます。`,
    reasons: answer.reasons,
    renews: null,
    consequences: [
      ...(answer.outcome === 'done' ? [] : feeSteps(future, answer)),
      ...newsSteps(facts, settlements),
    ],
  };
}

function refusalOf({ clause, message, reasons }: Settlement): Refusal {
  return { ok: false, code: 'ruleRefuses', message, clause, reasons };
}

/** The fee of a whole period from then on; where the kind changes there is none to compare with. */
function feeSteps(future: ContractFuture, { on }: Settlement): Step[] {
  const [before, period] = [periodOn(future.line, addDays(on, -1)), periodOn(future.line, on)];
  const newFee = formatYen(feeFor(future, period, contentsOn(future, on)));
  if (before.kind !== period.kind) {
    return [
      step(
        `1期分（${period.kind === 'annual' ? '1年' : '1か月'}）の利用料金は、${newFee}（税抜）です。`,
        '第6条1項',
      ),
    ];
  }
  const oldFee = formatYen(feeFor(future, period, contentsOn(future, addDays(on, -1))));
  return [step(`1期分の利用料金は、${oldFee}から${newFee}（税抜）になります。`, '第6条1項')];
}

/** What somebody else's request is told with: replaced, dropped, standing again. */
export function newsSteps({ open }: ContractFacts, settlements: readonly Settlement[]): Step[] {
  return settlements.flatMap(({ requestId, message, clause }) => {
    const change = open.find((each) => each.requestId === requestId);
    if (requestId === ASKED || change === undefined) return [];
    const arrived = formatDateJa(jstDate(change.arrivedAtMs));
    return [step(`${arrived}に到達した変更：${message}`, clause)];
  });
}
