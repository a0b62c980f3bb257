import type { DataRequestDetail } from '../../../../db/queries/data-request/read.ts';
import {
  DATA_REQUEST_ABOUT,
  DATA_REQUEST_KINDS,
  dataRequestClause,
  IDENTITY_CHECKS,
} from '../../../../domain/data/data-requests.ts';
import { DECISIONS } from '../../../../domain/processes/index.ts';
import { SandboxMark, StatusBadge } from '../../../components/badge.tsx';
import { ErrorSummary, type FieldError } from '../../../components/errors.tsx';
import { Facts } from '../../../components/facts.tsx';
import { ChoiceField, choicesOf, TextAreaField, TextField, typedFields } from '../../../components/field.tsx';
import { Timeline } from '../../../components/timeline.tsx';
import { dateText, instantText } from '../../../format.ts';
import { actorName, labelOf } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import { hasRole, MAY } from '../../rights.ts';
import { dataPage } from '../layout.tsx';
import { DATA_REQUEST_CHANNELS } from './form-page.tsx';
import { DATA_REQUESTS_PATH } from './list-page.tsx';

export interface DataRequestPage {
  frame: ReturnType<typeof frame>;
  detail: DataRequestDetail;
  names: ReadonlyMap<string, string>;
  newId: () => string;
  /** The form that came back with errors. */
  draft: {
    form: 'identity' | 'answer';
    values: Readonly<Record<string, string>>;
    errors: readonly FieldError[];
  } | null;
}

/** One request about data: what is asked, who asks, until when, and the forms of the next steps. */
export function dataRequestPage(page: DataRequestPage) {
  const { detail, names, draft } = page;
  const { request, companyName, decisions, timeline } = detail;
  const errors = draft?.errors ?? [];
  const kind = DATA_REQUEST_KINDS[request.kind];
  return dataPage({
    frame: page.frame,
    current: DATA_REQUESTS_PATH,
    title: `${kind}の請求（${companyName}）`,
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={DATA_REQUESTS_PATH}>開示等の請求</a> /{' '}
          <a href={`/staff/contracts/${request.contractId}`}>{companyName}の契約</a>
        </p>
        <h1>
          {kind} <StatusBadge kind="dataRequest" value={request.status} />
          {request.sandbox ? <SandboxMark /> : null}
        </h1>
        <ErrorSummary errors={errors} />
        <Facts
          facts={[
            { label: '誰のデータか', value: `${DATA_REQUEST_ABOUT[request.about]} ${request.personName}` },
            { label: '請求した方', value: request.requesterName },
            { label: '回答の送り先', value: request.replyTo },
            {
              label: '受付',
              value: `${dateText(request.receivedOn)}・${labelOf(DATA_REQUEST_CHANNELS, request.channel)}`,
            },
            {
              label: '回答の期限',
              value: (
                <>
                  <b>{dateText(request.dueOn)}</b>
                  {request.firstDueOn === null ? null : `（延長前 ${dateText(request.firstDueOn)}）`}
                </>
              ),
            },
            { label: '請求の内容', value: <span class="lines">{request.details}</span> },
            {
              label: '本人確認',
              value:
                request.identityCheck === null || request.identityAt === null ? (
                  <span class="not-entered">まだ確認していません</span>
                ) : (
                  `${IDENTITY_CHECKS[request.identityCheck]}（${actorName(request.identityBy ?? '', names)}・${instantText(request.identityAt)}）`
                ),
            },
          ]}
        />
        <Actions {...page} />
        {decisions.length === 0 ? null : (
          <>
            <h2 class="section-title">回答</h2>
            <ol class="decisions">
              {decisions.map(({ verdict, outcome, reason, staffId, createdAt }) => (
                <li>
                  <p>
                    <b>{labelOf(DECISIONS.dataRequest.verdicts, verdict)}</b>{' '}
                    {outcome === 'effective' ? null : <StatusBadge kind="decision" value={outcome} />}
                  </p>
                  <p class="lines">{reason}</p>
                  <small>
                    {actorName(staffId, names)}・{instantText(createdAt)}
                  </small>
                </li>
              ))}
            </ol>
          </>
        )}
        <h2 class="section-title">経過</h2>
        <Timeline rows={timeline} names={names} />
      </div>
    ),
  });
}

function Actions(page: DataRequestPage) {
  const { detail, frame } = page;
  const { request } = detail;
  if (!hasRole(frame.signedIn.staff, MAY.answerDataRequest)) {
    return request.status === 'open' ? <p class="empty">法務担当が回答します。</p> : null;
  }
  return (
    <>
      {request.status === 'open' && request.identityCheck === null ? <IdentityForm {...page} /> : null}
      {request.kind === 'access' && request.identityCheck !== null ? <ExportForm {...page} /> : null}
      {request.kind === 'deletion' ? (
        <section class="panel">
          <h2>データの削除</h2>
          <p>
            削除は契約の終了後の手続きで行います。状況と手続きは
            <a href={`/staff/contracts/${request.contractId}`}>契約の画面</a>で確認できます（第22条6項）。
          </p>
        </section>
      ) : null}
      {request.status === 'open' && dataRequestClause(request.kind) === '第19条6項' ? (
        <section class="panel">
          <h2>返還・破棄の記録</h2>
          <p>
            対象の資料と、いつ・誰が・どのように返還または破棄したかを、下の回答に記録してください（第19条6項）。
          </p>
        </section>
      ) : null}
      {request.status === 'open' ? <AnswerForm {...page} /> : null}
    </>
  );
}

function Hidden({ frame, newId, draft }: DataRequestPage) {
  return (
    <>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
    </>
  );
}

function IdentityForm(page: DataRequestPage) {
  const mine = page.draft?.form === 'identity' ? page.draft : null;
  return (
    <section class="panel">
      <h2>本人確認を記録する</h2>
      <form method="post" action={`${DATA_REQUESTS_PATH}/${page.detail.request.id}/identity`} novalidate>
        <Hidden {...page} draft={mine} />
        <ChoiceField
          {...typedFields(mine)('method')}
          label="確認の方法"
          required
          choices={choicesOf(IDENTITY_CHECKS)}
        />
        <button class="button button-primary" type="submit">
          確認したことを記録する
        </button>
      </form>
    </section>
  );
}

function ExportForm(page: DataRequestPage) {
  const { frame, detail } = page;
  return (
    <section class="panel">
      <h2>開示するデータ</h2>
      <p>
        {detail.request.about === 'person'
          ? 'この氏名の方のデータだけをまとめます。ほかの方のデータと、当社の判断の記録は含みません。'
          : 'お客様からお預かりしたデータとファイルをまとめます。当社の判断の記録は含みません。'}
        出力した人と日時、ハッシュ値が記録されます。
        {detail.request.about === 'person' ? null : 'お客様のデータ全体は、承認者が確認すると出力できます。'}
      </p>
      <form method="post" action={`${DATA_REQUESTS_PATH}/${detail.request.id}/export`}>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={page.newId()} />
        <button class="button button-secondary" type="submit">
          ZIPファイルを作る
        </button>
      </form>
    </section>
  );
}

function AnswerForm(page: DataRequestPage) {
  const mine = page.draft?.form === 'answer' ? page.draft : null;
  const field = typedFields(mine, 'answer');
  const { request } = page.detail;
  const verdicts = Object.entries<string>(DECISIONS.dataRequest.verdicts).filter(
    ([value]) => value !== 'extended' || request.firstDueOn === null,
  );
  return (
    <section class="panel panel-strong">
      <h2>回答を記録する</h2>
      <form method="post" action={`${DATA_REQUESTS_PATH}/${request.id}/answer`} novalidate>
        <Hidden {...page} draft={mine} />
        <input type="hidden" name="taskId" value={page.detail.task?.id ?? ''} />
        <ChoiceField
          {...field('verdict')}
          label="回答"
          required
          choices={choicesOf(Object.fromEntries(verdicts))}
        />
        {request.firstDueOn === null ? (
          <TextField
            {...field('extendedTo')}
            label="延長後の期限"
            required={false}
            hint="延長するときは必須です。"
            type="date"
            width="medium"
          />
        ) : null}
        <TextAreaField
          {...field('reason')}
          label="行ったこと、応じない理由、または延長の理由"
          required
          rows={3}
        />
        <button class="button button-primary" type="submit">
          回答を記録する
        </button>
      </form>
    </section>
  );
}
