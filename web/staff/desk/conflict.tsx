import type { DecisionRow } from '../../../db/queries/decision/record.ts';
import type { Refusal } from '../../../domain/base/answers.ts';
import { DECISIONS, type DecisionStage } from '../../../domain/processes/index.ts';
import { type Difference, Differences } from '../../components/differences.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText } from '../../format.ts';
import { actorName, labelOf } from '../../glossary.ts';
import { withClause } from '../../http/answer.ts';
import { REASON_LABELS } from '../../reasons.ts';
import type { frame } from '../console.ts';

export interface ConflictPage {
  frame: ReturnType<typeof frame>;
  /** The decision that was faster; null where the state changed by something else. */
  last: DecisionRow | null;
  names: ReadonlyMap<string, string>;
  link: { href: string; label: string };
  /** What the workflow or the rule said, where it said more. */
  refusal: Refusal | null;
  /** The word for the state the subject is in now. */
  state: string | null;
  stage: DecisionStage;
  typed: Readonly<Record<string, string>>;
  prefix: string;
}

/** What somebody decided, beside what stands; the words for each come from the stage it was decided at. */
function differencesOf(last: DecisionRow, typed: ConflictPage['typed'], stage: DecisionStage): Difference[] {
  const { verdict = '', reasonCode = '', reason = '' } = typed;
  return [
    { label: '判断した段階', mine: DECISIONS[stage].label, now: DECISIONS[last.stage].label },
    { label: '判断', mine: verdictText(stage, verdict), now: verdictText(last.stage, last.verdict) },
    { label: '理由の区分', mine: reasonText(reasonCode), now: reasonText(last.reasonCode) },
    { label: '理由', mine: reason.replaceAll('\r\n', '\n'), now: last.reason },
  ];
}

const verdictText = (stage: DecisionStage, verdict: string): string =>
  verdict === '' ? '（選択なし）' : labelOf(DECISIONS[stage].verdicts, verdict);

const reasonText = (code: string): string => (code === '' ? '' : labelOf(REASON_LABELS, code));

/** A decision that came too late: what was decided meanwhile, and all that was typed, to be copied. */
export function conflictPage(page: ConflictPage) {
  const { frame, last, names, link, refusal, state, stage, typed, prefix } = page;
  const { verdict = '', reasonCode = '', reason = '' } = typed;
  return staffPage({
    ...frame,
    title: '画面を開いたあとに状態が変わりました',
    hasErrors: true,
    children: (
      <>
        <p class="eyebrow">エラー 409</p>
        <h1>画面を開いたあとに状態が変わりました</h1>
        <p class="notice notice-warning">
          <b>あなたの判断は記録されていません。</b>
          {last === null
            ? '手続きの状態が変わったため、この判断はできません。'
            : `${instantText(last.createdAt)}に${actorName(last.staffId, names)}さんが「${labelOf(DECISIONS[last.stage].verdicts, last.verdict)}」と判断しました。`}
          {state === null ? null : `現在は「${state}」です。`}
        </p>
        {refusal === null ? null : <p class="lead">{withClause(refusal)}</p>}
        {last === null ? null : <Differences rows={differencesOf(last, typed, stage)} />}
        <form class="panel" aria-labelledby="typed">
          <h2 id="typed">あなたが入力した内容（記録されていません）</h2>
          <dl class="facts">
            <dt>判断</dt>
            <dd>{verdictText(stage, verdict)}</dd>
            {reasonCode === '' ? null : (
              <>
                <dt>理由の区分</dt>
                <dd>{reasonText(reasonCode)}</dd>
              </>
            )}
          </dl>
          <div class="field">
            <label for={`${prefix}-reason`}>理由</label>
            <textarea class="input" id={`${prefix}-reason`} name="reason" rows={4}>
              {reason}
            </textarea>
          </div>
        </form>
        <p>
          <a class="button button-primary" href={link.href}>
            {link.label}
          </a>
        </p>
      </>
    ),
  });
}
