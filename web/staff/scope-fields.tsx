import { ChoiceField, type TypedForm, typedFields } from '../components/field.tsx';

export const ENVIRONMENT_CHOICES = [
  { value: 'live', label: '本番の契約' },
  { value: 'sandbox', label: 'テスト環境の契約' },
];

/** The whole service or one plan, of live contracts or of the test environment: what a process is about. */
export function ScopeFields(props: {
  typed: TypedForm;
  label: string;
  hint?: string;
  environmentHint?: string;
  plans: readonly { code: string; name: string }[];
}) {
  const { typed, label, hint, environmentHint, plans } = props;
  const field = typedFields(typed);
  return (
    <>
      <ChoiceField
        {...field('scope')}
        label={label}
        required
        {...(hint === undefined ? {} : { hint })}
        choices={[
          { value: 'service', label: 'サービス全体' },
          ...plans.map(({ code, name }) => ({ value: `plan:${code}`, label: `料金プラン「${name}」` })),
        ]}
      />
      <ChoiceField
        {...field('environment')}
        label="対象の契約"
        required
        {...(environmentHint === undefined ? {} : { hint: environmentHint })}
        choices={ENVIRONMENT_CHOICES}
      />
    </>
  );
}
