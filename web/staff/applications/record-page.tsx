import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import type { Catalogue } from '../../../db/queries/read/catalogue.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { staffPage } from '../../components/layout.tsx';
import { MailTable } from '../../components/mail-table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { instantText } from '../../format.ts';
import { CHANNEL_LABELS } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Access } from '../rights.ts';
import { ApplicationPanel } from './application-panel.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { FindingsPanel } from './findings-panel.tsx';
import { DecisionList, MailProblem, WithdrawalForm } from './side-panels.tsx';

/** A decision that could not be taken as sent: shown again with its errors and all that was typed. */
export interface Draft {
  /** 'review', 'approval', 'withdrawal', or the id of a finding. */
  form: string;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}

export interface RecordPage {
  frame: ReturnType<typeof frame>;
  detail: ApplicationDetail;
  catalogue: Catalogue;
  access: Access;
  names: ReadonlyMap<string, string>;
  now: Date;
  draft: Draft | null;
  /** Makes the command ids of the forms. */
  newId: () => string;
}

/** An application: what was entered on the left, evidence and decisions on the right. */
export function recordPage(page: RecordPage) {
  const { detail, names, draft } = page;
  const { application } = detail;
  const title = application.companyName || '（会社名の記入なし）';
  return staffPage({
    ...page.frame,
    title: `${title}（${application.receiptNumber}）`,
    hasErrors: draft !== null,
    wide: true,
    children: (
      <>
        <header class={application.sandbox ? 'record-head record-sandbox' : 'record-head'}>
          <div>
            <p class="eyebrow">
              <a href="/staff/applications">申込</a> / {application.receiptNumber}
            </p>
            <h1>
              {title} <StatusBadge kind="application" value={application.status} />
              {application.sandbox ? <SandboxMark /> : null}
            </h1>
            <p class="record-meta">
              <span>
                {CHANNEL_LABELS[application.channel]}・{instantText(application.receivedAt)} 受付
              </span>
              {application.round > 1 ? <span>{application.round}回目の提出</span> : null}
              {detail.contractId === null ? null : (
                <a href={`/staff/contracts/${detail.contractId}`}>この申込の契約を見る</a>
              )}
            </p>
          </div>
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
              確認と判断
            </h2>
            <FindingsPanel {...page} />
            <DecisionPanel {...page} />
            <MailProblem {...page} />
            <section class="panel">
              <h3>これまでの判断</h3>
              <DecisionList decisions={detail.decisions} names={names} />
            </section>
            <section class="panel">
              <h3>メール</h3>
              <MailTable mails={detail.mails} />
            </section>
            <WithdrawalForm {...page} />
            <section class="panel">
              <h3>経過</h3>
              <Timeline rows={detail.timeline} names={names} />
            </section>
          </section>
        </div>
      </>
    ),
  });
}
