import type { FieldError } from '../../components/errors.tsx';
import {
  ChoiceField,
  type ChosenFile,
  KeptFileField,
  TextAreaField,
  TextField,
  typedFields,
} from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import { EntryForm } from '../entry-form.tsx';

/** Upload of a new edition; after an error with everything that was typed, and the file. */
export function termsFormPage(props: {
  frame: ReturnType<typeof frame>;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  commandId: string;
  kept: ChosenFile | null;
}) {
  const { errors, kept } = props;
  const field = typedFields(props);
  return staffPage({
    ...props.frame,
    title: '利用規約の新しい版の登録',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href="/staff/terms">利用規約</a> / 新しい版
        </p>
        <h1>新しい版の登録</h1>
        <p class="lead">
          登録すると、別の担当者の承認を待ちます。承認されると、お客様への告知（メールとWeb掲載）が始まり、適用開始日から有効になります。
        </p>
        <EntryForm page={props} action="/staff/terms/new" hasFile submit="登録して承認に回す">
          <TextField {...field('number')} label="版の番号" required width="short" inputmode="numeric" />
          <TextField {...field('title')} label="名称" required hint="例：Hasso 利用規約" />
          <TextField
            {...field('effectiveOn')}
            label="適用開始日"
            required
            type="date"
            width="medium"
            hint="告知より後の日付にします。承認と告知に必要な日数を見込んでください（第17条1項）。"
          />
          <ChoiceField
            {...field('detrimental')}
            label="お客様に不利な変更"
            required
            hint="不利な変更は、適用開始日より前に告知しなければ効力がありません（民法548条の4第3項）。"
            choices={[
              { value: 'yes', label: '含む' },
              { value: 'no', label: '含まない' },
            ]}
          />
          <TextAreaField
            {...field('reason')}
            label="変更の理由と概要"
            required
            rows={6}
            hint="承認者とお客様への告知に、このまま載ります。"
          />
          <KeptFileField
            {...field('file')}
            label="規約のファイル"
            kept={kept}
            accept=".pdf,.html,.htm,.md,.markdown,.txt"
            hint="PDF（文字を含むもの）、HTML、Markdownのいずれか。10MBまで。HTMLとMarkdownはUTF-8。"
          />
        </EntryForm>
      </div>
    ),
  });
}
