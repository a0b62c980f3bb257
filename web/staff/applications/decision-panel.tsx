import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import {
  type ApprovalVerdict,
  acceptanceBlock,
  REVIEW_VERDICTS,
} from '../../../domain/application/application.ts';
import { dueText, instantText } from '../../format.ts';
import { APPROVAL_VERDICT_LABELS, actorName, REVIEW_VERDICT_LABELS } from '../../glossary.ts';
import { APPROVAL_REASONS, REVIEW_REASONS } from '../../reasons.ts';
import { DecisionForm } from '../desk/decision-form.tsx';
import type { OpenTask } from '../rights.ts';
import type { RecordPage } from './record-page.tsx';

/** The open decision: its form for whoever may take it, for everybody else the words that say why there is none. */
export function DecisionPanel(page: RecordPage) {
  const { access } = page;
  if (!access.may) {
    return (
      <section class="panel panel-quiet" id="decide">
        <h3>判断</h3>
        <p>{access.why}</p>
      </section>
    );
  }
  return (
    <section class="panel panel-strong" id="decide">
      <h3>{access.stage === 'review' ? '審査する' : '承認する'}</h3>
      <TaskLine task={access.task} page={page} />
      {access.stage === 'review' ? (
        <ReviewForm page={page} task={access.task} />
      ) : (
        <ApprovalForm page={page} task={access.task} />
      )}
    </section>
  );
}

function TaskLine({ task, page }: { task: OpenTask; page: RecordPage }) {
  const due = dueText(task.dueAt, page.now);
  const me = page.frame.signedIn.staff.id;
  return (
    <p class="task-line">
      <span class={due.overdue ? 'due due-over' : due.soon ? 'due due-soon' : 'due'}>{due.text}</span>
      <span>{instantText(task.dueAt)} まで</span>
      {task.claimedBy !== null && task.claimedBy !== me ? (
        <b>{actorName(task.claimedBy, page.names)}さんが担当中です</b>
      ) : null}
    </p>
  );
}

/** Why nobody may accept at present, or null: open or confirmed findings of this round. */
function blockOf({ application, findings }: ApplicationDetail): string | null {
  return acceptanceBlock(findings.filter(({ round }) => round === application.round));
}

function ReviewForm({ page, task }: { page: RecordPage; task: OpenTask }) {
  const block = blockOf(page.detail);
  const verdicts = REVIEW_VERDICTS.filter((verdict) => verdict !== 'recommendAccept' || block === null);
  return (
    <>
      {block === null ? null : <p class="notice notice-warning">{block}</p>}
      <DecisionForm
        page={page}
        form="review"
        action={`/staff/applications/${page.detail.application.id}/review`}
        taskId={task.id}
        verdicts={verdicts.map((value) => ({
          value,
          label: REVIEW_VERDICT_LABELS[value],
          reasons: REVIEW_REASONS[value],
        }))}
        reasonHint="修正を依頼するときは、ここに書いた内容が申込者の修正画面に表示されます。それ以外は社内だけに残ります。"
        submit="審査の判断を確定する"
      />
    </>
  );
}

function ApprovalForm({ page, task }: { page: RecordPage; task: OpenTask }) {
  const { detail, names } = page;
  const review = detail.decisions.findLast(
    ({ stage, outcome }) => stage === 'review' && outcome === 'effective',
  );
  const block = blockOf(detail);
  const verdicts: ApprovalVerdict[] =
    review?.verdict === 'recommendRefuse'
      ? ['refuse', 'sendBack']
      : block === null
        ? ['accept', 'sendBack']
        : ['sendBack'];
  return (
    <>
      {review === undefined ? null : (
        <p class="notice">
          <b>
            審査の結論：
            {review.verdict === 'recommendRefuse'
              ? REVIEW_VERDICT_LABELS.recommendRefuse
              : REVIEW_VERDICT_LABELS.recommendAccept}
          </b>
          （{actorName(review.staffId, names)}）<span class="lines">{review.reason}</span>
        </p>
      )}
      {block === null ? null : <p class="notice notice-warning">{block}</p>}
      <DecisionForm
        page={page}
        form="approval"
        action={`/staff/applications/${detail.application.id}/approval`}
        taskId={task.id}
        verdicts={verdicts.map((value) => ({
          value,
          label: APPROVAL_VERDICT_LABELS[value],
          reasons: APPROVAL_REASONS[value],
        }))}
        reasonHint="社内だけに残ります。審査の結論と違う判断をするときは、審査へ差し戻してください。"
        submit="承認の判断を確定する"
      />
    </>
  );
}
