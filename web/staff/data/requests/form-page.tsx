import { DATA_REQUEST_ABOUT, DATA_REQUEST_KINDS } from '../../../../domain/data/data-requests.ts';
import type { FieldError } from '../../../components/errors.tsx';
import { ChoiceField, choicesOf, TextAreaField, TextField, typedFields } from '../../../components/field.tsx';
import type { frame } from '../../console.ts';
import { EntryForm } from '../../entry-form.tsx';
import { dataPage } from '../layout.tsx';
import { DATA_REQUESTS_PATH } from './list-page.tsx';

export const DATA_REQUEST_CHANNELS = {
  post: '郵送',
  email: 'Eメール',
  phone: '電話',
  other: 'その他',
} as const;

/** The form for a request about data. */
export function dataRequestFormPage(page: {
  frame: ReturnType<typeof frame>;
  contract: { id: string; companyName: string };
  answerDays: number;
  commandId: string;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}) {
  const { contract, errors } = page;
  const field = typedFields(page);
  return dataPage({
    frame: page.frame,
    current: DATA_REQUESTS_PATH,
    title: '請求を記録する',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contract.id}`}>{contract.companyName}の契約に戻る</a>
        </p>
        <h1>開示等の請求を記録する</h1>
        <p class="lead">法務担当の担当タスクになります。回答の期限は、受付日の{page.answerDays}日後です。</p>
        <EntryForm
          page={page}
          action={`${DATA_REQUESTS_PATH}/new?contract=${contract.id}`}
          submit="請求を記録する"
        >
          <ChoiceField
            {...field('kind')}
            label="請求の種類"
            required
            choices={choicesOf(DATA_REQUEST_KINDS)}
          />
          <ChoiceField
            {...field('about')}
            label="誰のデータか"
            required
            choices={choicesOf(DATA_REQUEST_ABOUT)}
          />
          <TextField
            {...field('personName')}
            label="本人の氏名"
            required={false}
            hint="個人のときは必須です。この氏名のデータだけを開示します。"
            width="medium"
          />
          <TextField {...field('requesterName')} label="請求した方の氏名" required width="medium" />
          <TextField {...field('replyTo')} label="回答の送り先（住所またはメールアドレス）" required />
          <ChoiceField
            {...field('channel')}
            label="受付方法"
            required
            choices={choicesOf(DATA_REQUEST_CHANNELS)}
          />
          <TextField {...field('receivedOn')} label="受付日" required type="date" width="medium" />
          <TextAreaField {...field('details')} label="請求の内容" required rows={4} />
        </EntryForm>
      </div>
    ),
  });
}
