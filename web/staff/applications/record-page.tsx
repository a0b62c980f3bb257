import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import type { Catalogue } from '../../../db/queries/read/catalogue.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { staffPage } from '../../components/layout.tsx';
import { MailTable } from '../../components/mail-table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { applicantText, instantText } from '../../format.ts';
import { CHANNEL_LABELS } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Access } from '../desk/access.ts';
import type { Draft } from '../desk/draft.ts';
import { Others } from '../presence/others.tsx';
import { hasRole, MAY } from '../rights.ts';
import { ApplicationPanel } from './application-panel.tsx';
import { ApplicationDecision, ReviewOutcome } from './decision-panel.tsx';
import { FindingsPanel } from './findings-panel.tsx';
import { ScansPanel } from './scans-panel.tsx';
import { DecisionList, MailProblem, WithdrawalForm } from './side-panels.tsx';

/** A task of the application, as it stands on its page. */
export type OpenTask = ApplicationDetail['tasks'][number];

export interface RecordPage {
  frame: ReturnType<typeof frame>;
  detail: ApplicationDetail;
  catalogue: Catalogue;
  /** How many pages those documents have that are shown page by page, by their ids. */
  tiffPages: ReadonlyMap<string, number>;
  access: Access<OpenTask>;
  names: ReadonlyMap<string, string>;
  now: Date;
  draft: Draft | null;
  /** Makes the command ids of the forms. */
  newId: () => string;
}

/**
 * An application: what was entered on the left, evidence on the right, each scrolling by itself, and the decision below both, always in
 * view where there is room.
 */
export function recordPage(page: RecordPage) {
  const { detail, names, draft } = page;
  const { application } = detail;
  const title = applicantText({ ...application, deletedOn: detail.deletedOn });
  return staffPage({
    ...page.frame,
    title: `${title}（${application.receiptNumber}）`,
    hasErrors: (draft?.errors.length ?? 0) > 0,
    wide: true,
    children: (
      <>
        <header class={application.sandbox ? 'record-head record-sandbox' : 'record-head'}>
          <h1>
            {title} <StatusBadge kind="application" value={application.status} />
            {application.sandbox ? <SandboxMark /> : null}
          </h1>
          <p class="record-meta">
            <span>
              <a href="/staff/applications">申込</a> / {application.receiptNumber}
            </span>
            <span>
              {CHANNEL_LABELS[application.channel]}・{instantText(application.receivedAt)} 受付
            </span>
            {application.round > 1 ? <span>{application.round}回目の提出</span> : null}
            {detail.contractId === null ? null : (
              <a href={`/staff/contracts/${detail.contractId}`}>この申込の契約を見る</a>
            )}
            {page.access.may ? (
              <a class="to-decision" href="#decide">
                判断の欄へ
              </a>
            ) : null}
          </p>
          <Others path={`/staff/applications/${application.id}`} />
        </header>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <div class="split">
          <section class="split-pane" aria-labelledby="entered" tabindex={0}>
            <h2 id="entered" class="pane-title">
              申込内容
            </h2>
            <ApplicationPanel {...page} />
          </section>
          <section class="split-pane" aria-labelledby="judged" tabindex={0}>
            <h2 id="judged" class="pane-title">
              確認結果と経緯
            </h2>
            <ReviewOutcome {...page} />
            <FindingsPanel {...page} />
            <ScansPanel {...page} />
            <MailProblem {...page} />
            {hasRole(page.frame.signedIn.staff, MAY.seeCampaigns) ? (
              <p>
                <a href={`/staff/applications/${detail.application.id}/campaigns`}>
                  キャンペーンの条件と記録
                </a>
              </p>
            ) : null}
            <section class="panel">
              <h3>これまでの判断</h3>
              <DecisionList decisions={detail.decisions} names={names} />
            </section>
            <section class="panel">
              <h3>メール</h3>
              <MailTable mails={detail.mails} recipients path={`/staff/applications/${application.id}`} />
            </section>
            <WithdrawalForm {...page} />
            <section class="panel">
              <h3>経過</h3>
              <Timeline rows={detail.timeline} names={names} />
            </section>
          </section>
        </div>
        <div class="decision-bar">
          <ApplicationDecision {...page} />
        </div>
      </>
    ),
  });
}
