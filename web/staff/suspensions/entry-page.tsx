import { SUSPENSION_GROUNDS } from '../../../domain/suspension/suspension-grounds.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import {
  CheckField,
  ChoiceField,
  SelectField,
  TextAreaField,
  TextField,
  typedFields,
} from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import { ScopeFields } from '../scope-fields.tsx';
import { PATH } from './words.ts';

export interface SuspensionEntryPage {
  frame: ReturnType<typeof frame>;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  plans: readonly { code: string; name: string }[];
  /** The contract that is to be stopped, where the form was opened from one. */
  contract: { id: string; customerName: string } | null;
  commandId: string;
}

/** Entry of a suspension (第15条・第18条2項). */
export function suspensionEntryPage(page: SuspensionEntryPage) {
  const { values, errors, plans, contract, commandId } = page;
  const field = typedFields(page);
  const ofArticle = (article: string, customer: boolean) =>
    SUSPENSION_GROUNDS.filter(
      (ground) => ground.code.startsWith(article) && ground.customer === customer,
    ).map(({ code, clause, label }) => ({ value: code, label: `${clause} ${label}` }));
  return staffPage({
    ...page.frame,
    title: '停止の入力',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={PATH}>停止・再開</a>
        </p>
        <h1>停止の入力</h1>
        <p class="lead">
          お客様の行為などを根拠とする停止と、前もって知らせる停止は、法務担当が承認してから進みます。すぐに止める保守や障害の停止は、入力するとそのまま始まり、あとから法務担当が確認します。
        </p>
        <ErrorSummary errors={errors} />
        <form method="post" action={PATH} novalidate>
          <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
          <input type="hidden" name="commandId" value={commandId} />
          {contract === null ? (
            <ScopeFields
              typed={page}
              label="停止するもの"
              hint="一つの契約を止めるときは、契約の画面から入力します。"
              plans={plans}
            />
          ) : (
            <>
              <input type="hidden" name="contractId" value={contract.id} />
              <p>
                停止する契約：<b>{contract.customerName}</b>
              </p>
            </>
          )}
          <SelectField
            {...field('ground')}
            label="根拠"
            required
            groups={[
              { label: '保守・障害', choices: ofArticle('15-', false) },
              { label: 'お客様に関わるもの（法務担当の承認が必要）', choices: ofArticle('15-', true) },
              { label: '禁止事項（法務担当の承認が必要）', choices: ofArticle('18-', true) },
            ]}
          />
          <ChoiceField
            {...field('timing')}
            label="停止の開始"
            required
            choices={[
              { value: 'now', label: 'すぐに停止する', note: '停止した後、ただちにお客様に知らせます。' },
              { value: 'planned', label: '日時を決めて停止する', note: '前もってお客様に知らせます。' },
            ]}
          />
          <TextField
            {...field('startsAt')}
            label="開始の日時"
            required={false}
            type="datetime-local"
            width="medium"
            hint="日時を決めて停止するときに入力します（日本時間）。"
          />
          <TextField
            {...field('endsAt')}
            label="終了の日時"
            required={false}
            type="datetime-local"
            width="medium"
            hint="空欄のときは、再開の操作をするまで停止が続きます。"
          />
          <CheckField
            {...field('regular')}
            label="定期メンテナンス"
            required={false}
            checked={values.regular === 'yes'}
            text="定期メンテナンスなので、前もっての通知はせず、始まったときに知らせる（第15条）"
          />
          <TextAreaField
            {...field('reason')}
            label="停止の理由と証拠"
            required
            rows={4}
            hint="社内の記録です。お客様への通知には、条項の番号と日時だけを載せます。"
          />
          <div class="actions">
            <button class="button button-primary" type="submit">
              停止を登録する
            </button>
            <p class="actions-note">利用料金は停止の間も続き、返金はありません（第15条）。</p>
          </div>
        </form>
      </div>
    ),
  });
}
