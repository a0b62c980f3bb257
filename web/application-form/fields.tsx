import type { Child } from 'hono/jsx';
import type { Catalogue } from '../../db/queries/read/catalogue.ts';
import { FIELD_LABELS } from '../../domain/application/application-input.ts';
import { formatYen } from '../../domain/base/money.ts';
import { errorFor, type FieldError } from '../components/errors.tsx';
import {
  CheckField,
  ChoiceField,
  choicesOf,
  TextAreaField,
  TextField,
  type TextFieldProps,
  typedFields,
} from '../components/field.tsx';
import { CONTRACT_KIND_LABELS, PAYMENT_LABELS } from '../glossary.ts';
import { type LookedUp, typedAddress } from './asked.ts';
import { LookUp, PostalLookUp } from './look-up.tsx';
import { OptionQuantities } from './option-quantities.tsx';
import type { FormValues } from './values.ts';

export interface LookUps {
  /** Null before the first look-up. */
  found: LookedUp | null;
  /** Whether there is a table of postal codes to ask. */
  postal: boolean;
}

export interface FieldsProps {
  values: FormValues;
  errors: readonly FieldError[];
  catalogue: Catalogue;
  /** Staff type in what is on the paper: gaps are allowed there. */
  byStaff: boolean;
  /** What may be looked up, and what the last look-up found; absent where there is no look-up. */
  lookUps?: LookUps;
  /** The field to return to after 修正する. */
  focus?: string | undefined;
}

type TextName = Exclude<keyof typeof FIELD_LABELS, 'usedInJapanOnly' | 'options'>;

/** All fields of an application in sections; public form, correction and staff entry show the same ones. */
export function ApplicationFields(props: FieldsProps) {
  const { values, byStaff, focus, lookUps } = props;
  const field = typedFields(props);
  const text = (name: TextName, options: Omit<Partial<TextFieldProps>, 'name' | 'value' | 'error'> = {}) => (
    <TextField
      required={!byStaff}
      label={FIELD_LABELS[name]}
      {...options}
      {...field(name)}
      autofocus={focus === name}
    />
  );
  const fill = (token: string) => (byStaff ? {} : { autocomplete: token });
  return (
    <>
      <Section title="会社情報">
        {text('corporateNumber', {
          hint: '国税庁の13桁の番号です。先頭の「T」、全角、ハイフンが付いていても構いません。',
          inputmode: 'numeric',
          width: 'medium',
        })}
        {lookUps === undefined ? null : <LookUp found={lookUps.found} />}
        {text('companyName', {
          hint: '登記のとおりに入力してください（例：株式会社八双商事）。',
          ...fill('organization'),
        })}
        {text('companyKana', { hint: 'ひらがなや半角カナで入力しても、全角カタカナに変換します。' })}
        {text('postalCode', {
          hint: '例：100-0005',
          inputmode: 'numeric',
          width: 'short',
          ...fill('postal-code'),
        })}
        {lookUps?.postal ? <PostalLookUp found={lookUps.found} address={typedAddress(values)} /> : null}
        {text('address', {
          hint: '登記上の住所を都道府県から入力してください。',
          ...fill('street-address'),
        })}
        {text('phone', { hint: '例：03-1234-5678', inputmode: 'tel', width: 'medium', ...fill('tel') })}
      </Section>

      <Section title="サービスを利用する場所">
        {text('usePlace', { hint: '例：本店所在地と同じ、大阪支店（大阪市北区…）' })}
        <CheckField
          {...field('usedInJapanOnly')}
          label={FIELD_LABELS.usedInJapanOnly}
          required={!byStaff}
          checked={values.usedInJapanOnly === 'yes'}
          text="日本国内でのみ利用します（第3条）"
        />
      </Section>

      <Section title="代表者・役員">
        {text('representativeName', { hint: '戸籍の漢字のまま入力できます（髙、﨑 など）。' })}
        {text('representativeKana')}
        <TextAreaField
          {...field('officersText')}
          label={FIELD_LABELS.officersText}
          required={false}
          rows={5}
          hint={
            <>
              1行に1名ずつ、氏名から順に「、」で区切って入力してください。分からない項目は省けます。
              <br />
              例：佐藤花子、サトウハナコ、取締役、1970年4月1日
            </>
          }
          autofocus={focus === 'officersText'}
        />
      </Section>

      <Section title="ご担当者（契約証書と通知の送付先）">
        {text('contactName', fill('name'))}
        {text('contactKana')}
        {text('contactEmail', {
          hint: '契約証書と通知をこのアドレスにお送りします。',
          inputmode: 'email',
          ...fill('email'),
        })}
        {text('contactPhone', { inputmode: 'tel', width: 'medium', ...fill('tel') })}
      </Section>

      <Section title="契約内容">
        <ContractFields {...props} />
        {text('licences', {
          hint: 'アカウント1つにつき1ライセンスです。利用する人数を整数で入力してください。',
          inputmode: 'numeric',
          width: 'short',
        })}
        <ChoiceField
          {...field('communicationPayment')}
          label={FIELD_LABELS.communicationPayment}
          required
          choices={choicesOf(PAYMENT_LABELS)}
        />
        {text('partnerName', {
          required: false,
          hint: 'サービスパートナーを通じて申し込む場合に入力してください。',
        })}
        <TextAreaField
          {...field('secondContractReason')}
          label={FIELD_LABELS.secondContractReason}
          required={false}
          rows={3}
          hint="すでに契約がある会社が、もう1つ契約する場合に入力してください。"
          autofocus={focus === 'secondContractReason'}
        />
      </Section>
    </>
  );
}

function ContractFields(props: FieldsProps) {
  const { values, errors, catalogue, byStaff, focus } = props;
  const field = typedFields(props);
  return (
    <>
      <ChoiceField
        {...field('contractKind')}
        label={FIELD_LABELS.contractKind}
        required
        choices={[
          { value: 'annual', label: CONTRACT_KIND_LABELS.annual, note: '1年ごとの自動更新' },
          { value: 'monthly', label: CONTRACT_KIND_LABELS.monthly, note: '1か月ごとの自動更新' },
        ]}
        cards
      />
      <ChoiceField
        {...field('planCode')}
        label={FIELD_LABELS.planCode}
        required={!byStaff}
        choices={catalogue.plans.map((plan) => ({
          value: plan.code,
          label: plan.name,
          note: (
            <>
              年額 {formatYen(plan.annualFeeYen)}／月額 {formatYen(plan.monthlyFeeYen)}（税抜）
              <br />
              {plan.includedLicences}ライセンスを含む
            </>
          ),
        }))}
        cards
      />
      <OptionQuantities
        label={FIELD_LABELS.options}
        hint="利用するものの数量を入力してください。"
        options={catalogue.options.map(({ code, name, annualFeeYen, monthlyFeeYen }) => ({
          code,
          name,
          price: `年額 ${formatYen(annualFeeYen)}／月額 ${formatYen(monthlyFeeYen)}`,
        }))}
        values={values}
        error={errorFor(errors, 'options')}
        autofocus={focus === 'options'}
      />
    </>
  );
}

export function Section({ title, children }: { title: string; children: Child }) {
  return (
    <section class="form-section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Values that a check page carries on without showing them as controls. */
export function HiddenValues({ values }: { values: FormValues }) {
  return (
    <>
      {Object.entries(values)
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
    </>
  );
}
