import type { DataRequestListRow } from '../../../db/queries/data-request/read.ts';
import type { DataViewRow } from '../../../db/queries/data-view/read.ts';
import type { OffBoardingStepRow } from '../../../db/queries/off-boarding/steps.ts';
import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import type { SuspensionRow } from '../../../db/queries/suspension/find.ts';
import type { WhatIf } from '../../../domain/ending/what-if.ts';
import { ErrorSummary } from '../../components/errors.tsx';
import { staffPage } from '../../components/layout.tsx';
import { MailTable } from '../../components/mail-table.tsx';
import { BillingPanel, type ContractBilling } from '../billing/contract-panel.tsx';
import type { frame } from '../console.ts';
import type { DataAccess } from '../data/access.ts';
import { OffBoardingPanel } from '../off-boarding/panel.tsx';
import { hasRole, MAY } from '../rights.ts';
import { CalendarPanel } from './calendar-panel.tsx';
import { CertificatesPanel } from './certificates-panel.tsx';
import { ClockPanel } from './clock-panel.tsx';
import { DeletionPanel, type DeletionState } from './deletion/panel.tsx';
import { ContractHead } from './head.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { LivePanel } from './live-panel.tsx';
import { PeriodsPanel } from './periods-panel.tsx';
import { RequestsPanel } from './requests-panel.tsx';
import { SubjectPanel } from './subject-panel.tsx';
import { SuspensionPanel } from './suspension-panel.tsx';
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
  /** The one kind of entries (a process) that the timeline shows; null for all. */
  historyKind: string | null;
  /** What the person may see of the customer's data (第13条2項). */
  access: DataAccess;
  /** The last looks at that data; null for those who do not supervise it. */
  views: readonly DataViewRow[] | null;
  /** What was and will be billed; null for those who may not see it. */
  billing: ContractBilling | null;
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
  const readsMails = hasRole(page.frame.signedIn.staff, MAY.seeContractNumber);
  return staffPage({
    ...page.frame,
    title: `${customer.name}の契約`,
    hasErrors: page.clockError !== null,
    wide: true,
    children: (
      <>
        <ContractHead {...page} />
        <JumpLinks billing={page.billing !== null} />
        {page.clockError === null ? null : (
          <ErrorSummary errors={[{ field: 'clock-to', message: page.clockError.message }]} />
        )}
        <div class="flow">
          <div>
            <section aria-labelledby="agreed">
              <h2 id="agreed" class="pane-title">
                契約内容
              </h2>
              <ClosedData access={page.access} contractId={contract.id} />
              <SubjectPanel {...page} />
              <TermsPanel agreed={detail.termsNumber} terms={view.terms} />
            </section>
            <section aria-labelledby="periods">
              <h2 id="periods" class="pane-title">
                期間
              </h2>
              <PeriodsPanel view={view} />
              <CalendarPanel view={view} />
            </section>
            {page.billing === null ? null : <BillingPanel {...page.billing} />}
          </div>
          <div>
            <section aria-labelledby="going-on">
              <h2 id="going-on" class="pane-title">
                対応と予定
              </h2>
              <TasksPanel {...page} />
              <LivePanel view={view} />
              <OffBoardingPanel contractId={contract.id} steps={page.offBoarding} names={names} />
              <SuspensionPanel {...page} />
              <DeletionPanel {...page} />
              <ClockPanel {...page} />
              <RequestsPanel {...page} />
              <WhatIfPanel {...page} />
            </section>
            <section aria-labelledby="papers">
              <h2 id="papers" class="pane-title">
                書類とメール
              </h2>
              <CertificatesPanel {...page} />
              <section class="panel">
                <h3>メール</h3>
                {page.access.sees.has('mail') ? (
                  <MailTable
                    mails={detail.mails}
                    recipients={page.access.seesContact}
                    path={readsMails ? `/staff/contracts/${contract.id}` : null}
                  />
                ) : (
                  <Closed />
                )}
              </section>
            </section>
            <section aria-labelledby="history">
              <h2 id="history" class="pane-title">
                記録
              </h2>
              <ViewsPanel {...page} />
              <HistoryPanel {...page} />
            </section>
          </div>
        </div>
      </>
    ),
  });
}

/** The way to each section; stays in view while the page scrolls. */
function JumpLinks({ billing }: { billing: boolean }) {
  const links = [
    ['going-on', '対応と予定'],
    ['requests', '変更・解約'],
    ['agreed', '契約内容'],
    ['licences', '料金プラン'],
    ['periods', '期間'],
    ...(billing ? [['billing', '請求']] : []),
    ['papers', '書類とメール'],
    ['history', '記録'],
    ['timeline', '経過と予定'],
  ] as const;
  return (
    <nav class="jump" aria-label="この画面の見出し">
      {links.map(([id, label]) => (
        <a href={`#${id}`}>{label}</a>
      ))}
    </nav>
  );
}
