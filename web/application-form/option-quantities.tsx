import { optionField } from '../../domain/application/form.ts';
import { FieldGroup } from '../components/field.tsx';

/** A number for each option of the price list; `price` says in words what one costs. */
export function OptionQuantities(props: {
  label: string;
  hint: string;
  options: readonly { code: string; name: string; price: string }[];
  values: Readonly<Record<string, string>>;
  error: string | undefined;
  autofocus?: boolean;
}) {
  const { label, hint, options, values, error, autofocus = false } = props;
  if (options.length === 0) return null;
  return (
    <FieldGroup field={{ name: 'options', label, required: false, hint, error }}>
      <div class="quantities">
        {options.map(({ code, name, price }) => (
          <div class="quantity">
            <label for={optionField(code)}>
              {name}
              <small>{price}（税抜）</small>
            </label>
            <input
              class="input input-number"
              id={optionField(code)}
              name={optionField(code)}
              value={values[optionField(code)] ?? ''}
              inputmode="numeric"
              autocomplete="off"
              autofocus={autofocus}
            />
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}
