import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import { canWithdraw } from '../../../domain/application/application.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import { DECISIONS } from '../../../domain/processes/index.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { TextAreaField, typedFields } from '../../components/field.tsx';
import { instantText } from '../../format.ts';
import { actorName, labelOf } from '../../glossary.ts';
import { REASON_LABELS } from '../../reasons.ts';
import { SeeMail } from '../desk/decision-form.tsx';
import { hasRole, MAY } from '../rights.ts';
import type { RecordPage } from './record-page.tsx';

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
              {DECISIONS[stage].label}：{labelOf(DECISIONS[stage].verdicts, verdict)}
            </b>{' '}
            {outcome === 'effective' ? null : <StatusBadge kind="decision" value={outcome} />}
          </p>
          <p class="lines">
            {labelOf(REASON_LABELS, reasonCode)}
            {reason === '' ? null : `：${reason}`}
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
          {...typedFields(mine, 'withdrawal')('reason')}
          label="いつ、誰から、どのように申し出があったか"
          required
          rows={3}
        />
        <button class="button button-danger" type="submit">
          申込を取り下げる
        </button>{' '}
        <SeeMail />
      </form>
    </details>
  );
}

/** A mail that its server refused for good or sent back, and a change of the contact that waits for a second person. */
export function MailProblem({ detail, frame }: RecordPage) {
  const { staff } = frame.signedIn;
  const mine = detail.tasks.filter(({ role }) => staff.roles.some((own) => own === role));
  const contact = mine.find(({ kind }) => kind === 'contactChange');
  return (
    <>
      {mine
        .filter(({ kind }) => kind === 'mailProblem')
        .map((task) => (
          <section class="panel panel-strong">
            <h3>メールが届いていません</h3>
            <p>{causeText(task)}</p>
            <p>
              <a class="button button-primary" href={`/staff/mail-problems/${task.id}`}>
                再送または郵送で対応する
              </a>
            </p>
          </section>
        ))}
      {!mine.some(({ kind }) => kind === 'campaignApproval') ? null : (
        <section class="panel panel-strong">
          <h3>キャンペーンの条件の確認</h3>
          <p>
            <a class="button button-primary" href={`/staff/applications/${detail.application.id}/campaigns`}>
              条件を確認する
            </a>
          </p>
        </section>
      )}
      {contact === undefined ? null : (
        <section class="panel panel-strong">
          <h3>連絡先の変更の確認</h3>
          <p>
            <a class="button button-primary" href={`/staff/applications/${detail.application.id}/contact`}>
              変更を確認する
            </a>
          </p>
        </section>
      )}
    </>
  );
}
