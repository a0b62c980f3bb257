import type { RequestDetail } from '../../../../db/queries/read/request-detail.ts';
import type { SessionStaff } from '../../../../db/queries/session/find.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { ErrorSummary } from '../../../components/errors.tsx';
import { Facts } from '../../../components/facts.tsx';
import { choicesOf } from '../../../components/field.tsx';
import { staffPage } from '../../../components/layout.tsx';
import { Steps } from '../../../components/steps.tsx';
import { dateText, dateWithEra, instantText } from '../../../format.ts';
import { actorName, labelOf, REQUEST_KIND_LABELS } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import type { Access } from '../../desk/access.ts';
import { DecisionForm, DecisionPanel } from '../../desk/decision-form.tsx';
import type { Draft } from '../../desk/draft.ts';
import { hasRole, MAY } from '../../rights.ts';
import type { ContractView } from '../view.ts';
import type { RequestDraft } from './draft.ts';
import { requestFacts } from './facts.ts';
import type { Outlook } from './outlook.ts';
import { OutlookPanel, RenewsWarning } from './outlook-panel.tsx';

const CONFIRM_LABELS = { confirm: '確認する', reject: '認めない' } as const;

export interface RequestPage {
  frame: ReturnType<typeof frame>;
  view: ContractView;
  detail: RequestDetail;
  access: Access;
  /** What confirming would bring about; null where nothing waits. */
  outlook: Outlook | null;
  /** An accepted cancellation before whose end the contract renews; its reasons say why. */
  renews: boolean;
  names: ReadonlyMap<string, string>;
  draft: Draft | null;
  /** Makes the command id of the form. */
  newId: () => string;
}

/** A stored request as it was typed in. */
export function draftOf({ request }: RequestDetail): RequestDraft {
  return {
    kind: request.kind,
    channel: request.channel,
    arrivedAtMs: request.arrivedAt.getTime(),
    partnerAtMs: request.arrivedAtPartner?.getTime() ?? null,
    wishedOn: request.wishedOn,
    requested: request.requested,
    ground: request.ground,
    note: request.note,
  };
}

/** One request: what arrived, what became of it and why, and the second person's form (第8条, 第10条). */
export function requestPage(page: RequestPage) {
  const { detail, view, names, renews } = page;
  const { request, customerName } = detail;
  const errors = page.draft?.errors ?? [];
  const title = `${REQUEST_KIND_LABELS[request.kind]}の申込`;
  return staffPage({
    ...page.frame,
    title: `${title}（${customerName}）`,
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${request.contractId}`}>{customerName}の契約に戻る</a>
        </p>
        <h1>
          {title} <StatusBadge kind="request" value={request.outcome} />
        </h1>
        <ErrorSummary errors={errors} />
        <Outcome {...page} />
        {renews && request.outcome === 'accepted' ? <RenewsWarning steps={[]} /> : null}
        <SecondPerson page={page} />
        <h2 class="section-title">受け付けた内容</h2>
        <Facts
          facts={[
            ...requestFacts(draftOf(detail), view.detail, <Original {...page} />),
            { label: '入力した人', value: actorName(request.enteredBy, names) },
            { label: '入力日時', value: instantText(request.enteredAt) },
            ...(request.confirmedBy === null
              ? []
              : [{ label: '確認した人', value: actorName(request.confirmedBy, names) }]),
          ]}
        />
        {detail.decisions.map((decision) => (
          <p class="notice">
            <b>{labelOf(CONFIRM_LABELS, decision.verdict)}</b>（{actorName(decision.staffId, names)}、
            {instantText(decision.createdAt)}）<span class="lines">{decision.reason}</span>
          </p>
        ))}
      </div>
    ),
  });
}

function Outcome({ detail }: RequestPage) {
  const { request } = detail;
  const { computedOn, clause, message, reasons, outcome } = request;
  if (outcome === 'sent') {
    return (
      <p class="notice notice-warning">
        この申込は記録されています。結果が届くまで、自動で送り直します。しばらくしてから画面を読み込み直してください。
      </p>
    );
  }
  const refused = outcome === 'refused' || outcome === 'superseded' || outcome === 'dropped';
  return (
    <section class={refused ? 'outlook outlook-refused' : 'outlook'} aria-label="結果">
      <h2>結果</h2>
      <p class="outlook-answer">
        {message}
        {clause === '' ? null : <span class="clause">{clause}</span>}
      </p>
      {computedOn === null ? null : (
        <p>
          {request.kind === 'change' ? '適用日' : request.kind === 'cancellation' ? '解約日' : '効力発生日'}：
          <b>{dateWithEra(computedOn)}</b>
        </p>
      )}
      {reasons.length === 0 ? null : (
        <>
          <h3>{refused || computedOn === null ? '理由' : `なぜ${dateText(computedOn)}か`}</h3>
          <Steps steps={reasons} />
        </>
      )}
    </section>
  );
}

function Original({ detail, frame }: RequestPage) {
  const { request } = detail;
  if (request.storageKey === null) return <>なし</>;
  if (!hasRole(frame.signedIn.staff, MAY.downloadOriginal)) return <>閲覧権限なし</>;
  return (
    <a href={`/staff/contracts/${request.contractId}/requests/${request.id}/original`}>
      原本をダウンロード（閲覧は記録されます）
    </a>
  );
}

/** Whether a person who confirms a request may read the notice that this sends: it states the contract's number (第10条2項・第12条2項). */
export const seesNotice = ({ request }: RequestDetail, staff: SessionStaff): boolean =>
  request.kind === 'termination' && hasRole(staff, MAY.seeContractNumber);

/** The form of the second person; everybody else reads why there is none. */
function SecondPerson({ page }: { page: RequestPage }) {
  const { detail, access, outlook } = page;
  const { request } = detail;
  if (request.outcome !== 'waiting') return null;
  return (
    <DecisionPanel access={access} heading="二人目の確認" id="confirm">
      {outlook === null ? null : <OutlookPanel title="確認すると…" outlook={outlook} />}
      <DecisionForm
        page={page}
        form="confirm"
        action={`/staff/contracts/${request.contractId}/requests/${request.id}/confirm`}
        taskId={access.may ? access.task.id : ''}
        verdicts={choicesOf(CONFIRM_LABELS)}
        mails={seesNotice(detail, page.frame.signedIn.staff)}
        reasonHint="何を確かめたかを書いてください。社内だけに残ります。"
      />
    </DecisionPanel>
  );
}
