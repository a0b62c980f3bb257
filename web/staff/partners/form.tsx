import { PARTNER_MODES } from '../../../domain/billing/payers.ts';
import {
  ChoiceField,
  TextAreaField,
  TextField,
  type TypedForm,
  typedFields,
} from '../../components/field.tsx';
import { MODE_LABELS, MODE_NOTES } from './words.ts';

/** Name, address and registration number of a partner; the corporate number only where it is registered. */
export function DetailsFields({ typed, corporate }: { typed: TypedForm; corporate: boolean }) {
  const field = typedFields(typed);
  return (
    <>
      {corporate ? (
        <TextField
          {...field('corporateNumber')}
          label="法人番号"
          required
          width="medium"
          inputmode="numeric"
          hint="13桁の数字。登録した後は変えられません。別の法人は、別のパートナーとして登録します。"
        />
      ) : null}
      <TextField {...field('name')} label="名称" required hint="書類の宛名になります。" />
      <TextField {...field('postalCode')} label="郵便番号" required width="short" inputmode="numeric" />
      <TextField {...field('address')} label="所在地" required />
      <TextField
        {...field('registrationNumber')}
        label="適格請求書発行事業者の登録番号"
        required={false}
        width="medium"
        hint="「T」と13桁の数字。媒介者交付には必要です。国税庁の公表サイトに照会します（設定されている場合）。"
      />
    </>
  );
}

/** What is agreed with a partner, and from which 1st on. */
export function TermsFields({ typed, prefix }: { typed: TypedForm; prefix?: string }) {
  const field = typedFields(typed, prefix);
  return (
    <>
      <ChoiceField
        {...field('mode')}
        label="関わり方"
        required
        choices={PARTNER_MODES.map((mode) => ({
          value: mode,
          label: MODE_LABELS[mode],
          note: MODE_NOTES[mode],
        }))}
      />
      <TextField
        {...field('ratePercent')}
        label="料率（％）"
        required={false}
        width="short"
        inputmode="text"
        hint="販売店だけ。定価の75％で請求するなら「75」。1円未満は切り捨てます。"
      />
      <TextField
        {...field('from')}
        label="適用開始日"
        required
        width="short"
        hint="月の1日。例：2027-04-01。この日より前に始まる期間の請求は変わりません。"
      />
    </>
  );
}

export function ReasonField({ typed, prefix, hint }: { typed: TypedForm; prefix: string; hint: string }) {
  return (
    <TextAreaField {...typedFields(typed, prefix)('reason')} label="理由" required rows={3} hint={hint} />
  );
}
