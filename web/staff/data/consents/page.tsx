import type { ConsentRow } from '../../../../db/queries/consent/read.ts';
import { keysOf } from '../../../../domain/base/keys.ts';
import { CONSENT_SCOPES, CONSENT_WAYS } from '../../../../domain/support/support-consent.ts';
import { ErrorSummary, type FieldError } from '../../../components/errors.tsx';
import {
  CheckGroupField,
  ChoiceField,
  choicesOf,
  FileField,
  TextAreaField,
  TextField,
  typedFields,
} from '../../../components/field.tsx';
import { staffPage } from '../../../components/layout.tsx';
import { Table } from '../../../components/table.tsx';
import { dateText, instantText } from '../../../format.ts';
import { actorName, labelOf } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import { consentsPath } from '../access.ts';

export interface ConsentsPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  companyName: string;
  consents: readonly ConsentRow[];
  /** Today on the contract's clock. */
  today: string;
  /** Why no consent can be used now; null within the contract period. */
  closed: string | null;
  mayRecord: boolean;
  names: ReadonlyMap<string, string>;
  commandId: string;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  done: string | null;
}

export function consentState(row: ConsentRow, today: string): { label: string; tone: string } {
  if (row.withdrawnAt !== null) return { label: '撤回', tone: 'neutral' };
  if (today < row.validFrom) return { label: '開始前', tone: 'waiting' };
  return today > row.validThrough ? { label: '期限切れ', tone: 'neutral' } : { label: '有効', tone: 'good' };
}

/** The consents of a contract's registered contact, and the form for another one (第13条2項). */
export function consentsPage(page: ConsentsPage) {
  const { contractId, companyName, consents, today, names, errors, done, closed } = page;
  const csrf = page.frame.signedIn.csrfToken;
  return staffPage({
    ...page.frame,
    title: `サポートの同意（${companyName}）`,
    hasErrors: errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{companyName}の契約に戻る</a>
        </p>
        <h1>サポートの同意</h1>
        <p class="lead">
          サポート担当は、登録された連絡先の方の同意がある間だけ、お客様のデータを見ることができます（第13条2項）。見た人、画面、日時はすべて記録されます。
        </p>
        {done === null ? null : (
          <p class="flash" role="status">
            {done}
          </p>
        )}
        <ErrorSummary errors={errors} />
        <section class="panel">
          <h2>記録された同意</h2>
          <Table
            caption="記録された同意"
            rows={consents}
            empty="同意の記録はまだありません。"
            columns={[
              {
                head: '状態',
                cell: (row) => {
                  const { label, tone } = consentState(row, today);
                  return <span class={`badge badge-${tone}`}>{label}</span>;
                },
              },
              {
                head: '範囲',
                cell: ({ scope }) => (
                  <ul class="plain-list">
                    {scope.map((each) => (
                      <li>{labelOf(CONSENT_SCOPES, each)}</li>
                    ))}
                  </ul>
                ),
              },
              {
                head: '期間',
                cell: ({ validFrom, validThrough }) => `${dateText(validFrom)}〜${dateText(validThrough)}`,
              },
              {
                head: '同意の方法',
                cell: ({ way, note, sha256 }) => (
                  <>
                    {CONSENT_WAYS[way]}
                    {note === '' ? null : <span class="lines under">{note}</span>}
                    {sha256 === null ? null : (
                      <small class="under">書面 SHA-256 {sha256.slice(0, 16)}…</small>
                    )}
                  </>
                ),
              },
              {
                head: '記録',
                cell: ({ recordedBy, createdAt }) => (
                  <>
                    {actorName(recordedBy, names)}
                    <small class="under">{instantText(createdAt)}</small>
                  </>
                ),
              },
              {
                head: '操作',
                cell: (row) =>
                  page.mayRecord && row.withdrawnAt === null && today <= row.validThrough ? (
                    <form method="post" action={`${consentsPath(contractId)}/${row.id}/withdraw`}>
                      <input type="hidden" name="csrf" value={csrf} />
                      <button class="button button-small button-secondary" type="submit">
                        撤回を記録
                      </button>
                    </form>
                  ) : (
                    '—'
                  ),
              },
            ]}
          />
        </section>
        {closed === null ? null : <p class="empty">{closed}</p>}
        {page.mayRecord && closed === null ? <ConsentForm {...page} /> : null}
      </>
    ),
  });
}

function ConsentForm(page: ConsentsPage) {
  const { frame, contractId, values, commandId } = page;
  const field = typedFields(page);
  const chosen = keysOf(CONSENT_SCOPES).filter((scope) => values[`scope.${scope}`] === 'yes');
  return (
    <section class="panel">
      <h2>同意を記録する</h2>
      <form method="post" action={consentsPath(contractId)} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={commandId} />
        <TextField
          {...field('givenBy')}
          label="同意した方のお名前"
          required
          hint="登録された連絡先の方に限ります。名前が登録と一致しないときは記録できません。"
          width="medium"
        />
        <CheckGroupField
          {...field('scope')}
          label="見てよい範囲"
          required
          choices={choicesOf(CONSENT_SCOPES)}
          chosen={chosen}
        />
        <div class="field-row">
          <TextField
            {...field('validFrom')}
            label="いつから"
            required
            type="date"
            width="medium"
            hint="この日を含みます"
          />
          <TextField
            {...field('validThrough')}
            label="いつまで"
            required
            type="date"
            width="medium"
            hint="この日を含みます"
          />
        </div>
        <ChoiceField {...field('way')} label="同意の方法" required choices={choicesOf(CONSENT_WAYS)} />
        <FileField
          {...field('evidence')}
          label="書面・メール"
          required={false}
          hint="Eメールと書面のときは必須です。PDF、PNG、JPEG、TIFF、またはEメールのファイル（.eml）。10MBまで。"
          accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.eml"
        />
        <TextAreaField
          {...field('note')}
          label="電話のメモ"
          required={false}
          rows={3}
          hint="電話のときは必須です。日時、折返し先、話した内容。"
        />
        <div class="actions">
          <button class="button button-primary" type="submit">
            同意を記録する
          </button>
        </div>
      </form>
    </section>
  );
}
