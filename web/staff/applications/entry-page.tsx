import type { Catalogue } from '../../../db/queries/read/catalogue.ts';
import type { TermsEdition } from '../../../db/queries/read/terms-edition.ts';
import { ApplicationFields, Section } from '../../application-form/fields.tsx';
import type { FormValues } from '../../application-form/values.ts';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { CheckField, ChoiceField, FileField, TextField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { sizeText } from '../../format.ts';
import { CHANNEL_LABELS } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Scan } from './upload.ts';

export const ENTRY_CHANNELS = ['email', 'fax', 'post', 'other'] as const;

export interface EntryPage {
  frame: ReturnType<typeof frame>;
  catalogue: Catalogue;
  terms: TermsEdition;
  submissionKey: string;
  values: FormValues;
  errors: readonly FieldError[];
  scan: Scan | null;
  /** The scan as the hidden field carries it. */
  sealedScan: string;
}

/** Typing in an application that came by mail, FAX or post (第4条2項). Gaps stay gaps: the applicant mends them. */
export function entryPage(page: EntryPage) {
  const { catalogue, terms, submissionKey, values, errors, scan, sealedScan } = page;
  const { csrfToken } = page.frame.signedIn;
  return staffPage({
    ...page.frame,
    title: '届いた申込書の入力',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href="/staff/applications">申込の一覧に戻る</a>
        </p>
        <h1>届いた申込書の入力</h1>
        <p class="lead">
          申込書に書かれたとおりに入力してください。記入漏れや誤りはそのまま登録でき、申込者に修正を依頼します。
          入力した人は、この申込の審査と承認ができません。
        </p>
        <ErrorSummary errors={errors} />
        <form method="post" action="/staff/applications/new" enctype="multipart/form-data" novalidate>
          <input type="hidden" name="csrf" value={csrfToken} />
          <input type="hidden" name="submissionKey" value={submissionKey} />
          <input type="hidden" name="scan" value={sealedScan} />
          <Section title="受付">
            <ChoiceField
              name="channel"
              label="受付方法"
              required
              value={values.channel ?? ''}
              error={errorFor(errors, 'channel')}
              choices={ENTRY_CHANNELS.map((value) => ({ value, label: CHANNEL_LABELS[value] }))}
            />
            <div class="field-row">
              <TextField
                name="receivedOn"
                label="届いた日"
                required
                type="date"
                width="medium"
                value={values.receivedOn ?? ''}
                error={errorFor(errors, 'receivedOn')}
              />
              <TextField
                name="receivedTime"
                label="届いた時刻"
                required
                type="time"
                width="short"
                value={values.receivedTime ?? ''}
                error={errorFor(errors, 'receivedTime')}
              />
            </div>
            <FileField
              name="scanFile"
              label="申込書の原本"
              required={false}
              hint={
                <>
                  PDF、PNG、JPEG、TIFF（10MBまで）。
                  {scan === null ? null : (
                    <b>
                      添付済み：{scan.fileName}（{sizeText(scan.bytes)}）
                    </b>
                  )}
                </>
              }
              error={errorFor(errors, 'scanFile')}
              accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff"
            />
          </Section>
          <ApplicationFields values={values} errors={errors} catalogue={catalogue} byStaff />
          <Section title="利用規約への同意">
            <CheckField
              name="agree"
              label="申込書の同意欄"
              required={false}
              hint="同意がない申込書は、申込者に同意を求めます（第4条1項）。"
              checked={values.agree === 'yes'}
              text={`申込書に、利用規約 第${terms.number}版への同意（署名または記名）がある`}
            />
          </Section>
          <div class="actions">
            <button class="button button-primary" type="submit">
              登録して確認を始める
            </button>
          </div>
        </form>
      </div>
    ),
  });
}
