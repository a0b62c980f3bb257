import { type CampaignRow, termsOf } from '../../../db/queries/campaign/find.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { campaignTexts, isInForce } from '../../../domain/future/campaign.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import {
  ChoiceField,
  choicesOf,
  SelectField,
  TextAreaField,
  TextField,
  typedFields,
} from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName, CONTRACT_KIND_LABELS } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { accessOfSecond, type OpenTask } from '../desk/access.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';
import { hasRole, MAY } from '../rights.ts';

/** Whose campaigns a page shows. */
export interface CampaignsOf {
  subjectType: 'application' | 'contract';
  subjectId: string;
}

export interface CampaignPage {
  frame: ReturnType<typeof frame>;
  subject: CampaignsOf;
  companyName: string;
  /** Newest first. */
  campaigns: readonly CampaignRow[];
  plans: readonly { code: string; name: string }[];
  concludedOn: CivilDate | null;
  today: CivilDate;
  /** The second person's task on the campaign that waits. */
  task: OpenTask | null;
  names: ReadonlyMap<string, string>;
  draft: Draft | null;
  newId: () => string;
}

/** What overrides the terms for one contract, one that waits, the form for one, and those of before. */
export function campaignPage(page: CampaignPage) {
  const { subject, companyName, campaigns, names, draft, today } = page;
  const waiting = campaigns.find(({ status }) => status === 'waiting');
  const decided = campaigns.filter(({ status }) => status !== 'waiting');
  return staffPage({
    ...page.frame,
    title: `${companyName}のキャンペーン`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={subjectPath(subject)}>{companyName}</a>
        </p>
        <h1>キャンペーンの条件</h1>
        <p class="lead">
          この契約だけに、終了日まで規約・料金表と異なる条件を適用します。別の担当者（承認者）が認めると効力を持ち、契約証書に記載されます。終了日の翌日に、記載のない新しい版の契約証書を発行します（第5条4項）。
        </p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        {waiting === undefined ? <EntryForm page={page} /> : <Waiting page={page} campaign={waiting} />}
        <section>
          <h2>これまでのキャンペーン</h2>
          <Table
            caption="キャンペーンの記録"
            rows={decided}
            empty="キャンペーンはありません。"
            columns={[
              { head: '名称', cell: ({ title }) => title },
              { head: '条件', cell: (campaign) => <Terms page={page} campaign={campaign} /> },
              {
                head: '終了日',
                cell: (campaign) => (
                  <>
                    {dateText(campaign.until)}
                    {isInForce(termsOf(campaign), today) ? null : <small class="under">終了しました</small>}
                  </>
                ),
              },
              { head: '結果', cell: ({ status }) => <StatusBadge kind="campaign" value={status} /> },
              { head: '理由', cell: ({ reason }) => <span class="lines">{reason}</span> },
              {
                head: '入力・確定',
                cell: ({ enteredBy, decidedBy, decidedAt }) => (
                  <>
                    {actorName(enteredBy, names)}
                    {decidedBy === null ? null : <small class="under">{actorName(decidedBy, names)}</small>}
                    <small class="under">{decidedAt === null ? '' : instantText(decidedAt)}</small>
                  </>
                ),
              },
            ]}
          />
        </section>
      </>
    ),
  });
}

/** The terms in the words in which the certificate states them. */
function Terms({ page: { plans }, campaign }: { page: CampaignPage; campaign: CampaignRow }) {
  const planName = plans.find(({ code }) => code === campaign.planCode)?.name ?? campaign.planCode ?? '';
  return <span class="lines">{campaignTexts(termsOf(campaign), planName).join('\n')}</span>;
}

function Waiting({ page, campaign }: { page: CampaignPage; campaign: CampaignRow }) {
  const { frame, names, task, subject } = page;
  const { staff } = frame.signedIn;
  const access = accessOfSecond(task, { kind: 'campaignApproval', enteredBy: campaign.enteredBy }, staff);
  return (
    <>
      <section class="panel panel-strong">
        <h2>確認を待っているキャンペーン：{campaign.title}</h2>
        <p>
          <Terms page={page} campaign={campaign} />
        </p>
        <p class="lines">
          {dateText(campaign.until)}まで{'\n'}
          {actorName(campaign.enteredBy, names)}・{instantText(campaign.createdAt)}
          {'\n'}
          {campaign.reason}
        </p>
      </section>
      <DecisionPanel access={access} heading="キャンペーンの条件を確認する" quiet="確認待ち">
        {access.may ? (
          <DecisionForm
            page={page}
            form="decision"
            action={`${subjectPath(subject)}/campaigns/${campaign.id}/decision`}
            taskId={access.task.id}
            verdicts={[
              { value: 'confirm', label: '認める' },
              { value: 'reject', label: '認めない' },
            ]}
          />
        ) : null}
      </DecisionPanel>
    </>
  );
}

function EntryForm({ page }: { page: CampaignPage }) {
  const { frame, subject, plans, concludedOn, draft, newId } = page;
  const { staff, csrfToken } = frame.signedIn;
  if (!hasRole(staff, MAY.enterCampaign)) return null;
  const typed = typedFields(draft);
  return (
    <section class="panel">
      <h2>キャンペーンを入力する</h2>
      <form method="post" action={`${subjectPath(subject)}/campaigns`} novalidate>
        <input type="hidden" name="csrf" value={csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
        <TextField {...typed('title')} label="名称" required />
        <TextField
          {...typed('until')}
          label="終了日"
          required
          type="date"
          width="short"
          hint="この日までに始まる期間、この日までに到達した解約に適用します。"
        />
        {concludedOn === null ? (
          <TextField
            {...typed('firstDay')}
            label="利用契約期間の初日"
            required={false}
            type="date"
            width="short"
          />
        ) : null}
        <SelectField
          {...typed('planCode')}
          label="料金を変えるプラン"
          required={false}
          groups={[
            { label: '料金プラン', choices: plans.map(({ code, name }) => ({ value: code, label: name })) },
          ]}
        />
        <ChoiceField
          {...typed('feeKind')}
          label="契約種別"
          required={false}
          choices={choicesOf(CONTRACT_KIND_LABELS)}
        />
        <TextField
          {...typed('feeYen')}
          label="1期分の利用料金（円・税抜）"
          required={false}
          inputmode="numeric"
          width="short"
        />
        <TextField
          {...typed('earliestEndsOn')}
          label="最短の解約日"
          required={false}
          type="date"
          width="short"
          hint="月末日。終了日までに到達した解約は、この日より前には終了しません。"
        />
        <TextAreaField {...typed('reason')} label="理由" required rows={3} hint="社内だけに残ります。" />
        <button class="button button-primary" type="submit">
          確認を依頼する
        </button>
      </form>
    </section>
  );
}
