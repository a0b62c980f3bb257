import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import { canWithdraw } from '../../../domain/application.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { errorFor } from '../../components/errors.tsx';
import { TextAreaField } from '../../components/field.tsx';
import { instantText } from '../../format.ts';
import {
  APPROVAL_VERDICT_LABELS,
  actorName,
  FINDING_VERDICT_LABELS,
  labelOf,
  REVIEW_VERDICT_LABELS,
} from '../../glossary.ts';
import { REASON_LABELS } from '../../reasons.ts';
import { hasRole, MAY } from '../rights.ts';
import type { RecordPage } from './record-page.tsx';

const STAGE_LABELS = {
  review: '審査',
  approval: '承認',
  finding: '一致の判断',
  request: '申し出',
  offBoarding: '終了後の手続き',
} as const;
const VERDICT_LABELS: Readonly<Record<string, string>> = {
  ...REVIEW_VERDICT_LABELS,
  ...APPROVAL_VERDICT_LABELS,
  ...FINDING_VERDICT_LABELS,
  withdraw: '取下げ',
};

/** Who decided what and why, in the order in which it happened. */
export function DecisionList(props: {
  decisions: ApplicationDetail['decisions'];
  names: ReadonlyMap<string, string>;
}) {
  const { decisions, names } = props;
  if (decisions.length === 0) return <p class="empty">判断の記録はまだありません。</p>;
  return (
    <ol class="decisions">
      {decisions.map(({ stage, verdict, outcome, reasonCode, reason, staffId, createdAt }) => (
        <li>
          <p>
            <b>
              {STAGE_LABELS[stage]}：{labelOf(VERDICT_LABELS, verdict)}
            </b>{' '}
            {outcome === 'effective' ? null : <StatusBadge kind="decision" value={outcome} />}
          </p>
          <p class="lines">
            {labelOf(REASON_LABELS, reasonCode)}：{reason}
          </p>
          <small>
            {actorName(staffId, names)}・{instantText(createdAt)}
          </small>
        </li>
      ))}
    </ol>
  );
}

/** The applicant may withdraw until acceptance (第4条2項); by telephone or mail, staff record it. */
export function WithdrawalForm({ detail, frame, draft, newId }: RecordPage) {
  const { application } = detail;
  if (!canWithdraw(application.status) || !hasRole(frame.signedIn.staff, MAY.recordWithdrawal)) return null;
  const mine = draft?.form === 'withdrawal' ? draft : null;
  return (
    <details class="panel" open={mine !== null}>
      <summary>申込者から取下げの申し出があった場合</summary>
      <form method="post" action={`/staff/applications/${application.id}/withdrawal`} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={mine?.values.commandId ?? newId()} />
        <TextAreaField
          id="withdrawal-reason"
          name="reason"
          label="いつ、誰から、どのように申し出があったか"
          required
          rows={3}
          value={mine?.values.reason ?? ''}
          error={errorFor(mine?.errors ?? [], 'withdrawal-reason')}
        />
        <button class="button button-danger" type="submit">
          申込を取り下げる
        </button>
      </form>
    </details>
  );
}

/** A mail that its server refused for good: staff mend what stopped it, then send it again. */
export function MailProblem({ detail, frame, newId }: RecordPage) {
  const task = detail.tasks.find(({ kind }) => kind === 'mailProblem');
  if (task === undefined || !frame.signedIn.staff.roles.some((role) => role === task.role)) return null;
  return (
    <section class="panel panel-strong">
      <h3>メールが届いていません</h3>
      <p class="lines">{task.note}</p>
      <form method="post" action={`/staff/applications/${detail.application.id}/retry`}>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={newId()} />
        <input type="hidden" name="taskId" value={task.id} />
        <button class="button button-primary" type="submit">
          もう一度送信する
        </button>
      </form>
    </section>
  );
}
