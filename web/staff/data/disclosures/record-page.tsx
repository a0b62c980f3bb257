import type { DisclosureDetail } from '../../../../db/queries/disclosure/read.ts';
import { type DisclosureOutcome, LEGAL_BASES, stepProblem } from '../../../../domain/data/disclosure.ts';
import { SandboxMark, StatusBadge } from '../../../components/badge.tsx';
import { ErrorSummary, type FieldError } from '../../../components/errors.tsx';
import { Facts } from '../../../components/facts.tsx';
import { ChoiceField, FileField, TextAreaField, TextField, typedFields } from '../../../components/field.tsx';
import { dateText, instantText, sizeText } from '../../../format.ts';
import { actorName } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import { hasRole, MAY } from '../../rights.ts';
import { dataPage } from '../layout.tsx';
import { DISCLOSURES_PATH, OUTCOME_LABELS } from './words.ts';

export const FILE_FIELDS = ['file1', 'file2', 'file3'] as const;

export interface DisclosurePage {
  frame: ReturnType<typeof frame>;
  detail: DisclosureDetail;
  names: ReadonlyMap<string, string>;
  commandId: string;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}

/** One disclosure: what was asked for, what became of it, and the form for the next step. */
export function disclosurePage(page: DisclosurePage) {
  const { detail, names, errors } = page;
  const { disclosure, companyName, steps, status } = detail;
  return dataPage({
    frame: page.frame,
    current: DISCLOSURES_PATH,
    title: `開示（${disclosure.authority}）`,
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={DISCLOSURES_PATH}>公的機関への開示</a> /{' '}
          <a href={`/staff/contracts/${disclosure.contractId}`}>{companyName}の契約</a>
        </p>
        <h1>
          {disclosure.authority} <StatusBadge kind="disclosure" value={status} />
          {disclosure.sandbox ? <SandboxMark /> : null}
        </h1>
        <ErrorSummary errors={errors} />
        <Facts
          facts={[
            { label: '担当官', value: disclosure.officer },
            { label: '受領日', value: dateText(disclosure.receivedOn) },
            { label: '法的根拠', value: LEGAL_BASES[disclosure.legalBasis] },
            { label: '根拠の詳細', value: <span class="lines">{disclosure.basisText}</span> },
            { label: '求められた範囲', value: <span class="lines">{disclosure.scope}</span> },
            { label: '文書', value: <Letter detail={detail} /> },
            {
              label: '記録した人',
              value: `${actorName(disclosure.requestedBy, names)}（${instantText(disclosure.createdAt)}）`,
            },
          ]}
        />
        <h2 class="section-title">経過</h2>
        {steps.length === 0 ? <p class="empty">まだ判断されていません。</p> : null}
        <ol class="decisions">
          {steps.map((step) => (
            <li>
              <p>
                <b>{OUTCOME_LABELS[step.outcome]}</b>（{dateText(step.happenedOn)}）
              </p>
              {step.recipient === '' ? null : <p>受け取った人：{step.recipient}</p>}
              {step.note === '' ? null : <p class="lines">{step.note}</p>}
              {step.files.length === 0 ? null : (
                <ul class="files">
                  {step.files.map(({ fileName, sha256, bytes }) => (
                    <li>
                      {fileName}
                      <small class="beside">
                        {bytes === 0 ? '' : `${sizeText(bytes)}・`}SHA-256 <code>{sha256}</code>
                      </small>
                    </li>
                  ))}
                </ul>
              )}
              <small>
                {actorName(step.staffId, names)}・{instantText(step.createdAt)}
              </small>
            </li>
          ))}
        </ol>
        <NextStep {...page} />
      </div>
    ),
  });
}

function Letter({ detail: { disclosure } }: { detail: DisclosureDetail }) {
  if (disclosure.sha256 === null) return <span>なし（緊急のため）</span>;
  return (
    <>
      <a href={`${DISCLOSURES_PATH}/${disclosure.id}/letter`}>{disclosure.fileName || '文書'}</a>
      <small class="under">SHA-256 {disclosure.sha256}</small>
    </>
  );
}

function NextStep(page: DisclosurePage) {
  const { staff } = page.frame.signedIn;
  const { status } = page.detail;
  const problem = (outcome: DisclosureOutcome) => problemOf(page, outcome);
  if (status === 'waiting') {
    if (!hasRole(staff, MAY.approveDisclosure)) return <p class="empty">法務担当が判断します。</p>;
    const why = problem('approved');
    return why === null ? <DecisionForm {...page} /> : <p class="empty">{why}</p>;
  }
  if (!hasRole(staff, MAY.recordDisclosure)) return null;
  if (problem('handedOver') === null) return <HandoverForm {...page} />;
  return problem('told') === null ? <CustomerForm {...page} /> : null;
}

const problemOf = ({ detail, frame }: DisclosurePage, outcome: DisclosureOutcome): string | null =>
  stepProblem(
    { requestedBy: detail.disclosure.requestedBy, outcomes: detail.steps.map((step) => step.outcome) },
    { outcome, staffId: frame.signedIn.staff.id },
  );

function Hidden({ frame, commandId }: DisclosurePage) {
  return (
    <>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={commandId} />
    </>
  );
}

function DecisionForm(page: DisclosurePage) {
  const field = typedFields(page);
  return (
    <section class="panel panel-strong">
      <h2>開示してよいかを判断する</h2>
      <form method="post" action={`${DISCLOSURES_PATH}/${page.detail.disclosure.id}/decision`} novalidate>
        <Hidden {...page} />
        <ChoiceField
          {...field('outcome')}
          label="判断"
          required
          choices={[
            { value: 'approved', label: '開示を承認する' },
            { value: 'refused', label: '開示を認めない' },
          ]}
        />
        <TextAreaField {...field('note')} label="理由" required rows={3} />
        <button class="button button-primary" type="submit">
          判断を記録する
        </button>
      </form>
    </section>
  );
}

function HandoverForm(page: DisclosurePage) {
  const field = typedFields(page);
  return (
    <section class="panel panel-strong">
      <h2>データの引渡しを記録する</h2>
      <form
        method="post"
        action={`${DISCLOSURES_PATH}/${page.detail.disclosure.id}/handover`}
        enctype="multipart/form-data"
        novalidate
      >
        <Hidden {...page} />
        <TextField {...field('happenedOn')} label="引渡した日" required type="date" width="medium" />
        <TextField {...field('recipient')} label="受け取った人" required />
        {FILE_FIELDS.map((name, index) => (
          <FileField
            {...field(name)}
            label={`渡したファイル ${index + 1}`}
            required={index === 0}
            hint={
              index === 0
                ? '名前とハッシュ値（SHA-256）だけを記録し、ファイルは保存しません。合わせて10MBまで。'
                : undefined
            }
            accept="*/*"
          />
        ))}
        <TextAreaField
          {...field('digests')}
          label="大きなファイルの名前とSHA-256"
          required={false}
          rows={2}
          hint="1行に1つ、「ファイル名 64桁のSHA-256」の形で入力します。"
        />
        <TextAreaField {...field('note')} label="方法など" required={false} rows={2} />
        <button class="button button-primary" type="submit">
          引渡しを記録する
        </button>
      </form>
    </section>
  );
}

function CustomerForm(page: DisclosurePage) {
  const field = typedFields(page);
  return (
    <section class="panel panel-strong">
      <h2>お客様に伝えたか</h2>
      <form method="post" action={`${DISCLOSURES_PATH}/${page.detail.disclosure.id}/customer`} novalidate>
        <Hidden {...page} />
        <ChoiceField
          {...field('outcome')}
          label="お客様への連絡"
          required
          choices={[
            { value: 'told', label: '伝えた' },
            { value: 'notTold', label: '伝えない（理由を記録し、後で伝えたときにもう一度記録します）' },
          ]}
        />
        <TextField {...field('happenedOn')} label="日付" required type="date" width="medium" />
        <TextAreaField {...field('note')} label="伝えた方法、または伝えない理由" required rows={3} />
        <button class="button button-primary" type="submit">
          記録する
        </button>
      </form>
    </section>
  );
}
