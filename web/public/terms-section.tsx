import type { TermsEdition } from '../../db/queries/read/terms-edition.ts';
import { Section } from '../application-form/fields.tsx';
import type { FormValues } from '../application-form/values.ts';
import { errorFor, type FieldError } from '../components/errors.tsx';
import { CheckField } from '../components/field.tsx';
import { dateText } from '../format.ts';

/** Agreement to a named edition, unticked, with its date (第4条1項). */
export function TermsSection(props: {
  terms: TermsEdition;
  values: FormValues;
  errors: readonly FieldError[];
}) {
  const { terms, values, errors } = props;
  return (
    <Section title="利用規約への同意">
      <CheckField
        name="agree"
        label="利用規約"
        required
        hint={
          <>
            {terms.title}（第{terms.number}版、{dateText(terms.effectiveOn)}施行） ：
            <a href={`/terms/${terms.number}`}>規約を読む</a>
          </>
        }
        checked={values.agree === 'yes'}
        error={errorFor(errors, 'agree')}
        text={`利用規約 第${terms.number}版に同意して申し込みます`}
      />
    </Section>
  );
}
