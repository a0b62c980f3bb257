import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import {
  CheckField,
  ChoiceField,
  choicesOf,
  SelectField,
  TextAreaField,
  TextField,
  typedFields,
} from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import { ENVIRONMENT_CHOICES } from '../scope-fields.tsx';
import { placeholdersFor } from './form.ts';
import { AUDIENCE_LABELS, CLASS_LABELS } from './words.ts';

export interface NoticeFormPage {
  frame: ReturnType<typeof frame>;
  /** Null for a new one. */
  notice: NoticeRow | null;
  plans: readonly { code: string; name: string }[];
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  newId: () => string;
}

/** Writing a notice: what it says, to whom, by which ways. */
export function noticeFormPage(page: NoticeFormPage) {
  const { notice, errors, values } = page;
  const title = notice === null ? '通知を作成する' : '通知の下書きを直す';
  const value = (name: string) => values[name] ?? '';
  const field = typedFields(page);
  const { everyone, recipient } = placeholdersFor(notice);
  const fixed = notice !== null && notice.causeType !== 'manual';
  return staffPage({
    ...page.frame,
    title,
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href="/staff/notices">通知</a>
        </p>
        <div class="page-head">
          <h1>{title}</h1>
        </div>
        <ErrorSummary errors={errors} />
        <form
          method="post"
          action={notice === null ? '/staff/notices/new' : `/staff/notices/${notice.id}/edit`}
          novalidate
        >
          <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
          <input type="hidden" name="commandId" value={value('commandId') || page.newId()} />
          <input type="hidden" name="version" value={value('version')} />
          <TextField {...field('title')} label="表題" required hint="一覧とWeb掲載の見出しになります。" />
          <ChoiceField
            {...field('noticeClass')}
            label="種類"
            required
            choices={[
              {
                value: 'contractual',
                label: CLASS_LABELS.contractual,
                note: '配信停止の希望にかかわらず送ります。',
              },
              {
                value: 'advertising',
                label: CLASS_LABELS.advertising,
                note: '配信停止を希望した方には送りません。配信停止のリンクが付きます（第14条）。',
              },
            ]}
          />
          <ChoiceField {...field('environment')} label="環境" required choices={ENVIRONMENT_CHOICES} />
          <ChoiceField
            {...field('audience')}
            label="宛先"
            required
            hint={fixed ? 'この通知の宛先は、元になった手続きが決めています。' : undefined}
            choices={choicesOf(AUDIENCE_LABELS)}
          />
          <SelectField
            {...field('planCode')}
            label="料金プラン"
            required={false}
            hint="「一つの料金プランのお客様」を選んだときに指定します。"
            groups={[
              {
                label: '料金プラン',
                choices: page.plans.map(({ code, name }) => ({ value: code, label: name })),
              },
            ]}
          />
          {fixed ? null : (
            <TextAreaField
              {...field('contractNumbers')}
              label="契約番号"
              required={false}
              rows={3}
              hint="「契約番号で指定したお客様」を選んだときに、1行に一つずつ入力します（1,000件まで）。"
            />
          )}
          <CheckField
            {...field('byMail')}
            label="メール"
            required={false}
            checked={value('byMail') === 'yes'}
            text="登録された連絡先にメールを送る（第12条2項）"
          />
          <CheckField
            {...field('postOnWeb')}
            label="Web掲載"
            required={false}
            checked={value('postOnWeb') === 'yes'}
            text="お知らせのページに掲載する。掲載の日時が証拠として残ります（第17条3項）"
          />
          <Placeholders everyone={everyone} recipient={recipient} />
          <TextField {...field('subjectLine')} label="件名" required hint="先頭に【Hasso】が付きます。" />
          <TextAreaField
            {...field('body')}
            label="本文"
            required
            rows={14}
            hint="宛名と署名は自動で付きます。空の行で段落を分け、行頭の「■」は見出し、「・」は箇条書きになります。"
          />
          <TextAreaField
            {...field('postingText')}
            label="Webに掲載する文"
            required={false}
            rows={8}
            hint="Web掲載を選んだときに必要です。だれでも見られるページなので、宛先ごとの差込項目は使えません。"
          />
          <div class="actions">
            <button class="button button-primary" type="submit">
              下書きを保存する
            </button>
          </div>
        </form>
      </div>
    ),
  });
}

function Placeholders({
  everyone,
  recipient,
}: {
  everyone: readonly string[];
  recipient: readonly string[];
}) {
  const codes = (names: readonly string[]) =>
    names.map((name) => (
      <li>
        <code>{`{{${name}}}`}</code>
      </li>
    ));
  return (
    <details class="panel">
      <summary>差込項目の使い方</summary>
      <p class="hint">
        二重の波括弧で囲んだ名前は、送信のときに宛先ごとの値に置き換わります。一覧にない名前は保存のときにお知らせします。
      </p>
      <p>宛先ごとの値（件名と本文で使えます）</p>
      <ul class="placeholders">{codes(recipient)}</ul>
      {everyone.length === 0 ? null : (
        <>
          <p>全員に共通の値（Webに掲載する文でも使えます）</p>
          <ul class="placeholders">{codes(everyone)}</ul>
        </>
      )}
    </details>
  );
}
