import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import { NOTICE_VERDICTS, noticeActions } from '../../../domain/notice/notice.ts';
import { DECISIONS } from '../../../domain/processes/index.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { NOTICE_REASONS } from '../../reasons.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';
import { hasRole, MAY } from '../rights.ts';
import { ProgressPanel } from './progress-panel.tsx';
import { type NoticeView, noticeAccess } from './view.ts';
import { ACTION_WORDS, AUDIENCE_LABELS, CAUSE_LABELS, CLASS_LABELS } from './words.ts';

export interface NoticePage extends NoticeView {
  draft: Draft | null;
  timeline: readonly AuditRow[];
  planName: string | null;
  flash: string | null;
  newId: () => string;
}

/** One notice: what it says, how far it is, who decides, what happened. */
export function noticePage(page: NoticePage) {
  const { notice, draft, flash, names, timeline } = page;
  return staffPage({
    ...page.frame,
    title: notice.title,
    hasErrors: (draft?.errors.length ?? 0) > 0,
    wide: true,
    children: (
      <>
        <header class={notice.sandbox ? 'record-head record-sandbox' : 'record-head'}>
          <div>
            <p class="eyebrow">
              <a href="/staff/notices">通知</a> / {CAUSE_LABELS[notice.causeType]}
            </p>
            <h1>
              {notice.title} <StatusBadge kind="notice" value={notice.status} />
              {notice.sandbox ? <SandboxMark /> : null}
            </h1>
            <p class="record-meta">
              <span>
                {instantText(notice.createdAt)} {actorName(notice.createdBy, names)}が作成
              </span>
              <a href={`/staff/notices/${notice.id}/preview`}>宛先ごとの見え方を確認する</a>
              {notice.recipientCount === null ? null : (
                <a href={`/staff/notices/${notice.id}/recipients`}>宛先の一覧を見る</a>
              )}
            </p>
          </div>
        </header>
        {flash === null ? null : (
          <p class="flash" role="status">
            {flash}
          </p>
        )}
        <ErrorSummary errors={draft?.errors ?? []} />
        <div class="notice-columns">
          <div>
            <DraftPanel page={page} />
            <NoticeDecision page={page} />
            <ProgressPanel view={page} />
            <ActionsPanel page={page} />
            <ContentPanel page={page} />
          </div>
          <aside>
            <SubjectPanel page={page} />
            <section class="panel">
              <h2>経緯</h2>
              <Timeline rows={timeline} names={names} />
            </section>
          </aside>
        </div>
      </>
    ),
  });
}

function DraftPanel({ page }: { page: NoticePage }) {
  const { notice, frame, wouldBe } = page;
  if (notice.status !== 'draft') return null;
  const { staff, csrfToken } = frame.signedIn;
  return (
    <section class="panel panel-strong">
      <h2>下書き</h2>
      <p>
        いま送るとすると、宛先は<b>{wouldBe.toLocaleString('ja-JP')}件</b>
        です。宛先は、二人目の承認のときに確定します。
      </p>
      {hasRole(staff, MAY.draftNotices) ? (
        <form method="post" action={`/staff/notices/${notice.id}/submit`}>
          <input type="hidden" name="csrf" value={csrfToken} />
          <input type="hidden" name="commandId" value={page.newId()} />
          <input type="hidden" name="version" value={String(notice.version)} />
          <p class="button-row">
            <button class="button button-primary" type="submit">
              承認を依頼する
            </button>
            <a class="button button-secondary" href={`/staff/notices/${notice.id}/edit`}>
              下書きを直す
            </a>
          </p>
        </form>
      ) : (
        <p class="hint">承認を依頼できるのは運用担当と法務担当です。</p>
      )}
    </section>
  );
}

function NoticeDecision({ page }: { page: NoticePage }) {
  const { notice } = page;
  if (notice.status !== 'waitingApproval') return null;
  const access = noticeAccess(page);
  const task = access.may ? access.task : null;
  const second = task?.kind === 'noticeApproval';
  return (
    <DecisionPanel
      access={access}
      heading={second ? '承認（二人目）' : '内容の確認（一人目）'}
      quiet="承認待ち"
      id="decision"
    >
      <p>
        {second
          ? `承認すると、宛先（いま${page.wouldBe.toLocaleString('ja-JP')}件）と文面が確定し、すぐに送信が始まります。`
          : '文面と宛先を確かめてください。このあと、別の担当者が承認すると送信が始まります。'}
      </p>
      <DecisionForm
        page={page}
        form="notice"
        action={`/staff/notices/${notice.id}/decide`}
        taskId={task?.id ?? ''}
        verdicts={NOTICE_VERDICTS.map((value) => ({
          value,
          label: DECISIONS.notice.verdicts[value],
          reasons: NOTICE_REASONS[value],
        }))}
      />
    </DecisionPanel>
  );
}

function ActionsPanel({ page }: { page: NoticePage }) {
  const { notice, frame, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  const actions = noticeActions(notice.status).filter((action) => action !== 'recordLetters');
  if (actions.length === 0 || !hasRole(staff, MAY.steerNotices)) return null;
  return (
    <section class="panel">
      <h2>操作</h2>
      <div class="button-row">
        {actions.map((action) => (
          <form method="post" action={`/staff/notices/${notice.id}/${action}`}>
            <input type="hidden" name="csrf" value={csrfToken} />
            <input type="hidden" name="commandId" value={newId()} />
            <button class={`button ${action === 'stop' ? 'button-quiet' : 'button-secondary'}`} type="submit">
              {ACTION_WORDS[action].label}
            </button>
          </form>
        ))}
      </div>
    </section>
  );
}

function ContentPanel({ page }: { page: NoticePage }) {
  const { notice } = page;
  return (
    <section class="panel">
      <h2>文面</h2>
      <Facts
        facts={[
          ...(notice.byMail
            ? [
                { label: '件名', value: notice.subjectLine },
                { label: '本文', value: <span class="lines">{notice.body}</span> },
              ]
            : []),
          ...(notice.postOnWeb
            ? [{ label: 'Webに掲載する文', value: <span class="lines">{notice.postingText}</span> }]
            : []),
          ...Object.entries(notice.values).map(([name, value]) => ({ label: `{{${name}}}`, value })),
        ]}
      />
    </section>
  );
}

function SubjectPanel({ page }: { page: NoticePage }) {
  const { notice, names, planName } = page;
  const person = (id: string | null) => (id === null ? 'まだ' : actorName(id, names));
  return (
    <section class="panel">
      <h2>通知の内容</h2>
      <Facts
        facts={[
          { label: '種類', value: CLASS_LABELS[notice.noticeClass] },
          {
            label: '宛先',
            value: `${AUDIENCE_LABELS[notice.audience]}${planName === null ? '' : `（${planName}）`}`,
          },
          {
            label: '方法',
            value: [notice.byMail ? 'メール' : '', notice.postOnWeb ? 'Web掲載' : '']
              .filter(Boolean)
              .join('・'),
          },
          {
            label: 'Web掲載の日時',
            value:
              notice.postedAt === null
                ? notice.postOnWeb
                  ? 'まだ掲載していません'
                  : '掲載しません'
                : instantText(notice.postedAt),
          },
          {
            label: '内容の確認',
            value:
              notice.approvedAt !== null && notice.reviewedBy === null
                ? '二人目の確認を待たずに通知（第15条）'
                : person(notice.reviewedBy),
          },
          { label: '承認', value: person(notice.approvedAt === null ? null : notice.approvedBy) },
          ...(notice.contentSha256 === null
            ? []
            : [{ label: '文面のハッシュ値', value: <code class="hash">{notice.contentSha256}</code> }]),
        ]}
      />
    </section>
  );
}
