import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import {
  type ApprovalVerdict,
  acceptanceBlock,
  REVIEW_VERDICTS,
} from '../../../domain/application/application.ts';
import { markBlock } from '../../../domain/application/field-marks.ts';
import { DECISIONS } from '../../../domain/processes/index.ts';
import { dueText, nearInstantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { APPROVAL_REASONS, REVIEW_REASONS } from '../../reasons.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import { MarkCounts, marksNow } from './field-mark.tsx';
import { ofRound } from './of-round.ts';
import type { OpenTask, RecordPage } from './record-page.tsx';

/** The open decision on an application (第4条). */
export function ApplicationDecision(page: RecordPage) {
  const { access } = page;
  const task = access.may ? access.task : null;
  const isReview = task?.kind === 'review';
  return (
    <DecisionPanel access={access} level={3} heading={isReview ? '審査する' : '承認する'} quiet="判断">
      {task === null ? null : (
        <>
          <TaskLine task={task} page={page} />
          {isReview ? <ReviewForm page={page} task={task} /> : <ApprovalForm page={page} task={task} />}
        </>
      )}
    </DecisionPanel>
  );
}

function TaskLine({ task, page }: { task: OpenTask; page: RecordPage }) {
  const due = dueText(task.dueAt, page.now);
  const me = page.frame.signedIn.staff.id;
  return (
    <p class="task-line">
      <span class={due.overdue ? 'due due-over' : due.soon ? 'due due-soon' : 'due'}>{due.text}</span>
      <span>{nearInstantText(task.dueAt)} まで</span>
      {task.claimedBy !== null && task.claimedBy !== me ? (
        <b>{actorName(task.claimedBy, page.names)}さんが担当中です</b>
      ) : null}
    </p>
  );
}

/** Why nobody may accept at present, or null: open or confirmed findings of this round, and fields that differ. */
function blockOf(detail: ApplicationDetail): string | null {
  const { application, findings } = detail;
  return acceptanceBlock(ofRound(findings, application)) ?? markBlock(marksNow(detail));
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
        main
        mails
        action={`/staff/applications/${page.detail.application.id}/review`}
        taskId={task.id}
        verdicts={verdicts.map((value) => ({
          value,
          label: DECISIONS.review.verdicts[value],
          reasons: REVIEW_REASONS[value],
        }))}
        reasonHint="修正を依頼するときは、この内容が申込者の修正画面に出ます（「相違」の印はメールにも）。それ以外は社内だけに残ります。"
        submit="審査の判断を確定する"
      />
    </>
  );
}

const lastReview = ({ decisions }: ApplicationDetail) =>
  decisions.findLast(({ stage, outcome }) => stage === 'review' && outcome === 'effective');

/** What the review came to, for whoever approves. */
export function ReviewOutcome({ access, detail, names }: RecordPage) {
  const review = lastReview(detail);
  if (!access.may || access.task.kind !== 'approval' || review === undefined) return null;
  return (
    <section class="panel">
      <h3>
        審査の結論：
        {review.verdict === 'recommendRefuse'
          ? DECISIONS.review.verdicts.recommendRefuse
          : DECISIONS.review.verdicts.recommendAccept}
      </h3>
      <p class="lines">{review.reason}</p>
      <MarkCounts detail={detail} />
      <small>{actorName(review.staffId, names)}</small>
    </section>
  );
}

function ApprovalForm({ page, task }: { page: RecordPage; task: OpenTask }) {
  const { detail } = page;
  const review = lastReview(detail);
  const block = blockOf(detail);
  const verdicts: ApprovalVerdict[] =
    review?.verdict === 'recommendRefuse'
      ? ['refuse', 'sendBack']
      : block === null
        ? ['accept', 'sendBack']
        : ['sendBack'];
  return (
    <>
      {block === null ? null : <p class="notice notice-warning">{block}</p>}
      <DecisionForm
        page={page}
        form="approval"
        main
        mails
        action={`/staff/applications/${detail.application.id}/approval`}
        taskId={task.id}
        verdicts={verdicts.map((value) => ({
          value,
          label: DECISIONS.approval.verdicts[value],
          reasons: APPROVAL_REASONS[value],
        }))}
        reasonHint="社内だけに残ります。審査の結論と違う判断をするときは、審査へ差し戻してください。"
        submit="承認の判断を確定する"
      />
    </>
  );
}
