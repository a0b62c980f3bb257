import type { Catalogue } from '../../../db/queries/read/catalogue.ts';
import type { TermsEdition } from '../../../db/queries/read/terms-edition.ts';
import { isUnreadable, type MailFile, type UnreadableMail } from '../../../storage/mail/read.ts';
import { ApplicationFields, type LookUps, Section } from '../../application-form/fields.tsx';
import { DefaultSubmit } from '../../application-form/look-up.tsx';
import type { FormValues } from '../../application-form/values.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { CheckField, ChoiceField, FileField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText, sizeText } from '../../format.ts';
import { CHANNEL_LABELS } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Upload, Uploads } from '../desk/upload.ts';
import { Scan } from './scan.tsx';

export const ENTRY_CHANNELS = ['email', 'fax', 'post', 'other'] as const;

export interface EntryPage {
  frame: ReturnType<typeof frame>;
  catalogue: Catalogue;
  terms: TermsEdition;
  submissionKey: string;
  values: FormValues;
  errors: readonly FieldError[];
  lookUps: LookUps;
  uploads: Uploads;
  /** The uploads as the hidden field carries them. */
  sealedUploads: string;
  files: readonly {
    upload: Upload;
    href: string;
    mail: MailFile | UnreadableMail | null;
    tiffPages: number;
  }[];
}

/**
 * Typing in an application that came by mail, FAX or post (第4条2項), with what came beside the fields. Gaps stay gaps:
 * the applicant mends them.
 */
export function entryPage(page: EntryPage) {
  const beside = page.files.length > 0;
  const form = <EntryForm {...page} />;
  return staffPage({
    ...page.frame,
    title: '届いた申込書の入力',
    hasErrors: page.errors.length > 0,
    wide: beside,
    children: beside ? (
      <div class="split">
        <section class="split-pane" aria-labelledby="came-in" tabindex={0}>
          <h2 id="came-in" class="pane-title">
            届いた書類
          </h2>
          <Files {...page} />
        </section>
        <section class="split-pane" aria-label="申込の入力" tabindex={0}>
          {form}
        </section>
      </div>
    ) : (
      form
    ),
  });
}

function EntryForm(page: EntryPage) {
  const { catalogue, terms, submissionKey, values, errors, sealedUploads, lookUps } = page;
  const field = typedFields(page);
  return (
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
      <form
        id="entry"
        method="post"
        action="/staff/applications/new"
        enctype="multipart/form-data"
        novalidate
      >
        <DefaultSubmit />
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="submissionKey" value={submissionKey} />
        <input type="hidden" name="uploads" value={sealedUploads} />
        <Section title="ファイルの読み込み">
          <FileField
            {...field('scanFile')}
            label="申込書の原本、またはメール"
            required={false}
            hint="PDF、PNG、JPEG、TIFF、またはメールのファイル（.eml）。10MBまで。読み込むと、内容を見ながら入力できます。"
            accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.eml"
          />
          <p class="look-up">
            <button class="button button-secondary" type="submit" name="action" value="attach">
              ファイルを読み込む
            </button>
          </p>
        </Section>
        <Section title="受付">
          <ChoiceField
            {...field('channel')}
            label="受付方法"
            required
            choices={ENTRY_CHANNELS.map((value) => ({ value, label: CHANNEL_LABELS[value] }))}
          />
          <div class="field-row">
            <TextField {...field('receivedOn')} label="届いた日" required type="date" width="medium" />
            <TextField {...field('receivedTime')} label="届いた時刻" required type="time" width="short" />
          </div>
        </Section>
        <ApplicationFields values={values} errors={errors} catalogue={catalogue} byStaff lookUps={lookUps} />
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
  );
}

function Files({ files, uploads }: EntryPage) {
  return (
    <>
      {uploads.refused.length === 0 ? null : (
        <div class="notice notice-warning">
          <h3>保存しなかった添付ファイル</h3>
          <ul>
            {uploads.refused.map((refused) => (
              <li>{refused}</li>
            ))}
          </ul>
        </div>
      )}
      {uploads.unread.length === 0 ? null : (
        <div class="notice notice-warning">
          <h3>文字を確認できなかった箇所</h3>
          <p>個人番号（マイナンバー）が含まれていないか、目で確認してください（第21条）。</p>
          <ul>
            {uploads.unread.map((unread) => (
              <li>{unread}</li>
            ))}
          </ul>
        </div>
      )}
      {files.map(({ upload, href, mail, tiffPages }) => (
        <section class="panel">
          <h3>{upload.fileName}</h3>
          <p class="file-actions">
            <small>{sizeText(upload.bytes)}</small>
            <a href={`${href}?download`}>ダウンロード</a>
            <button
              class="link-button"
              type="submit"
              form="entry"
              name="action"
              value={`remove ${upload.key}`}
            >
              取り除く<span class="visually-hidden">：{upload.fileName}</span>
            </button>
          </p>
          {mail !== null ? <Mail mail={mail} /> : <Scan file={upload} href={href} tiffPages={tiffPages} />}
        </section>
      ))}
    </>
  );
}

function Mail({ mail }: { mail: MailFile | UnreadableMail }) {
  const { from, subject, arrival } = mail;
  const text = isUnreadable(mail) ? mail.reason : mail.text;
  return (
    <>
      <Facts
        facts={[
          { label: '差出人', value: from },
          { label: '件名', value: subject },
          { label: '受信日時', value: arrivalText(arrival) },
        ]}
      />
      <div class="mail-words lines">{text === '' ? '（本文なし）' : text}</div>
    </>
  );
}

/** When a mail arrived and by what it is known; a time without a zone is taken for Japanese time, and said to be. */
function arrivalText(arrival: MailFile['arrival']): string {
  if (arrival === null) return 'メールから読み取れません。届いた日時を確かめて入力してください。';
  const by = arrival.from === 'received' ? '' : '（送信日時の欄による）';
  const zone = arrival.zone === 'stated' ? '' : '（時差の記載がないため日本時間とみなしています）';
  return `${instantText(arrival.at)}${by}${zone}`;
}
