import {
  type Choice,
  ChoiceField,
  TextAreaField,
  type TypedForm,
  typedFields,
} from '../components/field.tsx';

/** What somebody decides about another person's proposal, and why. `prefix` is that of the form's ids and errors. */
export function VerdictFields(props: {
  typed: TypedForm | null;
  prefix: string;
  choices: readonly Choice[];
  hint?: string;
}) {
  const { typed, prefix, choices, hint } = props;
  const field = typedFields(typed, prefix);
  return (
    <>
      <ChoiceField {...field('verdict')} label="判断" required choices={choices} />
      <TextAreaField
        {...field('reason')}
        label="理由"
        required
        rows={3}
        {...(hint === undefined ? {} : { hint })}
      />
    </>
  );
}
