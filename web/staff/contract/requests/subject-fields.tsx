import { formatYen } from '../../../../domain/base/money.ts';
import { OptionQuantities } from '../../../application-form/option-quantities.tsx';
import type { FormValues } from '../../../application-form/values.ts';
import { errorFor, type FieldError } from '../../../components/errors.tsx';
import { CheckField, ChoiceField, choicesOf, TextField, typedFields } from '../../../components/field.tsx';
import { CONTRACT_KIND_LABELS } from '../../../glossary.ts';
import type { ContractView } from '../view.ts';
import { stopField } from './draft.ts';
import { TERMINATION_GROUND_LABELS } from './words.ts';

interface FieldsProps {
  view: ContractView;
  values: FormValues;
  errors: readonly FieldError[];
}

/** The whole of what is contracted, as it shall be from the effective day on (第8条). */
export function ChangeFields(props: FieldsProps) {
  const { view, values, errors } = props;
  const field = typedFields(props);
  const { catalogue, contract } = view.detail;
  const annual = contract.kind === 'annual';
  return (
    <>
      <ChoiceField
        {...field('planCode')}
        label="料金プラン"
        required
        hint="下位の料金プランへの変更はできません（第8条3項）。"
        choices={catalogue.plans.map((plan) => ({
          value: plan.code,
          label: plan.code === contract.planCode ? `${plan.name}（現在）` : plan.name,
          note: `${annual ? '年額' : '月額'} ${formatYen(annual ? plan.annualFeeYen : plan.monthlyFeeYen)}（税抜）、${plan.includedLicences}ライセンスを含む`,
        }))}
        cards
      />
      <OptionQuantities
        label="オプション"
        hint="変更後の数量を入力してください。利用しないものは0にします。"
        options={catalogue.options.map(({ code, name, annualFeeYen, monthlyFeeYen }) => ({
          code,
          name,
          price: annual ? `年額 ${formatYen(annualFeeYen)}` : `月額 ${formatYen(monthlyFeeYen)}`,
        }))}
        values={values}
        error={errorFor(errors, 'options')}
      />
      <TextField
        {...field('licences')}
        label="ユーザーライセンス"
        required
        inputmode="numeric"
        width="short"
        hint={`現在 ${contract.licences}ライセンス。料金プランに含まれる数を足した合計を入力してください。`}
      />
      <ChoiceField
        {...field('contractKind')}
        label="契約の種類"
        required
        hint="年額と月額の切り替えは、更新の時に限られます（第5条3項）。"
        choices={(['annual', 'monthly'] as const).map((value) => ({
          value,
          label: `${CONTRACT_KIND_LABELS[value]}${value === contract.kind ? '（現在）' : ''}`,
        }))}
      />
    </>
  );
}

export function WishField(props: FieldsProps) {
  return (
    <TextField
      {...typedFields(props)('wishedOn')}
      label="解約希望日"
      required={false}
      type="date"
      width="medium"
      hint="希望の記載がないときは空欄にします。月末日でない日は次の月末日になり、お客様に確認します（第10条1項）。"
    />
  );
}

export function ConsentField(props: FieldsProps) {
  return (
    <CheckField
      {...typedFields(props)('consent')}
      label="運用担当の同意"
      required
      checked={props.values.consent === 'yes'}
      text="お客様の申し出を確認し、解約の取消に同意します"
    />
  );
}

/** Ground and scope of an immediate termination (第10条2項). */
export function TerminationFields(props: FieldsProps) {
  const { view, values, errors } = props;
  const field = typedFields(props);
  const { contract, catalogue } = view.detail;
  const error = errorFor(errors, 'stopOptions');
  return (
    <>
      <ChoiceField
        {...field('ground')}
        label="解約の事由"
        required
        choices={choicesOf(TERMINATION_GROUND_LABELS)}
        cards
      />
      <ChoiceField
        {...field('scope')}
        label="解約の範囲"
        required
        choices={[
          { value: 'whole', label: '契約の全部' },
          ...(contract.options.length === 0 ? [] : [{ value: 'part', label: '一部（オプションだけ）' }]),
        ]}
      />
      {contract.options.length === 0 ? null : (
        <fieldset class={error === undefined ? 'field' : 'field field-error'} id="stopOptions" tabindex={-1}>
          <legend>
            解約するオプション
            <span class="need">※一部のとき</span>
          </legend>
          {error === undefined ? null : (
            <p class="message">
              <span class="visually-hidden">エラー：</span>
              {error}
            </p>
          )}
          {contract.options.map(({ code, quantity }) => (
            <label class="choice">
              <input
                type="checkbox"
                name={stopField(code)}
                value="yes"
                checked={values[stopField(code)] === 'yes'}
              />
              <span>
                {catalogue.options.find((option) => option.code === code)?.name ?? code} × {quantity}
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
