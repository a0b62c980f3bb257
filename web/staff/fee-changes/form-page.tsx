import type { FieldError } from '../../components/errors.tsx';
import {
  type ChosenFile,
  KeptFileField,
  TextAreaField,
  TextField,
  typedFields,
} from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import { EntryForm } from '../entry-form.tsx';

/** Entry of a fee change; after an error with everything that was typed, and the file. */
export function feeChangeFormPage(props: {
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
    title: '料金変更の登録',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href="/staff/fee-changes">料金変更</a> / 新しい料金変更
        </p>
        <h1>料金変更の登録</h1>
        <p class="lead">
          <a href="/staff/fee-changes/current.csv">現在の料金表（CSV）をダウンロード</a>
          し、料金を書き換えて選択してください。登録後、誰にいつから適用されるかを確認し、別の担当者が承認します。
        </p>
        <EntryForm page={props} action="/staff/fee-changes/new" hasFile submit="登録して確認に進む">
          <TextField
            {...field('effectiveOn')}
            label="変更日"
            required
            type="date"
            width="medium"
            hint="この日以後に始まる契約期間から新しい料金になります（第6条3項）。"
          />
          <TextAreaField
            {...field('reason')}
            label="変更の理由"
            required
            rows={4}
            hint="お客様への告知に、このまま載ります。"
          />
          <KeptFileField
            {...field('file')}
            label="新しい料金表"
            kept={kept}
            accept=".csv,.json"
            hint="CSV（UTF-8またはShift_JIS）か、hasso catalogue import と同じ形のJSON。256KBまで。"
          />
        </EntryForm>
      </div>
    ),
  });
}
