import { type Refusal, refuse } from '../base/answers.ts';
import { type Step, step } from '../base/explain.ts';
import { formatYen } from '../base/money.ts';
import { addDays, type CivilDate, formatDateJa } from '../calendar/civil-date.ts';
import { alterationBetween, type ContentsField, isEmpty } from './contents.ts';
import type { ContractFacts, OpenChange } from './facts.ts';
import { periodOn } from './period-line.ts';
import { type ContractFuture, contentsOn, upgradesIn } from './project.ts';
import type { JudgedChange } from './sequence.ts';

/** What becomes of a change, against what its customer was told of it last. */
export type Became =
  | 'accepted'
  | 'refused'
  | 'superseded'
  | 'dropped'
  /** It stands again. */
  | 'restored'
  /** It takes effect on another day. */
  | 'moved'
  /** A later arrival has taken over a part of it. */
  | 'reduced'
  /** It did nothing but take back others, at once. */
  | 'takesBack';

/** What is to be written down for a change, and told to whoever asked for it. */
export interface Settlement {
  requestId: string;
  outcome: 'accepted' | 'refused' | 'superseded' | 'dropped' | 'done';
  became: Became;
  on: CivilDate;
  firstOn: CivilDate;
  overtaken: ContentsField[];
  clause: string;
  message: string;
  reasons: Step[];
}

/** What a change is told with beside another's answer: ids and days only. */
export interface Affected {
  requestId: string;
  became: Exclude<Became, 'accepted' | 'refused' | 'takesBack'>;
  on: CivilDate;
}

/**
 * What has to be settled after a change was added or withdrawn, an end came or went, or a day fell due: whatever the
 * sequence now says otherwise than its customer was told. `today`: the day on which a change that only takes back counts;
 * `arrival`: how the 1st by the arrival of the change that is asked about was found.
 */
export function settlementsOf(
  facts: ContractFacts,
  future: ContractFuture,
  today: CivilDate,
  arrival: readonly Step[] = [],
): Settlement[] {
  const judged = new Map(future.judged.map((each) => [each.requestId, each]));
  return facts.open.flatMap((change) => {
    const each = judged.get(change.requestId);
    if (each === undefined) return [];
    if (change.state !== 'asked') return later(future, change, each);
    const answer = answerOf(future, change, each, today);
    return [{ ...answer, reasons: [...arrival, ...answer.reasons] }];
  });
}

/** Those of the settlements that are news for somebody else than who asks. */
export function affectedBy(settlements: readonly Settlement[]): Affected[] {
  return settlements.flatMap(({ requestId, became, on }) =>
    became === 'accepted' || became === 'refused' || became === 'takesBack'
      ? []
      : [{ requestId, became, on }],
  );
}

function answerOf(
  future: ContractFuture,
  { requestId, firstOn }: OpenChange,
  judged: JudgedChange,
  today: CivilDate,
): Settlement {
  const { on, overtaken, steps, refusal } = judged;
  const common = { requestId, firstOn, overtaken, on, reasons: steps };
  if (judged.state === 'superseded') {
    return { ...common, ...told(steps), outcome: 'superseded', became: 'refused' };
  }
  if (judged.state !== 'accepted') {
    return { ...common, ...toldRefusal(refusal), outcome: 'refused', became: 'refused' };
  }
  if (changesNothing(future, on)) {
    const takesBack = future.judged.some(({ lostTo }) => lostTo === requestId);
    if (!takesBack) return { ...common, ...toldRefusal(SAME), outcome: 'refused', became: 'refused' };
    const message = '先にお申し込みの変更を取りやめました。現在の契約内容は変わりません。';
    return { ...common, on: today, clause: '第8条2項', message, outcome: 'done', became: 'takesBack' };
  }
  return {
    ...common,
    reasons: [...steps, ...overtakenSteps(overtaken), ...upgradeSteps(future, on)],
    clause: '第8条2項',
    message: `変更を受け付けました。${formatDateJa(on)}から適用します。`,
    outcome: 'accepted',
    became: 'accepted',
  };
}

const SAME = refuse('ruleRefuses', '変更の適用日の契約内容と同じため、変わるものがありません。', '第8条2項');

/** Whether nothing is different on the day from the day before, so that nothing would have to be done. */
function changesNothing(future: ContractFuture, on: CivilDate): boolean {
  return isEmpty(alterationBetween(contentsOn(future, addDays(on, -1)), contentsOn(future, on)));
}

function later(future: ContractFuture, change: OpenChange, judged: JudgedChange): Settlement[] {
  const { requestId, on, overtaken, steps } = judged;
  const idle = change.state === 'settled' && (judged.state !== 'accepted' || changesNothing(future, on));
  const became = idle ? null : becameOf(change, judged);
  if (became === null) return [];
  const common = { requestId, on, firstOn: change.firstOn, overtaken, reasons: steps, became };
  if (judged.state === 'accepted') {
    const reasons = [...steps, ...overtakenSteps(overtaken)];
    return [{ ...common, outcome: 'accepted', clause: '第8条2項', message: STANDS[became](on), reasons }];
  }
  if (judged.state === 'superseded') return [{ ...common, outcome: 'superseded', ...told(steps) }];
  return [{ ...common, outcome: 'dropped', ...toldRefusal(judged.refusal) }];
}

type News = Affected['became'];

function becameOf({ state, told: before }: OpenChange, judged: JudgedChange): News | null {
  if (judged.state === 'refused') return null;
  if (judged.state !== 'accepted') return judged.state === state ? null : judged.state;
  if (state !== 'accepted') return 'restored';
  if (before.on !== null && before.on !== judged.on) return 'moved';
  return judged.overtaken.some((field) => !before.overtaken.includes(field)) ? 'reduced' : null;
}

const STANDS: Record<News, (on: CivilDate) => string> = {
  restored: (on) => `取りやめとなっていた変更が、有効に戻りました。${formatDateJa(on)}から適用します。`,
  moved: (on) => `変更の適用日が変わりました。${formatDateJa(on)}から適用します。`,
  reduced: (on) =>
    `後に到達した申込みが、この変更の一部に優先します。残りは${formatDateJa(on)}から適用します。`,
  superseded: () => '',
  dropped: () => '',
};

/** The words for what somebody lost to: the last step, with its clause. */
function told(steps: readonly Step[]): { clause: string; message: string } {
  const last = steps.at(-1);
  return { clause: last?.clause ?? '第8条2項', message: last?.text ?? '' };
}

function toldRefusal(refusal: Refusal | null): { clause: string; message: string } {
  return {
    clause: refusal?.clause ?? '第8条',
    message: refusal?.message ?? 'この変更は受け付けられません。',
  };
}

const FIELD_WORDS = { kind: '契約の種類', planCode: '料金プラン', licences: 'ユーザーライセンス' } as const;

/** What a field of the contents is called; every option is one of the options. */
export function fieldWord(field: ContentsField): string {
  return field === 'kind' || field === 'planCode' || field === 'licences' ? FIELD_WORDS[field] : 'オプション';
}

function overtakenSteps(overtaken: readonly ContentsField[]): Step[] {
  if (overtaken.length === 0) return [];
  const words = [...new Set(overtaken.map(fieldWord))].join('、');
  return [step(`${words}については、後に到達した申込みが優先します。`, '第8条2項')];
}

/** What an upgrade inside an annual period costs until its end, told with the answer (第8条2項). */
function upgradeSteps(future: ContractFuture, effectiveOn: CivilDate): Step[] {
  const period = periodOn(future.line, effectiveOn);
  const upgrade = upgradesIn(future, period).find(({ on }) => on === effectiveOn);
  if (upgrade === undefined) return [];
  const { oldFeeYen, newFeeYen, months, differenceYen } = upgrade;
  return [
    step(
      `${formatDateJa(effectiveOn)}から満了日${formatDateJa(period.to)}までの残りは、満${months}か月です。`,
      '第8条2項',
    ),
    step(
      `年額の差${formatYen(newFeeYen - oldFeeYen)} × ${months} ÷ 12 ＝ ${formatYen(differenceYen)}（1円未満切り捨て、税抜）です。`,
      '第6条2項',
    ),
  ];
}
