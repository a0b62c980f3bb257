import { formatYen } from '../../../../domain/base/money.ts';
import {
  type Alteration,
  alterationBetween,
  type ContentsField,
  isEmpty,
} from '../../../../domain/future/contents.ts';
import { contentsOn } from '../../../../domain/future/project.ts';
import { OptionQuantities } from '../../../application-form/option-quantities.tsx';
import type { FormValues } from '../../../application-form/values.ts';
import { errorFor, type FieldError } from '../../../components/errors.tsx';
import { CheckField, ChoiceField, choicesOf, TextField, typedFields } from '../../../components/field.tsx';
import { dateText } from '../../../format.ts';
import { CONTRACT_KIND_LABELS } from '../../../glossary.ts';
import type { ContractView } from '../view.ts';
import { type FilledChange, filledChange, keepField } from './change-draft.ts';
import { stopField } from './draft.ts';
import { TERMINATION_GROUND_LABELS } from './words.ts';

interface FieldsProps {
  view: ContractView;
  values: FormValues;
  errors: readonly FieldError[];
}

/** What is contracted from the effective day on, as things stand (第8条): only what is touched is asked for. */
export function ChangeFields(props: FieldsProps) {
  const { view, values, errors } = props;
  const field = typedFields(props);
  const { catalogue, contract } = view.detail;
  const filled = filledChange(view);
  const { contents } = filled;
  const annual = contentsOn(view.future, filled.on).kind === 'annual';
  const later = (wanted: Exclude<ContentsField, 'kind'>) => (
    <LaterChange {...props} filled={filled} field={wanted} />
  );
  return (
    <>
      <p class="hint">
        {dateText(filled.on)}
        の時点の内容（受付済みの変更を含む）から始まります。変わる項目だけを入力してください。触れなかった項目は変わりません。
        {isEmpty(alterationBetween(filled.beside, contents))
          ? null
          : '同じ日に適用される受付済みの変更は、この申込に置き換わります。下の内容にはその変更が含まれています。'}
      </p>
      <ChoiceField
        {...field('planCode')}
        label="料金プラン"
        required
        hint="下位の料金プランへの変更はできません（第8条3項）。"
        choices={catalogue.plans.map((plan) => ({
          value: plan.code,
          label: `${plan.name}${marks(plan.code, contract.planCode, contents.planCode)}`,
          note: `${annual ? '年額' : '月額'} ${formatYen(annual ? plan.annualFeeYen : plan.monthlyFeeYen)}（税抜）、${plan.includedLicences}ライセンスを含む`,
        }))}
        cards
      />
      {later('planCode')}
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
      {catalogue.options.map(({ code }) => later(`option:${code}`))}
      <TextField
        {...field('licences')}
        label="ユーザーライセンス"
        required
        inputmode="numeric"
        width="short"
        hint={`現在 ${contract.licences}ライセンス。料金プランに含まれる数を足した合計を入力してください。`}
      />
      {later('licences')}
      <ChoiceField
        {...field('contractKind')}
        label="契約の種類"
        required
        hint={`年額と月額の切り替えは、更新の時に限られます（第5条3項）。${dateText(filled.kindOn)}の更新の時点の種類から始まります。`}
        choices={(['annual', 'monthly'] as const).map((value) => ({
          value,
          label: `${CONTRACT_KIND_LABELS[value]}${marks(value, contract.kind, contents.kind)}`,
        }))}
      />
    </>
  );
}

/** What a choice is today, and on the day that the change would take effect. */
function marks(value: string, today: string, then: string): string {
  if (today === then) return value === today ? '（現在）' : '';
  return value === today ? '（現在）' : value === then ? '（受付済みの変更）' : '';
}

/** An accepted change of the field on a later day, which this one can take back. */
function LaterChange(props: FieldsProps & { filled: FilledChange; field: Exclude<ContentsField, 'kind'> }) {
  const { view, filled, field, values } = props;
  const later = filled.later.filter((each) => each.field === field);
  if (later.length === 0) return null;
  const name = keepField(field);
  const words = later.map(({ on, alters }) => `${dateText(on)}に「${valueWord(view, field, alters)}」`);
  return (
    <CheckField
      {...typedFields(props)(name)}
      label={`受付済みの変更：${words.join('、')}`}
      required={false}
      checked={values[name] === 'yes'}
      text="この変更を取りやめ、上の内容のままとする"
    />
  );
}

function valueWord({ detail }: ContractView, field: ContentsField, alters: Alteration): string {
  const { plans, options } = detail.catalogue;
  if (field === 'planCode') return plans.find(({ code }) => code === alters.planCode)?.name ?? '';
  if (field === 'licences') return `${alters.licences}ライセンス`;
  const option = alters.options?.find(({ code }) => `option:${code}` === field);
  const name = options.find(({ code }) => code === option?.code)?.name ?? option?.code ?? '';
  return option?.quantity === 0 ? `${name} なし` : `${name} × ${option?.quantity}`;
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
