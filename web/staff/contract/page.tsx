import type { DataRequestListRow } from '../../../db/queries/data-request/read.ts';
import type { DataViewRow } from '../../../db/queries/data-view/read.ts';
import type { OffBoardingStepRow } from '../../../db/queries/off-boarding/steps.ts';
import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import type { SuspensionRow } from '../../../db/queries/suspension/find.ts';
import type { WhatIf } from '../../../domain/ending/what-if.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { staffPage } from '../../components/layout.tsx';
import { MailTable } from '../../components/mail-table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateWithEra } from '../../format.ts';
import { CONTRACT_KIND_LABELS } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { DataAccess } from '../data/access.ts';
import { OffBoardingPanel } from '../off-boarding/panel.tsx';
import { hasRole, MAY } from '../rights.ts';
import { CalendarPanel } from './calendar-panel.tsx';
import { CertificatesPanel } from './certificates-panel.tsx';
import { ClockPanel } from './clock-panel.tsx';
import { DeletionPanel, type DeletionState } from './deletion/panel.tsx';
import { LivePanel } from './live-panel.tsx';
import { PeriodsPanel } from './periods-panel.tsx';
import { RequestsPanel } from './requests-panel.tsx';
import { SubjectPanel } from './subject-panel.tsx';
import { SuspensionBadge, SuspensionPanel } from './suspension-panel.tsx';
import { TasksPanel } from './tasks-panel.tsx';
import { TermsPanel } from './terms-panel.tsx';
import type { ContractView } from './view.ts';
import { Closed, ClosedData, ViewsPanel } from './views-panel.tsx';
import { WhatIfPanel } from './what-if-panel.tsx';

export interface ContractPage {
  frame: ReturnType<typeof frame>;
  detail: ContractDetail;
  /** The same contract with what the rules need to be asked about it. */
  view: ContractView;
  /** What a cancellation arriving now would bring about; null when the contract is over. */
  whatIf: WhatIf | null;
  deletion: DeletionState;
  clockError: ClockError | null;
  /** Those that reach it, past ones too, in the order in which they begin. */
  suspensions: readonly SuspensionRow[];
  names: ReadonlyMap<string, string>;
  now: Date;
  /** Whether contract number and company ID are shown in full (第12条2項); asking for it is logged. */
  numbersShown: boolean;
  /** Steps after the end; none while the contract lives. */
  offBoarding: readonly OffBoardingStepRow[];
  newId: () => string;
  /** What the person may see of the customer's data (第13条2項). */
  access: DataAccess;
  /** The last looks at that data; null for those who do not supervise it. */
  views: readonly DataViewRow[] | null;
  /** Requests about data that wait for an answer, the soonest last day first; none for those who may not see them. */
  openDataRequests: readonly DataRequestListRow[];
}

/** What was wrong with the day that the test clock should run to, and what was typed. */
export interface ClockError {
  value: string;
  message: string;
}

/** A contract: each panel is a file of its own; left the agreement, right what happens to it. */
export function contractPage(page: ContractPage) {
  const { detail, names, view } = page;
  const { contract, customer } = detail;
  return staffPage({
    ...page.frame,
    title: `${customer.name}の契約`,
    hasErrors: page.clockError !== null,
    wide: true,
    children: (
      <>
        <header class={contract.sandbox ? 'record-head record-sandbox' : 'record-head'}>
          <div>
            <p class="eyebrow">
              <a href="/staff/contracts">契約</a> / {CONTRACT_KIND_LABELS[contract.kind]}
            </p>
            <h1>
              {customer.name} <StatusBadge kind="contract" value={contract.status} />
              <SuspensionBadge suspensions={page.suspensions} />
              {contract.sandbox ? <SandboxMark /> : null}
            </h1>
            <p class="record-meta">
              <span>{dateWithEra(contract.concludedOn)} 締結</span>
              {contract.endsOn === null ? null : (
                <b>
                  {dateWithEra(contract.endsOn)} {isLive(contract.status) ? '終了予定' : '終了'}
                </b>
              )}
              <a href={`/staff/applications/${contract.applicationId}`}>元の申込を見る</a>
              {hasRole(page.frame.signedIn.staff, MAY.enterBankAccount) ? (
                <a href={`/staff/contracts/${contract.id}/bank-account`}>返金の振込先</a>
              ) : null}
              {contract.discontinuationId !== null &&
              hasRole(page.frame.signedIn.staff, MAY.seeDiscontinuations) ? (
                <a href={`/staff/discontinuations/${contract.discontinuationId}`}>廃止の手続きを見る</a>
              ) : null}
              <a href={`/staff/contracts/${contract.id}/telephony`}>電話サービスを見る</a>
              {hasRole(page.frame.signedIn.staff, MAY.seeDeletion) ? (
                <a href={`/staff/contracts/${contract.id}/deletion`}>データ削除と保留</a>
              ) : null}
              {hasRole(page.frame.signedIn.staff, MAY.seeContractFindings) ? (
                <a href={`/staff/contracts/${contract.id}/findings`}>照合リストとの一致を見る</a>
              ) : null}
            </p>
          </div>
        </header>
        {page.clockError === null ? null : (
          <ErrorSummary errors={[{ field: 'clock-to', message: page.clockError.message }]} />
        )}
        <div class="split">
          <section class="split-pane" aria-labelledby="agreed" tabindex={0}>
            <h2 id="agreed" class="pane-title">
              契約内容
            </h2>
            <ClosedData access={page.access} contractId={contract.id} />
            <SubjectPanel {...page} />
            <TermsPanel agreed={detail.termsNumber} terms={view.terms} />
            <PeriodsPanel view={view} />
            <CalendarPanel view={view} />
          </section>
          <section class="split-pane" aria-labelledby="going-on" tabindex={0}>
            <h2 id="going-on" class="pane-title">
              手続きと経過
            </h2>
            <TasksPanel {...page} />
            <LivePanel view={view} />
            <OffBoardingPanel contractId={contract.id} steps={page.offBoarding} names={names} />
            <SuspensionPanel {...page} />
            <DeletionPanel {...page} />
            <ClockPanel {...page} />
            <RequestsPanel {...page} />
            <WhatIfPanel {...page} />
            <CertificatesPanel {...page} />
            <section class="panel">
              <h3>メール</h3>
              {page.access.sees.has('mail') ? <MailTable mails={detail.mails} /> : <Closed />}
            </section>
            <ViewsPanel {...page} />
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
